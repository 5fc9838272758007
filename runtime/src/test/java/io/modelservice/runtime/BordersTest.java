package io.modelservice.runtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom. */
@AnalyzeClasses(
    packages = "io.modelservice",
    importOptions = {ImportOption.DoNotIncludeTests.class})
class BordersTest {
  @ArchTest
  static final ArchRule RUNTIME_KNOWS_NO_OPERATOR_AND_NO_KUBERNETES =
      noClasses()
          .that()
          .resideInAPackage("io.modelservice.runtime..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.modelservice.operator..", "io.modelservice.gateway..", "io.fabric8..");

  @ArchTest
  static final ArchRule THE_PLANNER_IS_PURE =
      noClasses()
          .that()
          .resideInAnyPackage("io.modelservice.runtime.plan..", "io.modelservice.runtime.tensor..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.quarkus..",
              "io.vertx..",
              "jakarta..",
              "ai.onnxruntime..",
              "java.io..",
              "java.nio.file..",
              "java.time..",
              "java.util.concurrent..");

  @ArchTest
  static final ArchRule ONLY_THE_ENGINE_KNOWS_ONNX_RUNTIME =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.modelservice.runtime.engine..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.onnxruntime..");

  @ArchTest
  static final ArchRule ONLY_ITS_SOURCE_KNOWS_A_STORE =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.modelservice.runtime.source.s3..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("software.amazon..");

  @ArchTest
  static final ArchRule ONLY_ITS_SOURCE_KNOWS_ACCOUNTS_OF_GOOGLE =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.modelservice.runtime.source.gs..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.google.auth..");

  @ArchTest
  static final ArchRule ONLY_THE_GRPC_PORT_KNOWS_GRPC =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.modelservice.runtime.grpc..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.grpc..", "io.modelservice.runtime.grpc..");

  @ArchTest
  static final ArchRule ONLY_THE_BORDERS_KNOW_QUARKUS_AND_VERTX =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..runtime.plan..",
              "..runtime.fetch..",
              "..runtime.source..",
              "..runtime.tensor..",
              "..runtime.engine..",
              "..runtime.serving..",
              "..runtime.sharedmemory..",
              "..runtime.pod..",
              "..runtime.protocol..",
              "..runtime.openapi..",
              "..runtime.task..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.quarkus..", "io.vertx..", "jakarta..");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("io.modelservice.runtime.(*)..").should().beFreeOfCycles();
}
