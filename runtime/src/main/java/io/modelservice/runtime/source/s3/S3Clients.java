package io.modelservice.runtime.source.s3;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.source.FetchException;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Makes clients of S3 stores. */
final class S3Clients {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration READ = Duration.ofSeconds(30);

  private S3Clients() {}

  static S3Client create(S3Keys keys, String bucket) throws FetchException {
    var builder =
        S3Client.builder()
            .httpClientBuilder(
                UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(READ))
            .credentialsProvider(StaticCredentialsProvider.create(credentials(keys, bucket)))
            .region(Region.of(keys.region()))
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            // the runtime has its own back-off and tells every failure in its state
            .overrideConfiguration(o -> o.retryStrategy(retry -> retry.maxAttempts(2)));
    if (keys.endpoint() != null) {
      builder.endpointOverride(endpoint(keys.endpoint())).forcePathStyle(true);
    }
    return builder.build();
  }

  private static AwsCredentials credentials(S3Keys keys, String bucket) throws FetchException {
    if (keys.accessKeyId() == null || keys.secretAccessKey() == null) {
      var missing = keys.accessKeyId() == null ? "AWS_ACCESS_KEY_ID" : "AWS_SECRET_ACCESS_KEY";
      throw new FetchException(
          Reason.CredentialsMissing,
          ("no %s for bucket '%s': create the Secret that model.secretRef names, with the keys"
                  + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_ENDPOINT_URL for a store"
                  + " other than AWS)")
              .formatted(missing, bucket));
    }
    return keys.sessionToken() == null
        ? AwsBasicCredentials.create(keys.accessKeyId(), keys.secretAccessKey())
        : AwsSessionCredentials.create(
            keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken());
  }

  private static URI endpoint(String text) throws FetchException {
    try {
      var uri = URI.create(text);
      if (uri.getHost() != null && uri.getScheme() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw new FetchException(
        Reason.StoreUnreachable,
        "AWS_ENDPOINT_URL is no URL: write for example http://store.storage.svc:8333");
  }
}
