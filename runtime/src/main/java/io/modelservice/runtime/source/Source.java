package io.modelservice.runtime.source;

import java.io.IOException;
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
   * Opens the very content that was listed, behind the bytes that have come already; a source that
   * cannot do so begins again.
   *
   * @param from 0 for all; less than the file's size
   * @throws FetchException if it is gone, has changed or may not be read
   * @throws IOException if the connection fails
   */
  Body open(RemoteFile file, long from) throws FetchException, IOException;

  /** The folder, if the files are on this machine already and need no copy. */
  default Optional<Path> inPlace() {
    return Optional.empty();
  }

  /** The commit or the manifest's digest that was listed; null if the source has neither. */
  default @Nullable String commit() {
    return null;
  }

  /** Where it is, for messages; without credentials. */
  String place();

  @Override
  default void close() {}
}
