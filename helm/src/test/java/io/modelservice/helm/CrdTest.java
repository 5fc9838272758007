package io.modelservice.helm;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.modelservice.crds.ModelService;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The chart brings the API that the code was generated from, and never takes it away. */
class CrdTest {
  private static final String FILE =
      "/META-INF/modelservice/modelservices.serving.modelservice.io-v1.yml";

  @Test
  void theCrdOfTheChartIsTheGeneratedOne() throws IOException {
    var rendered = Chart.objects(CustomResourceDefinition.class, Map.of()).getFirst();

    assertThat(rendered.getMetadata().getName()).isEqualTo(generated().getMetadata().getName());
    assertThat(yaml(rendered)).isEqualTo(yaml(generated()));
  }

  @Test
  void anUninstallKeepsTheCrdAndSoEveryService() {
    var rendered = Chart.objects(CustomResourceDefinition.class, Map.of()).getFirst();

    assertThat(rendered.getMetadata().getAnnotations())
        .containsEntry("helm.sh/resource-policy", "keep");
  }

  @Test
  void aSecondOperatorDoesNotBringTheCrdAgain() {
    assertThat(Chart.objects(CustomResourceDefinition.class, Map.of("crd.install", false)))
        .isEmpty();
  }

  private static CustomResourceDefinition generated() throws IOException {
    try (var file = requireNonNull(ModelService.class.getResourceAsStream(FILE), FILE)) {
      return new KubernetesSerialization().unmarshal(file, CustomResourceDefinition.class);
    }
  }

  private static String yaml(CustomResourceDefinition crd) {
    return new KubernetesSerialization().asYaml(crd.getSpec());
  }
}
