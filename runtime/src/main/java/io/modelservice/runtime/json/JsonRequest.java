package io.modelservice.runtime.json;

import static io.modelservice.runtime.protocol.RequestException.bad;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.modelservice.runtime.protocol.Body;
import io.modelservice.runtime.protocol.ClientJson;
import io.modelservice.runtime.protocol.RequestException;
import java.io.IOException;

/** Reads the one JSON object of a request, field by field, without a copy of it in memory. */
final class JsonRequest {
  private JsonRequest() {}

  /** Takes the value of a field, from its first token to its last, or skips it. */
  @FunctionalInterface
  interface Field {
    void read(String name, JsonParser json) throws IOException, RequestException;
  }

  static void read(Body body, Field field) throws RequestException {
    try (var json = ClientJson.FACTORY.createParser(body.bytes(), 0, body.length())) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw bad("the request must be a JSON object");
      }
      while (json.nextToken() != JsonToken.END_OBJECT) {
        var name = json.currentName();
        json.nextToken();
        field.read(name, json);
      }
      if (json.nextToken() != null) {
        throw bad("the request goes on after its JSON object");
      }
    } catch (JsonProcessingException e) {
      throw bad(
          "the request is not valid JSON: see byte %d",
          e.getLocation() == null ? 0 : e.getLocation().getByteOffset());
    } catch (IOException e) {
      throw bad("the request cannot be read");
    }
  }

  /** A string. */
  static String text(String name, JsonParser json) throws IOException, RequestException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw bad("'%s' must be a string", name);
    }
    return json.getText();
  }

  /** A whole number from 1. */
  static int count(String name, JsonParser json) throws IOException, RequestException {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT
        || json.getNumberType() != JsonParser.NumberType.INT
        || json.getIntValue() < 1) {
      throw bad("'%s' must be a whole number from 1", name);
    }
    return json.getIntValue();
  }

  /** True or false. */
  static boolean flag(String name, JsonParser json) throws IOException, RequestException {
    return switch (json.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw bad("'%s' must be true or false", name);
    };
  }
}
