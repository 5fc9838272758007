package io.modelservice.e2e;

import io.modelservice.e2e.cluster.AzureStore;
import io.modelservice.e2e.cluster.ModelStore;
import io.modelservice.e2e.cluster.OnCluster;
import io.modelservice.e2e.cluster.Space;
import org.junit.jupiter.api.Tag;

/** Models of a container of Azure Blob Storage. */
@OnCluster
@Tag("supply")
class AzureStoreE2E extends StoreStories {
  @Override
  ModelStore open(Space space) {
    return new AzureStore(space.cluster().settings());
  }
}
