package io.modelservice.runtime.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;

/** The bytes of a request: what was received, without a copy for each reader. */
public final class Body {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(64)
                  .maxStringLength(Integer.MAX_VALUE) // the body is bounded
                  .build())
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .build();

  private final byte[] bytes;
  private final int length;

  /** Takes the first {@code length} bytes; they must not change any more. */
  public Body(byte[] bytes, int length) {
    this.bytes = bytes;
    this.length = length;
  }

  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  JsonParser json(int from, int count) throws IOException {
    return JSON.createParser(bytes, from, count);
  }
}
