package io.modelservice.e2e;

import io.modelservice.e2e.cluster.GoogleStore;
import io.modelservice.e2e.cluster.ModelStore;
import io.modelservice.e2e.cluster.OnCluster;
import io.modelservice.e2e.cluster.Space;
import java.io.IOException;
import org.junit.jupiter.api.Tag;

/** Models of a bucket of Google Cloud Storage. */
@OnCluster
@Tag("supply")
class GoogleStoreE2E extends StoreStories {
  @Override
  ModelStore open(Space space) throws IOException {
    return new GoogleStore(space.cluster().settings());
  }
}
