package io.modelservice.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A shared memory object that a client has made; gone when it is closed. */
public final class SharedObject implements AutoCloseable {
  /** What stands for {@code /dev/shm} where the pod runs in a test. */
  public static final Path OF_THE_POD = Path.of("target/shared-memory");

  private final Path file;

  private SharedObject(Path file) {
    this.file = file;
  }

  /** An object of zeros. */
  public static SharedObject create(Path folder, int size) throws IOException {
    var file = Files.createTempFile(Files.createDirectories(folder), "object-", "");
    Files.write(file, new byte[size]);
    return new SharedObject(file);
  }

  /** One with both inputs of the model simple in front: 0 to 15, 16 ones; and room for outputs. */
  public static SharedObject ofSimple(Path folder) throws IOException {
    var object = create(folder, 256);
    object.write(0, IntStream.range(0, 16).toArray());
    object.write(64, IntStream.generate(() -> 1).limit(16).toArray());
    return object;
  }

  /** Its name for {@code shm_open}. */
  public String key() {
    return "/" + file.getFileName();
  }

  public Path file() {
    return file;
  }

  public void write(int offset, int... numbers) throws IOException {
    var bytes = ByteBuffer.allocate(numbers.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(numbers);
    write(offset, bytes.array());
  }

  public void write(int offset, byte[] bytes) throws IOException {
    try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
      var _ = channel.position(offset).write(ByteBuffer.wrap(bytes));
    }
  }

  public byte[] bytes(int offset, int size) throws IOException {
    return Arrays.copyOfRange(Files.readAllBytes(file), offset, offset + size);
  }

  /** Sixteen numbers. */
  public List<Integer> numbers(int offset) throws IOException {
    var numbers = new int[16];
    ByteBuffer.wrap(bytes(offset, numbers.length * Integer.BYTES))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asIntBuffer()
        .get(numbers);
    return Arrays.stream(numbers).boxed().toList();
  }

  /** Its client makes it shorter. */
  public void truncate(int size) throws IOException {
    try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
