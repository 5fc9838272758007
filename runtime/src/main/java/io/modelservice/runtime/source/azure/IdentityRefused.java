package io.modelservice.runtime.source.azure;

import java.io.IOException;
import java.io.Serial;

/** The token service knows the pod's service account not, or not for this client. */
final class IdentityRefused extends IOException {
  @Serial private static final long serialVersionUID = 1;

  IdentityRefused(String message) {
    super(message);
  }
}
