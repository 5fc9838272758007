package io.modelservice.crds.generate;

import static java.util.Comparator.comparingInt;
import static java.util.Objects.requireNonNull;

import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.modelservice.crds.ModelService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Generates the CRD YAML; a test compares it with the one that is checked in. */
public final class GenerateCrd {
  private static final List<String> COLUMNS =
      List.of("Ready", "Status", "Replicas", "Revision", "Rollout", "URL", "Age");

  private GenerateCrd() {}

  public static void main(String[] args) throws Exception {
    var folder = Files.createDirectories(Path.of(args[0]));
    new CRDGenerator()
        .customResourceClasses(ModelService.class)
        .inOutputDir(folder.toFile())
        .withPostProcessor(
            new CRDPostProcessor() {
              @Override
              public HasMetadata process(HasMetadata crd, String specVersion) {
                return complete(crd);
              }
            })
        .detailedGenerate();
  }

  private static HasMetadata complete(HasMetadata crd) {
    ((CustomResourceDefinition) crd).getSpec().getVersions().forEach(GenerateCrd::complete);
    return crd;
  }

  /** What annotations cannot say: the order of the columns, and conditions as a map by type. */
  private static void complete(CustomResourceDefinitionVersion version) {
    version
        .getAdditionalPrinterColumns()
        .sort(comparingInt(column -> COLUMNS.indexOf(column.getName())));
    var status =
        requireNonNull(version.getSchema().getOpenAPIV3Schema().getProperties().get("status"));
    var conditions = requireNonNull(status.getProperties().get("conditions"));
    conditions.setXKubernetesListType("map");
    conditions.setXKubernetesListMapKeys(List.of("type"));
  }
}
