package io.modelservice.runtime.transport;

import io.modelservice.runtime.pod.Pod;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.serving.Served;
import org.jspecify.annotations.Nullable;

/** The model by its name in the protocol. The pod serves one name; its versions are revisions. */
public final class ServedModel {
  private final Pod pod;

  public ServedModel(Pod pod) {
    this.pod = pod;
  }

  /** The name in the protocol: the service's. Empty until there is a plan. */
  public String name() {
    return pod.service().map(ServedModel::withoutNamespace).orElse("");
  }

  /** Whether users get answers. */
  public boolean ready() {
    return pod.ready();
  }

  private static String withoutNamespace(String service) {
    return service.substring(service.indexOf('/') + 1);
  }

  /** Throws if another name is wanted; null means that none is. */
  public void checkName(@Nullable String wanted) throws RequestException {
    if (wanted != null && pod.service().isPresent() && !wanted.equals(name())) {
      throw new RequestException(
          404, "there is no model '%s' here; there is '%s'".formatted(wanted, name()));
    }
  }

  /** Throws if another version is wanted; null means that none is. */
  public void checkVersion(@Nullable String wanted, Served served) throws RequestException {
    if (wanted != null && !wanted.equals(served.revision())) {
      throw new RequestException(
          404,
          "model '%s' has no version '%s'; it has %s".formatted(name(), wanted, served.revision()));
    }
  }

  /**
   * What answers now, with a lease that the caller gives back.
   *
   * @throws RequestException 503 if nothing is ready
   */
  public Served lease() throws RequestException {
    return pod.lease().orElseThrow(ServedModel::notReady);
  }

  /** The refusal of a request while nothing is ready. */
  public static RequestException notReady() {
    return new RequestException(503, "the model is not ready: its state is at :9000/state");
  }
}
