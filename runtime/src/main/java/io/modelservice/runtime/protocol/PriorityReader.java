package io.modelservice.runtime.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.modelservice.runtime.batching.Priority;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the priority of a request that is not read yet, for the queue. It must not take as long as
 * reading the tensors does, so the {@code parameters} of the request are looked for in what is
 * before {@code inputs}, and in the last {@value #NEAR} bytes of the JSON part, where no more than
 * {@value #MOST_TRIED} places of that name are tried.
 */
final class PriorityReader {
  static final int NEAR = 4096;

  /** Each may be walked through to the end, so that many would cost more than a reading. */
  static final int MOST_TRIED = 16;

  private static final byte[] NAME = "\"parameters\"".getBytes(US_ASCII);

  private final byte[] bytes;
  private final int length;

  private PriorityReader(byte[] bytes, int length) {
    this.bytes = bytes;
    this.length = length;
  }

  /**
   * The priority, as far as it is found; whether the request is sound is seen when it is read.
   *
   * @param length bytes of the JSON part, which is at the begin; 0 for raw binary
   */
  static Priority read(byte[] bytes, int length) {
    var reader = new PriorityReader(bytes, length);
    var found = reader.first();
    var parameters = found == null ? reader.last() : found;
    return parameters == null ? Priority.NORMAL : parameters.priority();
  }

  /** Those before the inputs. */
  private @Nullable Parameters first() {
    var json = new JsonCursor(bytes, 0, Math.min(length, NEAR));
    try {
      if (!json.take('{')) {
        return null;
      }
      for (var i = 0; json.next(i, '}'); i++) {
        switch (json.name()) {
          case "parameters" -> {
            return Parameters.read(json);
          }
          case "inputs" -> {
            return null;
          }
          default -> json.skip();
        }
      }
    } catch (RequestException e) {
      return null; // damaged, or longer than what is looked at
    }
    return null;
  }

  /** Those at the end; tensors have parameters too. */
  private @Nullable Parameters last() {
    var tried = 0;
    for (var at = length - NAME.length; at >= Math.max(0, length - NEAR); at--) {
      if (isName(at) && tried++ < MOST_TRIED) {
        var parameters = ofRequest(new JsonCursor(bytes, at, length));
        if (parameters != null) {
          return parameters;
        }
      }
    }
    return null;
  }

  private boolean isName(int at) {
    var escaped = at > 0 && bytes[at - 1] == '\\';
    return !escaped
        && bytes[at] == '"'
        && Arrays.equals(bytes, at, at + NAME.length, NAME, 0, NAME.length);
  }

  /** Parameters are the request's if only its own bracket is open behind them. */
  private static @Nullable Parameters ofRequest(JsonCursor json) {
    try {
      json.name();
      var parameters = Parameters.read(json);
      for (var i = 1; json.next(i, '}'); i++) {
        json.name();
        json.skip();
      }
      return json.peek() == JsonCursor.END ? parameters : null;
    } catch (RequestException e) {
      return null;
    }
  }
}
