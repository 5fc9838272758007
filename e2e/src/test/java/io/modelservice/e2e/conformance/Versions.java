package io.modelservice.e2e.conformance;

import java.io.IOException;

/** The versions that a server lists of a model. */
final class Versions {
  private Versions() {}

  /** The first of the list. */
  static String first(Http http, SimpleModel model) throws IOException, InterruptedException {
    var versions = http.get(model.path()).json().path("versions");
    if (versions.isEmpty()) {
      throw new NotOfferedException("the model's metadata lists no version");
    }
    return versions.path(0).asText();
  }
}
