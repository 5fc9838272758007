/**
 * What operator and runtime say to each other: the plan (an order) and the pod state (its answer).
 */
@NullMarked
package io.modelservice.crds.contract;

import org.jspecify.annotations.NullMarked;
