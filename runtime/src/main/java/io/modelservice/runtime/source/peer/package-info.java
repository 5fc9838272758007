/** Files from another pod of the same service. */
@NullMarked
package io.modelservice.runtime.source.peer;

import org.jspecify.annotations.NullMarked;
