/** The Hugging Face Hub. */
@NullMarked
package io.modelservice.runtime.source.hub;

import org.jspecify.annotations.NullMarked;
