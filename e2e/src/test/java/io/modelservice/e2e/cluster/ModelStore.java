package io.modelservice.e2e.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A place of models, with a server of its kind behind it. */
public interface ModelStore extends AutoCloseable {

  /** Puts a folder with nothing but the file of a model; what is there is replaced. */
  void put(String folder, Path model) throws IOException;

  /** What {@code model.uri} names a folder. */
  String uri(String folder);

  /** What a Secret holds, so that pods find the store and may read it. */
  Map<String, String> keys();

  /** The same with something that does not open the store. */
  Map<String, String> wrongKeys();

  /** Part of {@link #wrongKeys()} that nobody may be told. */
  String wrongSecret();

  @Override
  void close();
}
