package io.modelservice.e2e.cluster;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Gives each test class a namespace of its own, named after the class, and takes it away at the
 * end. Its methods get it as a parameter of type {@link Space}.
 */
public final class InSpace
    implements BeforeAllCallback, AfterAllCallback, ParameterResolver, TestWatcher {
  private @Nullable Space space;

  @Override
  public void beforeAll(ExtensionContext context) {
    space(context);
  }

  private Space space(ExtensionContext context) {
    var made = space;
    if (made == null) {
      var name = context.getRequiredTestClass().getSimpleName().toLowerCase(Locale.ROOT);
      made = Cluster.of(context).space("e2e-" + name);
      space = made;
    }
    return made;
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (space != null) {
      context.getExecutionException().ifPresent(cause -> testFailed(context, cause));
      space.remove();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Space.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return space(context);
  }

  /** What a human would look at first. */
  @Override
  public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
    if (space == null) {
      return;
    }
    System.out.println("== " + context.getDisplayName() + " failed: " + cause);
    show("kubectl", "--namespace", space.name(), "get", "modelservices,pods", "--output=wide");
    show("kubectl", "--namespace", space.name(), "describe", "modelservices");
    show(
        "kubectl",
        "--namespace",
        Chart.NAMESPACE,
        "logs",
        "deployment/" + Chart.RELEASE,
        "--tail=40");
  }

  private static void show(String... command) {
    var result = Command.attempt("", command);
    System.out.println(result.output() + result.errors());
  }
}
