/** Decides what should be true: pure functions of (spec, observation, now). */
@NullMarked
package io.modelservice.operator.plan;

import org.jspecify.annotations.NullMarked;
