package io.modelservice.runtime.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.modelservice.runtime.FirstPlan;
import io.modelservice.runtime.PodClient;
import io.modelservice.runtime.protocol.RefusalReason;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who reads the page about metrics finds those, and no others, at the pod. */
@QuarkusTest
@WithTestResource(FirstPlan.class)
class DocumentedMetricsTest {
  private static final Path PAGE = Path.of("../docs/observability.md");
  private static final String INFER = "/v2/models/espresso/infer";

  private final PodClient pod = new PodClient();

  @BeforeEach
  void serve() throws Exception {
    pod.serve("simple", PodClient.DEFAULTS);
  }

  @Test
  void everyMetricIsDocumentedAndEveryDocumentedMetricIsThere() throws Exception {
    pod.post(INFER, "{".getBytes(UTF_8), null);
    var documented = all("(?m)^\\| `((?:modelservice|nv)_[a-z_]+)` \\|", Files.readString(PAGE));

    await().untilAsserted(() -> assertThat(exposed()).isEqualTo(documented));
  }

  @Test
  void everyReasonOfARefusalIsDocumented() throws Exception {
    var reasons =
        Arrays.stream(RefusalReason.values())
            .map(reason -> reason.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());

    assertThat(all("(?m)^\\| `([a-z_]+)` \\| \\d", Files.readString(PAGE))).isEqualTo(reasons);
    assertThat(all("modelservice_requests_refused_total\\{reason=\"([a-z_]+)\"}", metrics()))
        .isEqualTo(reasons);
  }

  @Test
  void aRefusalIsCountedByItsReason() throws Exception {
    var invalid = pod.refused("invalid");
    var notFound = pod.refused("not_found");

    pod.post(INFER, "{".getBytes(UTF_8), null);
    pod.post("/v2/models/latte/infer", "{}".getBytes(UTF_8), null);

    assertThat(pod.refused("invalid")).isEqualTo(invalid + 1);
    assertThat(pod.refused("not_found")).isEqualTo(notFound + 1);
  }

  private Set<String> exposed() throws IOException, InterruptedException {
    var metrics = metrics();
    var all = all("(?m)^# TYPE ((?:modelservice|nv)_[a-z_]+) (?!counter)", metrics);
    // OpenMetrics tells the name of a counter without its ending
    all("(?m)^# TYPE ((?:modelservice|nv)_[a-z_]+?)(?:_total)? counter", metrics)
        .forEach(name -> all.add(name + "_total"));
    return all;
  }

  private String metrics() throws IOException, InterruptedException {
    return pod.manage("/q/metrics").body();
  }

  private static Set<String> all(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
