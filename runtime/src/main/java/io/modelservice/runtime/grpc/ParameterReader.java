package io.modelservice.runtime.grpc;

import static io.modelservice.runtime.protocol.RequestException.bad;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.modelservice.runtime.batching.Priority;
import io.modelservice.runtime.grpc.proto.InferParameter;
import io.modelservice.runtime.protocol.Parameters;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.protocol.SharedParameters;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters of a request or of one tensor; of those that nobody knows no object is made.
 */
final class ParameterReader {
  private static final int KEY = 1; // of an entry of a map, as protobuf has it
  private static final int VALUE = 2;
  private static final String CLASSIFICATION = "classification";

  private final SharedParameters shared = new SharedParameters();
  private int classes;
  private @Nullable Duration timeout;
  private Priority priority = Priority.NORMAL;

  /** Where the tensor lies in shared memory. */
  SharedParameters shared() {
    return shared;
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

  /** Takes an entry of the map {@code parameters}. */
  void entry(ByteString entry) throws IOException, RequestException {
    var key = "";
    var value = ByteString.EMPTY;
    var in = entry.newCodedInput();
    in.enableAliasing(true);
    for (var tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == lengthDelimited(KEY)) {
        key = in.readStringRequireUtf8();
      } else if (tag == lengthDelimited(VALUE)) {
        value = in.readBytes();
      } else {
        skip(in, tag);
      }
    }
    parameter(key, value);
  }

  private static int lengthDelimited(int field) {
    return field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }

  private static void skip(CodedInputStream in, int tag) throws IOException, RequestException {
    if (!in.skipField(tag)) {
      throw bad("a parameter is damaged");
    }
  }

  private void parameter(String name, ByteString value) throws IOException, RequestException {
    switch (name) {
      case CLASSIFICATION -> classes = (int) Math.min(number(name, value), Integer.MAX_VALUE);
      case Parameters.TIMEOUT -> timeout = Parameters.timeout(number(name, value));
      case Parameters.PRIORITY -> priority = Priority.of(number(name, value));
      case SharedParameters.REGION -> shared.region(text(name, value));
      case SharedParameters.OFFSET -> shared.offset(number(name, value));
      case SharedParameters.BYTE_SIZE -> shared.byteSize(number(name, value));
      default -> {
        // left alone
      }
    }
  }

  private static String text(String name, ByteString value) throws IOException, RequestException {
    var parameter = InferParameter.parseFrom(value);
    if (!parameter.hasStringParam()) {
      throw bad("parameter %s must be a string_param", name);
    }
    return parameter.getStringParam();
  }

  private static long number(String name, ByteString value) throws IOException, RequestException {
    var parameter = InferParameter.parseFrom(value);
    var number =
        switch (parameter.getParameterChoiceCase()) {
          case INT64_PARAM -> parameter.getInt64Param();
          case UINT64_PARAM -> parameter.getUint64Param();
          default -> -1;
        };
    if (number < 0) {
      throw bad("parameter %s must be an int64_param of at least 0", name);
    }
    return number;
  }
}
