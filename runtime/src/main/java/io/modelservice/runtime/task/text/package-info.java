/** The tasks on text: tokens by tokenizer.json in, vectors, labels or scores out. */
@NullMarked
package io.modelservice.runtime.task.text;

import org.jspecify.annotations.NullMarked;
