package io.modelservice.e2e;

import io.modelservice.e2e.cluster.ModelStore;
import io.modelservice.e2e.cluster.OnCluster;
import io.modelservice.e2e.cluster.S3Store;
import io.modelservice.e2e.cluster.Space;
import org.junit.jupiter.api.Tag;

/** Models of a bucket of an S3 store. */
@OnCluster
@Tag("supply")
class S3StoreE2E extends StoreStories {
  @Override
  ModelStore open(Space space) {
    return new S3Store();
  }
}
