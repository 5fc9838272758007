package io.modelservice.runtime;

import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;

/**
 * Signals of the operating system. Java has no public way to receive one; {@code sun.misc.Signal}
 * is the supported exception (module jdk.unsupported), and the compiler warns of its mere name.
 */
final class Signals {
  private static final int EXIT_BY_SIGNAL = 128;

  private Signals() {}

  /**
   * Replaces what the process does on a signal.
   *
   * @param name without SIG
   * @param then takes the exit code that shells expect after that signal
   */
  static void on(String name, IntConsumer then) {
    try {
      var signal = Class.forName("sun.misc.Signal");
      var handler = Class.forName("sun.misc.SignalHandler");
      var proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  var number = signal.getMethod("getNumber").invoke(arguments[0]);
                  then.accept(EXIT_BY_SIGNAL + (int) number);
                }
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JVM does not tell of SIG" + name, e);
    }
  }
}
