package io.modelservice.operator.render;

/** Names of the objects that belong to a service, and of those who write them. */
public final class Names {
  /** Field manager of everything but replicas. */
  public static final String FIELD_MANAGER = "modelservice-operator";

  /** Field manager of the Deployment's replicas, written only through its scale subresource. */
  public static final String SCALER = "modelservice-scaler";

  public static final String CONTAINER = "server";

  private Names() {}

  public static String planConfigMap(String service) {
    return service + "-plan";
  }

  public static String peers(String service) {
    return service + "-peers";
  }

  public static String template(String service, long number) {
    return service + "-template-" + number;
  }

  /** The Job that checks a revision, for the nth time. */
  public static String resolveJob(String service, String revision, int attempt) {
    return service + "-resolve-" + revision + "-" + attempt;
  }

  public static String url(String service, String namespace) {
    return "http://" + service + "." + namespace + ".svc.cluster.local";
  }
}
