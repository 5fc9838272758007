package io.modelservice.operator.render;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Labels that every object of a service carries. */
public final class Labels {
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  public static final String COMPONENT = "app.kubernetes.io/component";
  public static final String SERVICE = "serving.modelservice.io/service";
  public static final String TEMPLATE = "serving.modelservice.io/template";

  /** Selects what the operator watches. */
  public static final String OURS = MANAGED_BY + "=" + Names.FIELD_MANAGER;

  /** What an object is to its service. */
  public enum Component {
    SERVER("server"),
    PLAN("plan"),
    TEMPLATE("template"),
    RESOLVE("resolve");

    private final String label;

    Component(String label) {
      this.label = label;
    }
  }

  private Labels() {}

  public static Map<String, String> of(String service, Component component) {
    return new TreeMap<>(
        Map.of(MANAGED_BY, Names.FIELD_MANAGER, SERVICE, service, COMPONENT, component.label));
  }

  /** What Service and Deployment select: the pods that serve. */
  public static Map<String, String> selector(String service) {
    return new TreeMap<>(Map.of(SERVICE, service, COMPONENT, Component.SERVER.label));
  }

  /** The same selector as one string, for {@code status.selector}. */
  public static String selectorText(String service) {
    return SERVICE + "=" + service + "," + COMPONENT + "=" + Component.SERVER.label;
  }

  /** Whether an object is of that component. */
  public static boolean is(Component component, HasMetadata object) {
    return label(object, COMPONENT).filter(component.label::equals).isPresent();
  }

  /** The service that an object belongs to by its label. */
  public static Optional<String> serviceOf(HasMetadata object) {
    return label(object, SERVICE);
  }

  public static Optional<String> label(HasMetadata object, String name) {
    var labels = object.getMetadata().getLabels();
    return labels == null ? Optional.empty() : Optional.ofNullable(labels.get(name));
  }
}
