/** The operator: observe, plan, apply, report. */
@NullMarked
package io.modelservice.operator;

import org.jspecify.annotations.NullMarked;
