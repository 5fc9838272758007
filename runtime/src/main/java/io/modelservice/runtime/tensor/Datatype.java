package io.modelservice.runtime.tensor;

/** The Open Inference Protocol's datatypes, and BF16 of Triton's extension of it. */
public enum Datatype {
  BOOL(1),
  UINT8(1),
  UINT16(2),
  UINT32(4),
  UINT64(8),
  INT8(1),
  INT16(2),
  INT32(4),
  INT64(8),
  FP16(2),
  BF16(2),
  FP32(4),
  FP64(8),
  /** Strings of any bytes; an element has no fixed size. */
  BYTES(0);

  private final int size;

  Datatype(int size) {
    this.size = size;
  }

  /** Bytes of one element; 0 for {@link #BYTES}. */
  public int size() {
    return size;
  }

  /** The protocol gives FP16 and BF16 no JSON form. */
  public boolean hasJsonForm() {
    return this != FP16 && this != BF16;
  }
}
