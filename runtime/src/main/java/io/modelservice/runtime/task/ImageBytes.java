package io.modelservice.runtime.task;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The bytes of an encoded image. Decoders may look a little beyond the end, and some take zeros for
 * what is missing: a file of some hundred bytes could declare work for minutes. Who asks again and
 * again is told that the image is damaged.
 */
final class ImageBytes extends MemoryCacheImageInputStream {
  /** More than the bits that any decoder reads ahead. */
  private static final int MOST_READS_AT_THE_END = 1024;

  private int readsAtTheEnd;

  ImageBytes(byte[] encoded, int length) {
    super(new ByteArrayInputStream(encoded, 0, length));
  }

  @Override
  public int read() throws IOException {
    return counted(super.read());
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return counted(super.read(bytes, offset, length));
  }

  private int counted(int read) throws IOException {
    if (read < 0 && ++readsAtTheEnd > MOST_READS_AT_THE_END) {
      throw new IOException("the image ends too soon");
    }
    return read;
  }
}
