package io.modelservice.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelservice.runtime.FirstPlan;
import io.modelservice.runtime.PodClient;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** The files of the page; what it does is tested in a browser. */
@QuarkusTest
@WithTestResource(FirstPlan.class)
class WebPageTest {
  private static final String[] FILES = {"/", "/page.js", "/page.css", "/icon.svg"};
  private static final int MOST_BYTES = 30_000;

  private final PodClient pod = new PodClient();

  @Test
  void thePageNeedsNothingFromElsewhere() throws Exception {
    for (var file : FILES) {
      var answer = pod.get(file);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Security-Policy"))
          .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'self';"));
      assertThat(answer.body().replace("http://www.w3.org/2000/svg", "")).doesNotContain("://");
    }
    assertThat(pod.get("/").body()).doesNotContain("<style").doesNotContain("style=");
  }

  @Test
  void thePageIsSmall() throws Exception {
    var bytes = 0;
    for (var file : FILES) {
      bytes += pod.get(file).body().getBytes(UTF_8).length;
    }
    assertThat(bytes).isLessThan(MOST_BYTES);
  }

  @Test
  void anUnchangedFileIsNotSentAgain() throws Exception {
    for (var file : FILES) {
      var first = pod.get(file);
      var uri = URI.create("http://localhost:" + pod.port() + file);
      var again =
          HttpRequest.newBuilder(uri)
              .header("If-None-Match", first.headers().firstValue("ETag").orElseThrow())
              .build();
      try (var http = HttpClient.newHttpClient()) {
        var answer = http.send(again, BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
      }
    }
  }
}
