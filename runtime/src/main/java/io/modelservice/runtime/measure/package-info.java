/** Where the time of requests goes. */
@NullMarked
package io.modelservice.runtime.measure;

import org.jspecify.annotations.NullMarked;
