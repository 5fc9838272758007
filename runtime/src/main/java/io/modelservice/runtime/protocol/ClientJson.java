package io.modelservice.runtime.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;

/** How JSON is read that clients have written. */
public final class ClientJson {
  private static final int DEEPEST = 64;

  /**
   * Knows no names of fields: the table in which Jackson would keep all that were ever sent grows
   * to megabytes, of which each request with a new name then gets a copy.
   */
  public static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();

  private ClientJson() {}
}
