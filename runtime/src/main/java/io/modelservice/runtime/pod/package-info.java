/** Carries out the plan in this pod and tells its state. */
@NullMarked
package io.modelservice.runtime.pod;

import org.jspecify.annotations.NullMarked;
