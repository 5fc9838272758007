/** The inference server of one service. */
@NullMarked
package io.modelservice.runtime;

import org.jspecify.annotations.NullMarked;
