package io.modelservice.e2e;

import io.modelservice.e2e.cluster.ModelStore;
import io.modelservice.e2e.cluster.OnCluster;
import io.modelservice.e2e.cluster.Registry;
import io.modelservice.e2e.cluster.Space;
import java.io.IOException;
import org.junit.jupiter.api.Tag;

/** Models of a private registry. */
@OnCluster
@Tag("supply")
class RegistryE2E extends StoreStories {
  @Override
  ModelStore open(Space space) throws IOException {
    return new Registry(space);
  }
}
