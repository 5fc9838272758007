package io.modelservice.operator.apply;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.modelservice.crds.ModelService;
import io.modelservice.operator.report.Announcement;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Tells users of changes by Kubernetes Events (events.k8s.io/v1). */
@ApplicationScoped
public class Events {
  private static final Logger LOG = Logger.getLogger(Events.class);
  private static final String CONTROLLER = "serving.modelservice.io/operator";
  private static final int LONGEST_NOTE = 1000;
  private static final int CONFLICT = 409;
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final KubernetesClient client;
  private final Clock clock;
  private final String instance;

  Events(
      KubernetesClient client,
      Clock clock,
      @ConfigProperty(name = "modelservice.operator.pod", defaultValue = "local") String instance) {
    this.client = client;
    this.clock = clock;
    this.instance = instance;
  }

  /** The clock that events and plans share. */
  public Clock clock() {
    return clock;
  }

  /** An event that cannot be written is logged and lost: it must not stop the work it tells of. */
  public void tell(ModelService service, Announcement announcement) {
    try {
      var _ = client.resource(event(service, announcement)).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != CONFLICT && !NamespaceTerminating.causes(e)) {
        LOG.warnf("event %s was not written: code %d", announcement.reason(), e.getCode());
      }
    }
  }

  private io.fabric8.kubernetes.api.model.events.v1.Event event(
      ModelService service, Announcement announcement) {
    var metadata = service.getMetadata();
    var note = announcement.note();
    return new EventBuilder()
        .withNewMetadata()
        .withName(metadata.getName() + "." + id(service, announcement))
        .withNamespace(metadata.getNamespace())
        .endMetadata()
        .withEventTime(new MicroTime(MICROS.format(clock.instant())))
        .withType(announcement.warning() ? "Warning" : "Normal")
        .withReason(announcement.reason())
        .withAction("Reconcile")
        .withNote(note.length() <= LONGEST_NOTE ? note : note.substring(0, LONGEST_NOTE))
        .withReportingController(CONTROLLER)
        .withReportingInstance(instance)
        .withNewRegarding()
        .withApiVersion(service.getApiVersion())
        .withKind(service.getKind())
        .withName(metadata.getName())
        .withNamespace(metadata.getNamespace())
        .withUid(metadata.getUid())
        .endRegarding()
        .build();
  }

  /** The same change told twice has the same name, so the API server keeps one. */
  private static String id(ModelService service, Announcement announcement) {
    var metadata = service.getMetadata();
    var text =
        metadata.getUid()
            + metadata.getResourceVersion()
            + announcement.reason()
            + announcement.note();
    return UUID.nameUUIDFromBytes(text.getBytes(UTF_8)).toString().substring(0, 13);
  }
}
