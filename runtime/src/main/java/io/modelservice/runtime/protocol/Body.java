package io.modelservice.runtime.protocol;

/** The bytes of a request: what was received, without a copy for each reader. */
public final class Body {
  private final byte[] bytes;
  private final int length;

  /** Takes the first {@code length} bytes; they must not change any more. */
  public Body(byte[] bytes, int length) {
    this.bytes = bytes;
    this.length = length;
  }

  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }
}
