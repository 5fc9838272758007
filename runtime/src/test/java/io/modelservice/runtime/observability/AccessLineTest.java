package io.modelservice.runtime.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelservice.runtime.observability.Ended.Bytes;
import io.modelservice.runtime.observability.Ended.Call;
import io.modelservice.runtime.observability.Ended.Caller;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AccessLineTest {

  @Test
  void whatAClientChoosesStaysInItsField() {
    var call = new Call.Http("GET", "/\u001b[2K\n status=200 \"\\é", 404);
    var request =
        new Ended(call, new Caller("10.0.0.7", null, null), null, new Bytes(0, 60), 1_999);

    assertThat(new AccessLine(request, Instant.EPOCH, null).text())
        .isEqualTo(
            "transport=http method=GET path=\"/\\u001b[2K\\u000a status=200 \\\"\\\\\\u00e9\""
                + " status=404 bytes_in=0 bytes_out=60 duration_us=1 client=10.0.0.7");
  }
}
