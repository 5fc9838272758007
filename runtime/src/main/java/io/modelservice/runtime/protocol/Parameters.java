package io.modelservice.runtime.protocol;

import static io.modelservice.runtime.protocol.RequestException.bad;

import io.modelservice.runtime.batching.Priority;
import io.modelservice.runtime.protocol.InferRequest.Form;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What is known of the {@code parameters} of a request or a tensor; others are left alone. */
public final class Parameters {
  /** Triton's parameter of a request: how long it may take, in microseconds. */
  public static final String TIMEOUT = "timeout";

  /** Triton's parameter of a request: 1 is the highest priority, 0 the default. */
  public static final String PRIORITY = "priority";

  private final SharedParameters shared = new SharedParameters();
  private @Nullable Integer binarySize;
  private @Nullable Form form;
  private Form formOfAll = Form.JSON;
  private int classes;
  private @Nullable Duration timeout;
  private Priority priority = Priority.NORMAL;

  /** Reads a JSON object. */
  static Parameters read(JsonCursor json) throws RequestException {
    if (!json.take('{')) {
      throw bad("parameters must be a JSON object");
    }
    var parameters = new Parameters();
    for (var i = 0; json.next(i, '}'); i++) {
      parameters.member(json);
    }
    return parameters;
  }

  private void member(JsonCursor json) throws RequestException {
    var name = json.name();
    switch (name) {
      case "binary_data_size" -> binarySize = JsonValues.size(json, name);
      case "binary_data" -> form = form(json, name);
      case "binary_data_output" -> formOfAll = form(json, name);
      case "classification" -> classes = JsonValues.size(json, name);
      case TIMEOUT -> timeout = timeout(JsonValues.bytes(json, name));
      case PRIORITY -> priority = Priority.of(JsonValues.bytes(json, name));
      case SharedParameters.REGION -> shared.region(JsonValues.text(json, name));
      case SharedParameters.OFFSET -> shared.offset(JsonValues.bytes(json, name));
      case SharedParameters.BYTE_SIZE -> shared.byteSize(JsonValues.bytes(json, name));
      default -> json.skip();
    }
  }

  private static Form form(JsonCursor json, String name) throws RequestException {
    return JsonValues.truth(json, name) ? Form.BINARY : Form.JSON;
  }

  /**
   * What the parameter {@code timeout} of a request says.
   *
   * @param micros at least 0
   * @return null for 0, which leaves the time to the model
   */
  public static @Nullable Duration timeout(long micros) {
    return micros == 0 ? null : Duration.of(micros, ChronoUnit.MICROS);
  }

  /** Bytes of an input behind the JSON part. */
  @Nullable Integer binarySize() {
    return binarySize;
  }

  /** In which form an output is wanted; null leaves it to the request. */
  @Nullable Form form() {
    return form;
  }

  /** In which form a request wants outputs that say nothing. */
  Form formOfAll() {
    return formOfAll;
  }

  /** How many of the best classes are wanted in place of an output; 0 for the output. */
  int classes() {
    return classes;
  }

  /** How long a request may take; null leaves it to the model. */
  @Nullable Duration timeout() {
    return timeout;
  }

  /** Which of the requests that wait it goes before. */
  Priority priority() {
    return priority;
  }

  /** Where a tensor lies in shared memory. */
  SharedParameters shared() {
    return shared;
  }
}
