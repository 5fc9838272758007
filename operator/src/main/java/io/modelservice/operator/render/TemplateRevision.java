package io.modelservice.operator.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder;
import io.modelservice.crds.ModelService;
import io.modelservice.operator.plan.Template;
import io.modelservice.operator.plan.TemplateInputs;
import java.util.Map;

/** A pod template as a ControllerRevision: written once, never changed. */
public final class TemplateRevision {
  private static final JsonMapper MAPPER = new JsonMapper();

  private TemplateRevision() {}

  public static ControllerRevision render(ModelService service, Template template) {
    return new ControllerRevisionBuilder()
        .withMetadata(Owned.metadata(service, template.name(), Labels.Component.TEMPLATE))
        .withRevision(template.number())
        .withData(
            MAPPER.convertValue(
                Map.of("inputs", template.inputs(), "template", template.pod()), Map.class))
        .build();
  }

  /**
   * The template that a revision holds.
   *
   * @throws IllegalArgumentException if the revision holds no pod template
   */
  public static Template read(ControllerRevision revision) {
    var data = MAPPER.convertValue(revision.getData(), JsonNode.class);
    return new Template(
        revision.getMetadata().getName(),
        revision.getRevision(),
        MAPPER.convertValue(data.path("inputs"), TemplateInputs.class),
        MAPPER.convertValue(data.path("template"), PodTemplateSpec.class));
  }
}
