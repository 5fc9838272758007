/** Requests that wait for a lane share one run of the model, where that saves time. */
@NullMarked
package io.modelservice.runtime.batching;

import org.jspecify.annotations.NullMarked;
