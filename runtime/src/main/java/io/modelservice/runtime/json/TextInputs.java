package io.modelservice.runtime.json;

import static io.modelservice.runtime.protocol.RequestException.bad;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.task.text.TextInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads texts: one string or a list of strings; where ids are allowed, also one list of token ids
 * or a list of such lists. At most 2,048 inputs and 300,000 ids, as of OpenAI.
 */
final class TextInputs {
  private static final int MOST_INPUTS = 2_048;
  private static final int MOST_IDS = 300_000;

  private final String name;
  private final JsonParser json;
  private int ids;

  private TextInputs(String name, JsonParser json) {
    this.name = name;
    this.json = json;
  }

  /** Strings and ids. */
  static List<TextInput> read(String name, JsonParser json) throws IOException, RequestException {
    return new TextInputs(name, json).inputs();
  }

  /** Strings alone. */
  static List<TextInput> readTexts(String name, JsonParser json)
      throws IOException, RequestException {
    var inputs = read(name, json);
    if (!inputs.stream().allMatch(TextInput.Text.class::isInstance)) {
      throw bad("'%s' must be a string or a list of strings", name);
    }
    return inputs;
  }

  private List<TextInput> inputs() throws IOException, RequestException {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      return List.of(new TextInput.Text(json.getText()));
    }
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw unknown();
    }
    if (json.nextToken() == JsonToken.VALUE_NUMBER_INT) {
      return List.of(ids());
    }
    var inputs = new ArrayList<TextInput>();
    for (; json.currentToken() != JsonToken.END_ARRAY; json.nextToken()) {
      if (inputs.size() == MOST_INPUTS) {
        throw bad("'%s' has more than %d elements: send several requests", name, MOST_INPUTS);
      }
      inputs.add(input());
    }
    if (inputs.isEmpty()) {
      throw bad("'%s' is empty", name);
    }
    return inputs;
  }

  private TextInput input() throws IOException, RequestException {
    if (json.currentToken() == JsonToken.START_ARRAY) {
      json.nextToken();
      return ids();
    }
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw unknown();
    }
    return new TextInput.Text(json.getText());
  }

  /** From the first id to the end of the list. */
  private TextInput ids() throws IOException, RequestException {
    var list = new ArrayList<Integer>();
    for (; json.currentToken() != JsonToken.END_ARRAY; json.nextToken()) {
      if (json.currentToken() != JsonToken.VALUE_NUMBER_INT
          || json.getNumberType() != JsonParser.NumberType.INT) {
        throw unknown();
      }
      if (++ids > MOST_IDS) {
        throw bad("'%s' has more than %d token ids: send several requests", name, MOST_IDS);
      }
      list.add(json.getIntValue());
    }
    return new TextInput.Ids(list);
  }

  private RequestException unknown() {
    return bad("'%s' must be a string, a list of strings, or token ids in one or more lists", name);
  }
}
