package io.modelservice.runtime.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;

/** What Jackson finds wrong, without a piece of the payload. */
final class JsonErrors {
  private JsonErrors() {}

  static String line(JsonProcessingException e) {
    var where = e.getLocation();
    return where == null ? "it ends too early" : "see byte " + where.getByteOffset();
  }
}
