package io.modelservice.runtime.task.text;

import java.util.List;

/** One text of a request. */
public sealed interface TextInput {

  /** As it is written. */
  record Text(String text) implements TextInput {}

  /** As the ids of its tokens in the model's vocabulary, special ones included. */
  record Ids(List<Integer> ids) implements TextInput {}
}
