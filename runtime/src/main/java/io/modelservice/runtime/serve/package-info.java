/** The runtime on a developer's own machine, without a cluster. */
@NullMarked
package io.modelservice.runtime.serve;

import org.jspecify.annotations.NullMarked;
