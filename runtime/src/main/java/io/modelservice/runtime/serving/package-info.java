/** A loaded model with its lanes: requests in, answers out, never closed while it works. */
@NullMarked
package io.modelservice.runtime.serving;

import org.jspecify.annotations.NullMarked;
