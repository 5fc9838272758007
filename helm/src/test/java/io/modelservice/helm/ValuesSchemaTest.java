package io.modelservice.helm;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong value is refused before anything is applied, by a message that names it. */
class ValuesSchemaTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          replica                  | 2                | 'replica' not allowed
          replicas                 | -1               | '/replicas': minimum
          replicas                 | two              | '/replicas': got string, want integer
          image.registry           | example.test     | 'registry' not allowed
          image.repository         | Upper/Case       | '/image/repository'
          image.pullPolicy         | Sometimes        | '/image/pullPolicy': value must be one of
          image.digest             | sha256:0123      | '/image/digest'
          runtimeImage.tag         | a b              | '/runtimeImage/tag'
          imagePullSecrets[0].nam  | keys             | 'nam' not allowed
          watch.namespaces         | default          | '/watch/namespaces': got string, want array
          watch.namespaces[0]      | Team_A           | '/watch/namespaces/0'
          watch.namespace          | default          | 'namespace' not allowed
          crd.install              | maybe            | '/crd/install': got string, want boolean
          serviceAccount.name      | -x               | '/serviceAccount/name'
          logLevel                 | LOUD             | '/logLevel': value must be one of
          metrics.service          | 9000             | '/metrics/service': got number, want boolean
          resources.limits.memory  | plenty           | '/resources/limits/memory'
          resources.limit.memory   | 1Gi              | 'limit' not allowed
          podAnnotations.build     | 7                | '/podAnnotations/build': got number, want string
          """)
  void aWrongValueIsRefusedByItsName(String value, String wrong, String message) {
    assertThatThrownBy(() -> Chart.text(Map.of(value, wrong))).hasMessageContaining(message);
  }

  @Test
  void namespacesMustDiffer() {
    var twice = Map.of("watch.namespaces[0]", "team-a", "watch.namespaces[1]", "team-a");

    assertThatThrownBy(() -> Chart.text(twice)).hasMessageContaining("'/watch/namespaces'");
  }

  @Test
  void theChartMayBePartOfAnother() {
    assertThatCode(() -> Chart.text(Map.of("global.environment", "test")))
        .doesNotThrowAnyException();
  }
}
