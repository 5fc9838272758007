package io.modelservice.e2e.cluster;

import java.nio.file.Path;
import java.util.Map;

/** A folder of the cluster's own S3 store. */
public final class S3Store implements ModelStore {
  private static final String FOLDER = "stories/";
  private static final String WRONG = "e2eSecretOfSomebody";

  @Override
  public void put(String folder, Path model) {
    Store.put(model, FOLDER + folder);
  }

  @Override
  public String uri(String folder) {
    return "s3://models/" + FOLDER + folder;
  }

  @Override
  public Map<String, String> keys() {
    return Store.keys(Store.SECRET_KEY);
  }

  @Override
  public Map<String, String> wrongKeys() {
    return Store.keys(WRONG);
  }

  @Override
  public String wrongSecret() {
    return WRONG;
  }

  @Override
  public void close() {
    // it is the cluster's
  }
}
