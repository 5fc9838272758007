package io.modelservice.runtime.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where an artifact's files are. */
public interface Source extends AutoCloseable {

  /** The file of the model in every artifact; a single ONNX file takes this name. */
  String MODEL = "model.onnx";

  /** All files of the artifact, sorted by path; {@link #MODEL} is one of them. */
  List<RemoteFile> list() throws FetchException;

  /**
   * Opens the very content that was listed.
   *
   * @throws FetchException if it is gone, has changed or may not be read
   * @throws IOException if the connection fails
   */
  InputStream open(RemoteFile file) throws FetchException, IOException;

  /**
   * Opens the same content behind the bytes that have come already; a source that cannot do so
   * begins again.
   *
   * @param from less than the file's size
   * @throws FetchException if it is gone, has changed or may not be read
   * @throws IOException if the connection fails
   */
  default Body open(RemoteFile file, long from) throws FetchException, IOException {
    return new Body(open(file), 0);
  }

  /** The folder, if the files are on this machine already and need no copy. */
  default Optional<Path> inPlace() {
    return Optional.empty();
  }

  /** The commit that was listed; null if the source has no commits. */
  default @Nullable String commit() {
    return null;
  }

  /** Where it is, for messages; without credentials. */
  String place();

  @Override
  default void close() {}
}
