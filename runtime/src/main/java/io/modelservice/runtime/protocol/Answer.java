package io.modelservice.runtime.protocol;

/** The bytes of an answer. */
public final class Answer {
  private final byte[] bytes;
  private final int headerLength;

  Answer(byte[] bytes, int headerLength) {
    this.bytes = bytes;
    this.headerLength = headerLength;
  }

  public byte[] bytes() {
    return bytes;
  }

  /** Bytes of the JSON part, or {@link RestInference#ALL_JSON}. */
  public int headerLength() {
    return headerLength;
  }
}
