package io.modelservice.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The chart in this repository, installed as {@code modelservice-operator}. */
final class Chart {
  static final String NAMESPACE = "modelservice-system";

  private static final Path FOLDER = Path.of("modelservice-operator");
  private static final String KUBERNETES = "1.36.0";

  private Chart() {}

  static LintResult lint() {
    return new Helm(FOLDER).lint().strict().call();
  }

  /** What Helm would apply with these values on top of the chart's own. */
  static String text(Map<String, ?> values) {
    var template = template();
    values.forEach(template::set);
    return template.call();
  }

  /** What Helm would apply with this values file on top of the chart's own. */
  static String text(Path valuesFile) {
    return template().withValuesFile(valuesFile).call();
  }

  static List<HasMetadata> objects(Map<String, ?> values) {
    var serialization = new KubernetesSerialization();
    return documents(text(values))
        .map(yaml -> (HasMetadata) serialization.unmarshal(yaml))
        .toList();
  }

  static <T extends HasMetadata> List<T> objects(Class<T> kind, Map<String, ?> values) {
    return objects(values).stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  static Stream<String> documents(String yaml) {
    return Stream.of(yaml.split("(?m)^---$")).filter(document -> !document.isBlank());
  }

  private static TemplateCommand template() {
    return new Helm(FOLDER)
        .template()
        .withKubeVersion(KUBERNETES)
        .withName("modelservice-operator")
        .withNamespace(NAMESPACE);
  }
}
