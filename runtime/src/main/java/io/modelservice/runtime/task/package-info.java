/** Typed inputs and outputs of Hugging Face tasks, so that a client can send a picture. */
@NullMarked
package io.modelservice.runtime.task;

import org.jspecify.annotations.NullMarked;
