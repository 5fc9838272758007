package io.modelservice.runtime.source.azure;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import io.modelservice.runtime.source.FetchException;
import java.time.Duration;

/** Makes clients of containers. */
final class AzureClients {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration READ = Duration.ofSeconds(30);

  private AzureClients() {}

  static BlobContainerClient create(AzureKeys keys, String container) throws FetchException {
    var http =
        new JdkHttpClientBuilder()
            .connectionTimeout(CONNECT)
            .responseTimeout(READ)
            .readTimeout(READ)
            .build();
    // the runtime has its own back-off and tells every failure in its state
    var retries =
        new RequestRetryOptions(
            RetryPolicyType.FIXED, 2, READ.plus(READ), CONNECT.dividedBy(5), CONNECT, null);
    var builder = new BlobContainerClientBuilder().httpClient(http).retryOptions(retries);
    try {
      return open(builder, keys).containerName(container).buildClient();
    } catch (IllegalArgumentException e) {
      throw AzureErrors.damagedKeys();
    }
  }

  private static BlobContainerClientBuilder open(BlobContainerClientBuilder builder, AzureKeys keys)
      throws FetchException {
    if (keys.connection() != null) {
      return builder.connectionString(keys.connection());
    }
    builder.endpoint(keys.url());
    if (keys.stranger()) {
      return builder.setAnonymousAccess();
    }
    return keys.shared()
        .map(
            shared ->
                switch (shared) {
                  case AzureKeys.AccountKey(var key) ->
                      builder.credential(
                          new StorageSharedKeyCredential(String.valueOf(keys.account()), key));
                  case AzureKeys.SasToken(var token) ->
                      builder.sasToken(token.replaceFirst("^[?]", ""));
                })
        .orElseGet(() -> builder.credential(keys.identity().orElseThrow()));
  }
}
