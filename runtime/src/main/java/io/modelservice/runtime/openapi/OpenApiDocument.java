package io.modelservice.runtime.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.modelservice.crds.Task;
import io.modelservice.runtime.tensor.TensorSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The OpenAPI 3.1 document of one model: what every model has is in a file beside this class; here
 * the model's name, tensors, examples and task come in.
 */
public final class OpenApiDocument {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Stands in the file for the name of the model. */
  private static final String NAME = "NAME";

  private static final String JSON_CONTENT = "/post/requestBody/content/application~1json";

  private final JsonNode template;

  /** Reads the file. */
  public OpenApiDocument() {
    try (var in = OpenApiDocument.class.getResourceAsStream("openapi.json")) {
      template = JSON.readTree(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new UncheckedIOException("the file openapi.json of this program is damaged", e);
    }
  }

  /**
   * The document of a model.
   *
   * @param examples that the model answers; empty if it has none
   */
  public JsonNode of(DescribedModel model, Optional<Examples> examples) {
    var document = (ObjectNode) named(template, model.name());
    ((ObjectNode) document.get("info")).put("title", model.name()).put("version", model.revision());
    document.set("paths", paths(document.get("paths"), model, examples));
    var schemas = document.at("/components/schemas");
    var request = (ObjectNode) schemas.at("/InferRequest/properties");
    var signature = model.signature();
    request.set("inputs", TensorSchemas.inputs(signature));
    ((ObjectNode) request.at("/outputs/items/properties"))
        .set("name", TensorSchemas.names(signature.outputs()));
    ((ObjectNode) schemas.at("/InferResponse/properties"))
        .set("outputs", TensorSchemas.outputs(signature));
    return document;
  }

  private static ObjectNode paths(JsonNode all, DescribedModel model, Optional<Examples> examples) {
    var paths = JSON.createObjectNode();
    var encoded = URLEncoder.encode(model.name(), UTF_8).replace("+", "%20");
    for (var path : all.properties()) {
      var task = path.getValue().at("/post/x-task");
      if (task.isMissingNode() || isOf(task, model.task())) {
        paths.set(path.getKey().replace(NAME, encoded), path.getValue());
      }
    }
    var infer = paths.get("/v2/models/" + encoded + "/infer");
    if (!hasJsonForm(model.signature().inputs())) {
      ((ObjectNode) infer.at("/post/requestBody/content")).remove("application/json");
    }
    examples.ifPresent(each -> example(infer, each.infer()));
    var predict = "/v1/models/" + encoded + ":predict";
    if (Examples.haveRows(model.signature())) {
      examples.ifPresent(each -> example(paths.get(predict), each.predict()));
    } else {
      paths.remove(predict);
    }
    return paths;
  }

  private static boolean isOf(JsonNode task, Optional<Task> served) {
    return served.map(Task::id).filter(task.asText()::equals).isPresent();
  }

  private static boolean hasJsonForm(List<TensorSpec> tensors) {
    return tensors.stream().allMatch(tensor -> tensor.datatype().hasJsonForm());
  }

  private static void example(JsonNode path, ObjectNode example) {
    ((ObjectNode) path.at(JSON_CONTENT)).set("example", example);
  }

  /** A copy in which each text that stands for the name is the name. */
  private static JsonNode named(JsonNode node, String name) {
    return switch (node) {
      case ObjectNode object -> {
        var copy = JSON.createObjectNode();
        object
            .properties()
            .forEach(field -> copy.set(field.getKey(), named(field.getValue(), name)));
        yield copy;
      }
      case ArrayNode array -> {
        var copy = JSON.createArrayNode();
        array.forEach(element -> copy.add(named(element, name)));
        yield copy;
      }
      case TextNode text when text.asText().equals(NAME) -> TextNode.valueOf(name);
      default -> node;
    };
  }
}
