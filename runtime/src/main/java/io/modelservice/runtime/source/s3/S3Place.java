package io.modelservice.runtime.source.s3;

/**
 * A place in an S3 store.
 *
 * @param host the endpoint, for messages
 * @param key of one object, or the prefix of a folder; may be empty
 */
record S3Place(String host, String bucket, String key) {

  /** Whether the key names the ONNX file itself. */
  boolean oneFile() {
    return key.endsWith(".onnx");
  }

  /** The common begin of the folder's keys, {@code /} at its end. */
  String prefix() {
    return key.isEmpty() || key.endsWith("/") ? key : key + "/";
  }

  @Override
  public String toString() {
    return "s3://%s/%s (%s)".formatted(bucket, key, host);
  }
}
