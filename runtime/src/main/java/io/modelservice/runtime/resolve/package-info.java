/** Says what is at a model's URI, and whether it can be served, before any pod serves it. */
@NullMarked
package io.modelservice.runtime.resolve;

import org.jspecify.annotations.NullMarked;
