package io.modelservice.runtime.json;

import static io.modelservice.runtime.protocol.RequestException.bad;

import io.modelservice.runtime.protocol.Body;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.task.text.TextInput;
import java.util.ArrayList;
import java.util.List;

/** The body {@code {"inputs": "text" or ["text", ...]}} of Hugging Face's tasks on text. */
public final class InputsRequest {
  private InputsRequest() {}

  /**
   * Reads a request.
   *
   * @throws RequestException if it is not of this form
   */
  public static List<TextInput> read(Body body) throws RequestException {
    var inputs = new ArrayList<TextInput>();
    JsonRequest.read(
        body,
        (name, json) -> {
          if (name.equals("inputs")) {
            inputs.addAll(TextInputs.readTexts(name, json));
          } else {
            json.skipChildren();
          }
        });
    if (inputs.isEmpty()) {
      throw bad("the request has no 'inputs'");
    }
    return inputs;
  }
}
