package io.modelservice.runtime.source.azure;

import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobStorageException;
import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.source.FetchException;
import io.modelservice.runtime.source.ObjectPlace;
import io.modelservice.runtime.source.Sentences;

/**
 * Turns what a store answers into a reason and one sentence.
 *
 * @param stranger whether it was asked without credentials
 */
record AzureErrors(ObjectPlace place, boolean stranger) {

  FetchException toFetchException(RuntimeException e, String blob) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BlobStorageException answer) {
        return answered(answer, blob);
      }
      if (cause instanceof IllegalArgumentException) { // a key is first read when it is used
        return damagedKeys();
      }
      if (cause instanceof IdentityRefused refused) {
        return new FetchException(Reason.AccessDenied, String.valueOf(refused.getMessage()));
      }
    }
    return new FetchException(
        Reason.StoreUnreachable,
        "the store at %s cannot be reached for container '%s': %s"
            .formatted(place.host(), place.bucket(), Sentences.place(Sentences.of(e))));
  }

  /** Its cause is not told: it may hold the key. */
  static FetchException damagedKeys() {
    return new FetchException(
        Reason.CredentialsMissing,
        "the AZURE_STORAGE_ keys of the Secret are damaged or not complete: copy the connection"
            + " string of the storage account");
  }

  private FetchException answered(BlobStorageException e, String blob) {
    return switch (e.getStatusCode()) {
      case 401, 403, 409 -> denied(e, blob);
      case 404 -> missing(e, blob);
      case 412 ->
          new FetchException(
              Reason.StoreUnreachable,
              "blob '%s' in container '%s' changed while it was read"
                  .formatted(blob, place.bucket()));
      default ->
          new FetchException(
              Reason.StoreUnreachable,
              "the store at %s answers for container '%s', blob '%s' with %s"
                  .formatted(place.host(), place.bucket(), blob, code(e)));
    };
  }

  private FetchException denied(BlobStorageException e, String blob) {
    return stranger
        ? new FetchException(
            Reason.CredentialsMissing,
            ("container '%s' at %s is not public: create the Secret that model.secretRef names,"
                    + " with AZURE_STORAGE_CONNECTION_STRING")
                .formatted(place.bucket(), place.host()))
        : new FetchException(
            Reason.AccessDenied,
            "the store at %s refuses the keys for container '%s', blob '%s' (%s)"
                .formatted(place.host(), place.bucket(), blob, code(e)));
  }

  private FetchException missing(BlobStorageException e, String blob) {
    var what =
        BlobErrorCode.CONTAINER_NOT_FOUND.equals(e.getErrorCode())
            ? "the store at %s has no container '%s'".formatted(place.host(), place.bucket())
            : "container '%s' at %s has no blob '%s'".formatted(place.bucket(), place.host(), blob);
    return new FetchException(
        Reason.ArtifactNotFound,
        stranger ? what + ", or none that is public: see model.secretRef" : what);
  }

  private static String code(BlobStorageException e) {
    return e.getErrorCode() == null
        ? "status " + e.getStatusCode()
        : String.valueOf(e.getErrorCode());
  }
}
