package io.modelservice.e2e.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A system shared memory object of this machine; removed when closed. */
final class SharedRegion implements AutoCloseable {
  /** Two inputs, then two outputs, one row each. */
  static final int BYTES = 4 * SimpleModel.ROW * Integer.BYTES;

  static final int TENSOR = SimpleModel.ROW * Integer.BYTES;

  private static final Path OBJECTS = Path.of("/dev/shm");

  private final Path file;

  private SharedRegion(Path file) {
    this.file = file;
  }

  /**
   * A region with both inputs, on the machine of the server.
   *
   * @param host of the server
   */
  static SharedRegion create(String host) throws IOException {
    if (!Files.isWritable(OBJECTS) || !(host.equals("localhost") || host.equals("127.0.0.1"))) {
      throw new NotOfferedException("the server does not share memory with this machine");
    }
    var file = Files.createTempFile(OBJECTS, "conformance-", "");
    var content = new byte[BYTES];
    for (var i = 0; i < SimpleModel.INPUTS.size(); i++) {
      var input = BinaryMessage.bytes(SimpleModel.values(SimpleModel.INPUTS.get(i)));
      System.arraycopy(input, 0, content, i * TENSOR, TENSOR);
    }
    Files.write(file, content);
    return new SharedRegion(file);
  }

  /** As shm_open takes it. */
  String key() {
    return "/" + file.getFileName();
  }

  /** The elements of an output, as the server wrote them. */
  int[] output(int index) throws IOException {
    var content = Files.readAllBytes(file);
    var tensor = new byte[TENSOR];
    System.arraycopy(content, offset(index), tensor, 0, TENSOR);
    return BinaryMessage.values(tensor);
  }

  static int offset(int output) {
    return (SimpleModel.INPUTS.size() + output) * TENSOR;
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
