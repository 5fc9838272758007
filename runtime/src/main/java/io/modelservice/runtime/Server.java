package io.modelservice.runtime;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;

/** Runs until a signal asks it to leave, and leaves in order. */
public final class Server implements QuarkusApplication {

  @Override
  public int run(String... arguments) {
    // Left alone, the JVM would begin its shutdown hooks at once, and ONNX Runtime's hook frees
    // what
    // running requests still use (onnxruntime#31352). So the server stops first, the JVM after it.
    Signals.on("TERM", Quarkus::asyncExit);
    Signals.on("INT", Quarkus::asyncExit);
    Quarkus.waitForExit();
    return 0;
  }
}
