package io.modelservice.runtime.source.s3;

import io.modelservice.runtime.source.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * Keys and place of an S3 store.
 *
 * @param endpoint URL of a store other than AWS; addressed in path style
 */
record S3Keys(
    @Nullable String accessKeyId,
    @Nullable String secretAccessKey,
    @Nullable String sessionToken,
    String region,
    @Nullable String endpoint) {

  static S3Keys of(Credentials credentials) {
    return new S3Keys(
        credentials.value("AWS_ACCESS_KEY_ID").orElse(null),
        credentials.value("AWS_SECRET_ACCESS_KEY").orElse(null),
        credentials.value("AWS_SESSION_TOKEN").orElse(null),
        credentials.value("AWS_REGION").orElse("us-east-1"),
        credentials.value("AWS_ENDPOINT_URL").orElse(null));
  }

  @Override
  public String toString() {
    return "S3Keys[region=" + region + ", endpoint=" + endpoint + "]"; // never the secret
  }
}
