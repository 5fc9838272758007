package io.modelservice.runtime.source;

import java.io.IOException;
import java.io.InputStream;

/**
 * Bytes of a file as a source sends them.
 *
 * @param in to the end of the file
 * @param from the byte that comes first; 0 if the source begins again
 */
public record Body(InputStream in, long from) implements AutoCloseable {

  @Override
  public void close() throws IOException {
    in.close();
  }
}
