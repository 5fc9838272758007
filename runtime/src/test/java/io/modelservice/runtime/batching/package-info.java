@NullMarked
package io.modelservice.runtime.batching;

import org.jspecify.annotations.NullMarked;
