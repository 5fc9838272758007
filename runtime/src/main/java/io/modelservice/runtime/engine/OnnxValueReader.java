package io.modelservice.runtime.engine;

import io.modelservice.runtime.engine.OnnxFile.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads a ValueInfoProto: the name, element type and shape of an input or output. */
final class OnnxValueReader implements ProtoWalk.Field {
  private static final long VARIABLE = -1;

  private final ProtoWalk walk;
  private final List<Long> shape = new ArrayList<>();
  private String name = "";
  private int elementType;

  private OnnxValueReader(ProtoWalk walk) {
    this.walk = walk;
  }

  static Value read(ProtoWalk walk) throws IOException, EngineException {
    var value = new OnnxValueReader(walk);
    walk.message(value);
    return new Value(value.name, value.elementType, List.copyOf(value.shape));
  }

  @Override
  public boolean read(int number) throws IOException, EngineException {
    return switch (number) {
      case 1 -> {
        name = walk.text();
        yield true;
      }
      case 2 ->
          walk.message(kind -> kind == 1 && walk.message(this::tensor)); // no sequence, no map
      default -> false;
    };
  }

  private boolean tensor(int number) throws IOException, EngineException {
    return switch (number) {
      case 1 -> {
        elementType = (int) walk.number();
        yield true;
      }
      case 2 -> walk.message(dimension -> dimension == 1 && dimension());
      default -> false;
    };
  }

  private boolean dimension() throws IOException, EngineException {
    ProtoWalk.add(shape, VARIABLE);
    return walk.message(
        number -> {
          if (number != 1) {
            return false;
          }
          shape.set(shape.size() - 1, Math.max(VARIABLE, walk.number()));
          return true;
        });
  }
}
