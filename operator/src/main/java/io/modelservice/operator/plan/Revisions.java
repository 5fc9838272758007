package io.modelservice.operator.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.modelservice.crds.contract.ContractJson;
import io.modelservice.crds.contract.SourcePin;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names revisions. A name is made once, when a model is proposed, and stored. */
final class Revisions {
  private static final int HEX_DIGITS = 10;

  private Revisions() {}

  /**
   * 10 hex digits over the model-level fields that the user set, the service and its generation
   * that brought them, so that the same URI proposed again is another revision: its content may
   * differ.
   */
  static String name(WantedModel wanted, String uid, long generation) {
    return hashed(ContractJson.write(wanted) + "@" + uid + "/" + generation);
  }

  /** The same for content that was found at the URI later. */
  static String name(WantedModel wanted, String uid, long generation, SourcePin content) {
    return hashed(
        ContractJson.write(wanted)
            + "@"
            + uid
            + "/"
            + generation
            + "#"
            + ContractJson.write(content));
  }

  private static String hashed(String canonical) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, HEX_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
