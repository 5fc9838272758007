package io.modelservice.runtime.grpc;

import io.grpc.Metadata;
import org.jspecify.annotations.Nullable;

/** Says in an answer which revision it is of, as REST does. */
final class Revisions {
  private static final Metadata.Key<String> REVISION =
      Metadata.Key.of("x-modelservice-revision", Metadata.ASCII_STRING_MARSHALLER);

  private Revisions() {}

  /** Headers or trailers; null means that no revision had the request. */
  static Metadata metadata(@Nullable String revision) {
    var metadata = new Metadata();
    if (revision != null) {
      metadata.put(REVISION, revision);
    }
    return metadata;
  }
}
