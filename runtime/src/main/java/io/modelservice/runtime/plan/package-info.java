/** What a pod should do next: pure decisions from the plan and from what the pod holds. */
@NullMarked
package io.modelservice.runtime.plan;

import org.jspecify.annotations.NullMarked;
