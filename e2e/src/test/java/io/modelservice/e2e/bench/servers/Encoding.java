package io.modelservice.e2e.bench.servers;

import io.modelservice.e2e.client.InferenceRequest;

/** How tensors travel, in both directions. */
enum Encoding {
  JSON("JSON"),
  BINARY("binary");

  private final String label;

  Encoding(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  InferenceRequest request(Subject subject) {
    return switch (this) {
      case JSON -> InferenceRequest.json(subject.inputs());
      case BINARY -> InferenceRequest.binary(subject.inputs());
    };
  }
}
