/** The Open Inference Protocol v2 over REST: requests in, answers out. */
@NullMarked
package io.modelservice.runtime.protocol;

import org.jspecify.annotations.NullMarked;
