package io.modelservice.crds.generate;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.math.BigDecimal;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Types and bounds of an OpenAPI schema, in words. */
final class Schema {
  private Schema() {}

  static boolean isList(JSONSchemaProps schema) {
    return schema.getItems() != null;
  }

  /** What a list or a map holds; null for anything else. */
  static @Nullable JSONSchemaProps held(JSONSchemaProps schema) {
    if (isList(schema)) {
      return schema.getItems().getSchema();
    }
    var values = schema.getAdditionalProperties();
    return values == null ? null : values.getSchema();
  }

  static String type(JSONSchemaProps schema) {
    var held = held(schema);
    if (held != null) {
      return (isList(schema) ? "list of " : "map to ") + type(held);
    }
    return Boolean.TRUE.equals(schema.getXKubernetesIntOrString()) ? "quantity" : schema.getType();
  }

  /** Bounds of the value, then of what it holds; empty where there are none. */
  static String bounds(JSONSchemaProps schema) {
    var held = held(schema);
    return Stream.of(
            choice(schema),
            range(number(schema.getMinimum()), number(schema.getMaximum()), ""),
            range(schema.getMinLength(), schema.getMaxLength(), " characters"),
            range(schema.getMinItems(), schema.getMaxItems(), " items"),
            range(schema.getMinProperties(), schema.getMaxProperties(), " keys"),
            schema.getPattern() == null ? "" : "`" + schema.getPattern() + "`",
            held == null || bounds(held).isEmpty() ? "" : "each " + bounds(held))
        .filter(text -> !text.isEmpty())
        .collect(joining(", "));
  }

  private static String choice(JSONSchemaProps schema) {
    var values = schema.getEnum();
    return values == null || values.isEmpty()
        ? ""
        : values.stream().map(JsonNode::asText).collect(joining("`, `", "`", "`"));
  }

  private static String range(@Nullable Object least, @Nullable Object most, String unit) {
    if (most == null) {
      return least == null ? "" : "at least " + least + unit;
    }
    return (least == null ? "at most " : least + " to ") + most + unit;
  }

  private static @Nullable String number(@Nullable Double value) {
    return value == null ? null : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
