package io.modelservice.runtime.source.azure;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.source.Credentials;
import io.modelservice.runtime.source.FetchException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A storage account and what opens it, under the names that Azure's command line reads.
 *
 * @param connection string with all of it
 * @param endpoint URL of an account elsewhere than at {@code ACCOUNT.blob.core.windows.net}
 * @param identity of the pod, from its service account
 */
record AzureKeys(
    @Nullable String connection,
    @Nullable String account,
    @Nullable String endpoint,
    Optional<Shared> shared,
    Optional<WorkloadIdentity> identity) {

  /** What its holder may use as it is. */
  sealed interface Shared {}

  record AccountKey(String value) implements Shared {
    @Override
    public String toString() {
      return "AccountKey"; // never the key
    }
  }

  record SasToken(String value) implements Shared {
    @Override
    public String toString() {
      return "SasToken"; // never the token
    }
  }

  static AzureKeys of(Credentials credentials) {
    Optional<Shared> key = credentials.value("AZURE_STORAGE_KEY").map(AccountKey::new);
    return new AzureKeys(
        credentials.value("AZURE_STORAGE_CONNECTION_STRING").orElse(null),
        credentials.value("AZURE_STORAGE_ACCOUNT").orElse(null),
        credentials.value("AZURE_STORAGE_SERVICE_ENDPOINT").orElse(null),
        key.or(() -> credentials.value("AZURE_STORAGE_SAS_TOKEN").map(SasToken::new)),
        WorkloadIdentity.of(credentials));
  }

  /** Whether the store is asked without telling who asks. */
  boolean stranger() {
    return connection == null && shared.isEmpty() && identity.isEmpty();
  }

  /** The URL of the account. */
  String url() throws FetchException {
    if (endpoint != null) {
      return endpoint;
    }
    if (account == null) {
      throw new FetchException(
          Reason.CredentialsMissing,
          "no AZURE_STORAGE_ACCOUNT: create the Secret that model.secretRef names, with"
              + " AZURE_STORAGE_CONNECTION_STRING, or with AZURE_STORAGE_ACCOUNT and"
              + " AZURE_STORAGE_KEY or AZURE_STORAGE_SAS_TOKEN");
    }
    return "https://" + account + ".blob.core.windows.net";
  }

  @Override
  public String toString() {
    return "AzureKeys[account=" + account + ", endpoint=" + endpoint + "]"; // never a secret
  }
}
