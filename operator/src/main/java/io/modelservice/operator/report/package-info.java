/** Projects plan and observation to status: pure. */
@NullMarked
package io.modelservice.operator.report;

import org.jspecify.annotations.NullMarked;
