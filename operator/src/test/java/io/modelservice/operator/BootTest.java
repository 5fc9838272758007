package io.modelservice.operator;

import static io.restassured.RestAssured.given;
import static org.hamcrest.CoreMatchers.containsString;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.kubernetes.client.WithKubernetesTestServer;
import org.junit.jupiter.api.Test;

/**
 * The process comes up against an API server and says so; what it does there is tested on a real
 * one.
 */
@QuarkusTest
@WithKubernetesTestServer
class BootTest {
  private static final int MANAGEMENT = 9002;

  @Test
  void itsHealthIsReadable() {
    given().port(MANAGEMENT).get("/q/health/ready").then().statusCode(200);
    given().port(MANAGEMENT).get("/q/health/live").then().statusCode(200);
  }

  @Test
  void itsMetricsAreReadable() {
    given()
        .port(MANAGEMENT)
        .get("/q/metrics")
        .then()
        .statusCode(200)
        .body(containsString("jvm_memory_used_bytes"));
  }
}
