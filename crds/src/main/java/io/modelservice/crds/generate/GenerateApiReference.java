package io.modelservice.crds.generate;

import static java.util.stream.Collectors.joining;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the API reference, one table for each object of the CRD; a test compares it with the one
 * that is checked in.
 */
public final class GenerateApiReference {
  private final StringBuilder page = new StringBuilder();

  private GenerateApiReference() {}

  /** Arguments: the CRD YAML to read, the Markdown file to write. */
  public static void main(String[] args) throws IOException {
    try (var crd = Files.newInputStream(Path.of(args[0]))) {
      var read = new KubernetesSerialization().unmarshal(crd, CustomResourceDefinition.class);
      Files.writeString(Path.of(args[1]), new GenerateApiReference().pageOf(read));
    }
  }

  private String pageOf(CustomResourceDefinition crd) {
    var names = crd.getSpec().getNames();
    line("# API reference: " + names.getKind());
    line("");
    line("Generated from the CustomResourceDefinition `" + crd.getMetadata().getName() + "`.");
    line("Short name: `" + String.join("`, `", names.getShortNames()) + "`.");
    line("A field without a default is left to the operator or the runtime when it is absent.");
    for (var version : crd.getSpec().getVersions()) {
      line("");
      line("`apiVersion: " + crd.getSpec().getGroup() + "/" + version.getName() + "`");
      version(version);
    }
    return page.toString();
  }

  private void version(CustomResourceDefinitionVersion version) {
    var schema = version.getSchema().getOpenAPIV3Schema();
    rules(schema);
    objects("", schema.getProperties());
    columns(version.getAdditionalPrinterColumns());
  }

  private void objects(String parent, Map<String, JSONSchemaProps> properties) {
    properties.forEach((name, schema) -> object(parent + name, schema));
  }

  /** The section of a field that is an object or holds objects, then those of its own fields. */
  private void object(String path, JSONSchemaProps schema) {
    var held = Schema.held(schema);
    if (held == null) {
      if (!schema.getProperties().isEmpty()) {
        section(path, schema);
      }
    } else {
      object(path + (Schema.isList(schema) ? "[]" : ".*"), held);
    }
  }

  private void section(String path, JSONSchemaProps schema) {
    line("");
    line("## " + path);
    line("");
    description(schema.getDescription());
    line("| field | type | default | bounds | description |");
    line("|---|---|---|---|---|");
    schema.getProperties().forEach((name, field) -> line(row(name, field, schema.getRequired())));
    rules(schema);
    objects(path + ".", schema.getProperties());
  }

  private static String row(String name, JSONSchemaProps field, List<String> required) {
    var cells =
        List.of(
            "`" + name + "`" + (required.contains(name) ? " (required)" : ""),
            Schema.type(field),
            field.getDefault() == null ? "" : "`" + field.getDefault() + "`",
            Schema.bounds(field),
            field.getDescription() == null ? "" : field.getDescription());
    return cells.stream().map(GenerateApiReference::escaped).collect(joining(" | ", "| ", " |"));
  }

  private void rules(JSONSchemaProps schema) {
    var rules = schema.getXKubernetesValidations();
    if (rules.isEmpty()) {
      return;
    }
    line("");
    line("Rules:");
    line("");
    for (var rule : rules) {
      line("- " + rule.getMessage() + "  ");
      line("  `" + rule.getRule() + "`");
    }
  }

  private void columns(List<CustomResourceColumnDefinition> columns) {
    line("");
    line("## Columns of kubectl get");
    line("");
    line("| column | value |");
    line("|---|---|");
    columns.forEach(
        column ->
            line(
                "| "
                    + column.getName()
                    + " | "
                    + escaped("`" + column.getJsonPath() + "`")
                    + " |"));
  }

  private void description(@Nullable String text) {
    if (text != null) {
      line(text);
      line("");
    }
  }

  private void line(String text) {
    page.append(text).append('\n');
  }

  /** A bar ends a cell, even inside code. */
  private static String escaped(String cell) {
    return cell.replace("|", "\\|");
  }
}
