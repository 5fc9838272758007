package io.modelservice.e2e.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A command line that is wrong says what to do. */
class OptionsTest {
  @Test
  void theAddressIsEnough() {
    var options = Options.of(List.of("--http", "http://127.0.0.1:8080"));

    assertThat(options.http()).isEqualTo(URI.create("http://127.0.0.1:8080"));
    assertThat(options.model()).isEqualTo("simple");
    assertThat(options.grpc()).isEmpty();
  }

  @Test
  void whatIsMissingOrUnknownIsNamed() {
    assertThatThrownBy(() -> Options.of(List.of("--model", "simple")))
        .hasMessage("--http is missing");
    assertThatThrownBy(() -> Options.of(List.of("--htp", "x")))
        .hasMessage("there is no option --htp");
    assertThatThrownBy(() -> Options.of(List.of("--http"))).hasMessage("--http needs a value");
    assertThatThrownBy(() -> Options.of(List.of("--http", "127.0.0.1")))
        .hasMessage("--http is 127.0.0.1, not http://HOST:PORT");
  }
}
