package io.modelservice.runtime;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the server of a pod. */
@QuarkusMain
public final class Main {
  private Main() {}

  public static void main(String... arguments) {
    Quarkus.run(arguments);
  }
}
