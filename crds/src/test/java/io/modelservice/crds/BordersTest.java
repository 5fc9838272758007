package io.modelservice.crds;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The contract is shared with the runtime, which must not carry a Kubernetes client. */
@AnalyzeClasses(packages = "io.modelservice", importOptions = ImportOption.DoNotIncludeTests.class)
class BordersTest {
  @ArchTest
  static final ArchRule CONTRACT_KNOWS_NO_KUBERNETES =
      noClasses()
          .that()
          .resideInAPackage("..contract..")
          .or()
          .haveSimpleName("Task")
          .or()
          .haveSimpleName("ExecutionProvider")
          .or()
          .haveSimpleName("Durations")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.fabric8..");

  @ArchTest
  static final ArchRule CRDS_DEPENDS_ON_NOTHING_OF_OURS =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.modelservice.operator..",
              "io.modelservice.runtime..",
              "io.modelservice.gateway..");
}
