package io.modelservice.runtime.source;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of a source where it lies: a long skip asks the source for the bytes behind instead
 * of reading those between.
 */
public final class RangedInput extends InputStream {
  /** What comes in the time of one more request. */
  private static final long WORTH_A_REQUEST = 1 << 20;

  private final Source source;
  private final RemoteFile file;
  private @Nullable Body body;
  private long position;

  public RangedInput(Source source, RemoteFile file) {
    this.source = source;
    this.file = file;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (position >= file.size()) {
      return -1;
    }
    var read = here().read(bytes, offset, length);
    position += Math.max(0, read);
    return read;
  }

  @Override
  public long skip(long bytes) throws IOException {
    var skipped = Math.clamp(bytes, 0, file.size() - position);
    if (skipped >= WORTH_A_REQUEST) {
      close();
    } else {
      here().skipNBytes(skipped);
    }
    position += skipped;
    return skipped;
  }

  /** The bytes from the position on; a source that begins again is read up to there. */
  private InputStream here() throws IOException {
    if (body == null) {
      body = open();
      body.in().skipNBytes(position - body.from());
    }
    return body.in();
  }

  private Body open() throws IOException {
    try {
      return source.open(file, position);
    } catch (FetchException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    if (body != null) {
      body.close();
      body = null;
    }
  }
}
