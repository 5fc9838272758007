package io.modelservice.runtime.source.s3;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.source.FetchException;
import io.modelservice.runtime.source.ObjectPlace;
import io.modelservice.runtime.source.Sentences;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Turns what an S3 store answers into a reason and one sentence. */
final class S3Errors {
  private S3Errors() {}

  static FetchException toFetchException(SdkException e, ObjectPlace place, String key) {
    return e instanceof AwsServiceException answer
        ? answered(answer, place, key)
        : new FetchException(
            Reason.StoreUnreachable,
            "the store at %s cannot be reached for bucket '%s': %s"
                .formatted(place.host(), place.bucket(), Sentences.of(e)));
  }

  private static FetchException answered(AwsServiceException e, ObjectPlace place, String key) {
    var details = e.awsErrorDetails();
    var code =
        details == null || details.errorCode() == null
            ? "status " + e.statusCode()
            : details.errorCode();
    return switch (e.statusCode()) {
      case 401, 403 ->
          new FetchException(
              Reason.AccessDenied,
              "the store at %s refuses the keys for bucket '%s', key '%s' (%s)"
                  .formatted(place.host(), place.bucket(), key, code));
      case 404 ->
          new FetchException(
              Reason.ArtifactNotFound,
              code.equals("NoSuchBucket")
                  ? "the store at %s has no bucket '%s'".formatted(place.host(), place.bucket())
                  : "bucket '%s' at %s has no object '%s'"
                      .formatted(place.bucket(), place.host(), key));
      case 412 ->
          new FetchException(
              Reason.StoreUnreachable,
              "object '%s' in bucket '%s' changed while it was read"
                  .formatted(key, place.bucket()));
      default ->
          new FetchException(
              Reason.StoreUnreachable,
              "the store at %s answers for bucket '%s', key '%s' with %s"
                  .formatted(place.host(), place.bucket(), key, code));
    };
  }
}
