package io.modelservice.operator;

import io.modelservice.operator.plan.Planner;
import io.modelservice.operator.plan.TemplatePolicy;
import io.modelservice.operator.render.PodTemplateRenderer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the pure parts together with what only a running process has: clock, chance, settings. */
@ApplicationScoped
public class OperatorConfig {
  private static final int TOKEN_BYTES = 24;

  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  Planner planner(@ConfigProperty(name = "modelservice.runtime.image") String runtimeImage) {
    return new Planner(new TemplatePolicy(new PodTemplateRenderer(runtimeImage)), tokens());
  }

  private static Supplier<String> tokens() {
    var random = new SecureRandom();
    return () -> {
      var bytes = new byte[TOKEN_BYTES];
      random.nextBytes(bytes);
      return HexFormat.of().formatHex(bytes);
    };
  }
}
