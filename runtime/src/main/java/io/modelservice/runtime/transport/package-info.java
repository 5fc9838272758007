/** What requests have in common, by whichever way they come. */
@NullMarked
package io.modelservice.runtime.transport;

import org.jspecify.annotations.NullMarked;
