package io.modelservice.e2e.cluster;

import static java.util.Objects.requireNonNull;

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
    var name =
        "e2e-" + context.getRequiredTestClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
    space = Space.create(Cluster.of(context), name);
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
    return requireNonNull(space);
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
