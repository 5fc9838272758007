/** What is told of single requests: the access log and the spans of traces. */
@NullMarked
package io.modelservice.runtime.observability;

import org.jspecify.annotations.NullMarked;
