package io.modelservice.runtime.source.gs;

import com.google.auth.Retryable;
import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.source.ArtifactPaths;
import io.modelservice.runtime.source.FetchException;
import io.modelservice.runtime.source.ObjectPlace;
import io.modelservice.runtime.source.Sentences;
import java.io.IOException;

/** Turns what Google Cloud Storage answers into a reason and one sentence. */
final class GsErrors {
  private final ObjectPlace place;
  private final GsLogin login;

  GsErrors(ObjectPlace place, GsLogin login) {
    this.place = place;
    this.login = login;
  }

  FetchException unreachable(IOException e) {
    return new FetchException(
        Reason.StoreUnreachable,
        "the store at %s cannot be reached for bucket '%s': %s"
            .formatted(place.host(), place.bucket(), Sentences.of(e)));
  }

  FetchException unreadable() {
    return new FetchException(
        Reason.StoreUnreachable,
        "what answers at %s for bucket '%s' is no Google Cloud Storage: check STORAGE_EMULATOR_HOST"
            .formatted(place.host(), place.bucket()));
  }

  FetchException noToken(IOException e) {
    return e instanceof Retryable answer && !answer.isRetryable()
        ? new FetchException(
            Reason.AccessDenied,
            "Google gives no token to read bucket '%s': the key in GOOGLE_APPLICATION_CREDENTIALS is"
                    .formatted(place.bucket())
                + " not valid any more, or its account is gone")
        : new FetchException(
            Reason.StoreUnreachable,
            "there is no token to read bucket '%s' at this moment: %s"
                .formatted(place.bucket(), Sentences.of(e)));
  }

  FetchException changed(String key) {
    return new FetchException(
        Reason.StoreUnreachable,
        "object '%s' in bucket '%s' changed while it was read".formatted(key, place.bucket()));
  }

  FetchException noObject(String key) {
    return new FetchException(
        Reason.ArtifactNotFound,
        "bucket '%s' at %s has no object '%s'".formatted(place.bucket(), place.host(), key));
  }

  FetchException noBucket() {
    return new FetchException(
        Reason.ArtifactNotFound,
        "the store at %s has no bucket '%s'".formatted(place.host(), place.bucket()));
  }

  FetchException tooMany() {
    return new FetchException(
        Reason.ArtifactInvalid,
        "there are more than %d files at %s: name the model's own folder"
            .formatted(ArtifactPaths.MOST_FILES, place));
  }

  /** For a status other than 200 and 404. */
  FetchException answered(int status, String key) {
    return switch (status) {
      case 401, 403 -> denied(status, key);
      default ->
          new FetchException(
              Reason.StoreUnreachable,
              "the store at %s answers for bucket '%s', key '%s' with status %d"
                  .formatted(place.host(), place.bucket(), key, status));
    };
  }

  private FetchException denied(int status, String key) {
    return login.stranger()
        ? new FetchException(
            Reason.CredentialsMissing,
            ("the store at %s shows bucket '%s', key '%s' to no stranger (status %d): put"
                    + " GOOGLE_APPLICATION_CREDENTIALS into the Secret that model.secretRef names,"
                    + " or name in pod.serviceAccountName an account that may read it")
                .formatted(place.host(), place.bucket(), key, status))
        : new FetchException(
            Reason.AccessDenied,
            ("the store at %s refuses the account for bucket '%s', key '%s' (status %d): grant it"
                    + " roles/storage.objectViewer")
                .formatted(place.host(), place.bucket(), key, status));
  }
}
