package io.modelservice.runtime.protocol;

import static io.modelservice.runtime.protocol.RequestException.bad;

import io.modelservice.runtime.sharedmemory.Registration;
import org.jspecify.annotations.Nullable;

/**
 * Reads what registers a shared memory region: {@code key}, {@code offset} and {@code byte_size}.
 */
public final class RegistrationReader {
  private @Nullable String key;
  private long offset;
  private @Nullable Long byteSize;

  private RegistrationReader() {}

  /**
   * Reads a JSON object.
   *
   * @param region its name, which is in the path
   * @throws RequestException if it is not of the extension's form
   */
  public static Registration read(String region, Body body) throws RequestException {
    var reader = new RegistrationReader();
    reader.read(new JsonCursor(body.bytes(), 0, body.length()));
    if (reader.key == null || reader.byteSize == null) {
      throw bad("a shared memory region needs a key and a byte_size");
    }
    return new Registration(region, reader.key, reader.offset, reader.byteSize);
  }

  private void read(JsonCursor json) throws RequestException {
    if (!json.take('{')) {
      throw bad("the request must be a JSON object");
    }
    for (var i = 0; json.next(i, '}'); i++) {
      var name = json.name();
      switch (name) {
        case "key" -> key = JsonValues.text(json, name);
        case "offset" -> offset = JsonValues.bytes(json, name);
        case "byte_size" -> byteSize = JsonValues.bytes(json, name);
        default -> json.skip();
      }
    }
    if (json.peek() != JsonCursor.END) {
      throw bad("the request goes on after its JSON object");
    }
  }
}
