package io.modelservice.runtime.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads a TensorProto but for its weights, and compares what it declares with what it has. */
final class OnnxTensorReader implements ProtoWalk.Field {
  /** Bits of an element by TensorProto.DataType; 0 where it has no fixed size. */
  private static final int[] BITS = {
    0, 32, 8, 8, 16, 16, 32, 64, 0, 8, 16, 64, 32, 64, 64, 128, 16, 8, 8, 8, 8, 4, 4, 4, 8, 2, 2
  };

  private final ProtoWalk walk;
  private final List<Long> dimensions = new ArrayList<>();
  private final List<String> locations = new ArrayList<>();
  private String name = "";
  private long type;
  private OptionalLong raw = OptionalLong.empty();

  OnnxTensorReader(ProtoWalk walk) {
    this.walk = walk;
  }

  String name() {
    return name;
  }

  /** Where its bytes are, if they lie in a file of their own. */
  List<String> locations() {
    return locations;
  }

  @Override
  public boolean read(int number) throws IOException, EngineException {
    switch (number) {
      case 1 -> walk.numbers(dimensions);
      case 2 -> type = walk.number();
      case 8 -> name = walk.text();
      case 9 -> raw = OptionalLong.of(walk.bytes());
      case 13 -> externalEntry();
      default -> {
        return false;
      }
    }
    return true;
  }

  private void externalEntry() throws IOException, EngineException {
    var entry = new Entry();
    walk.message(entry);
    if (entry.key.equals("location")) {
      locations.add(entry.value);
    }
  }

  /**
   * Refuses weights that would take memory that the file has no bytes for.
   *
   * @throws EngineException with ModelInvalid
   */
  void check() throws EngineException {
    var bits = bits();
    if (raw.isEmpty() || bits.isEmpty()) {
      return;
    }
    if (declared(bits.getAsInt()) != raw.getAsLong()) {
      throw OnnxFile.invalid(
          "the weight '%s' is declared as %s, but has %d bytes"
              .formatted(OnnxFile.printable(name), dimensions, raw.getAsLong()));
    }
  }

  private OptionalInt bits() {
    return type > 0 && type < BITS.length && BITS[(int) type] > 0
        ? OptionalInt.of(BITS[(int) type])
        : OptionalInt.empty();
  }

  /** Bytes; -1 if that is no number of bytes. */
  private long declared(int bits) {
    try {
      var elements = dimensions.stream().reduce(1L, Math::multiplyExact);
      return elements < 0 ? -1 : Math.ceilDiv(Math.multiplyExact(elements, bits), Byte.SIZE);
    } catch (ArithmeticException e) {
      return -1;
    }
  }

  /** A key and its value. */
  private final class Entry implements ProtoWalk.Field {
    private String key = "";
    private String value = "";

    @Override
    public boolean read(int number) throws IOException {
      switch (number) {
        case 1 -> key = walk.text();
        case 2 -> value = walk.text();
        default -> {
          return false;
        }
      }
      return true;
    }
  }
}
