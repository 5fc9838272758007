package io.modelservice.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.fabric8.kubernetes.client.CustomResource;
import java.time.Clock;
import java.time.Instant;

/** The rooms of the operator and their doors. */
@AnalyzeClasses(
    packages = "io.modelservice.operator",
    importOptions = ImportOption.DoNotIncludeTests.class)
class BordersTest {
  private static final String[] PURE = {"..plan..", "..render..", "..report.."};

  private static final DescribedPredicate<JavaClass> A_CLIENT_OR_A_FRAMEWORK =
      JavaClass.Predicates.resideInAnyPackage(
              "io.fabric8.kubernetes.client..",
              "io.javaoperatorsdk..",
              "io.quarkus..",
              "jakarta..",
              "java.net..")
          .and(DescribedPredicate.not(JavaClass.Predicates.equivalentTo(CustomResource.class)));

  @ArchTest
  static final ArchRule DECISIONS_KNOW_NO_CLIENT_AND_NO_FRAMEWORK =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat(A_CLIENT_OR_A_FRAMEWORK);

  @ArchTest
  static final ArchRule DECISIONS_KNOW_NO_CLOCK =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(System.class);

  @ArchTest
  static final ArchRule OBSERVATION_READS_CACHES_ONLY =
      noClasses()
          .that()
          .resideInAPackage("..observe..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.fabric8.kubernetes.client..", "..apply..");

  @ArchTest
  static final ArchRule THE_OPERATOR_DOES_NOT_KNOW_THE_RUNTIME =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.modelservice.runtime..", "io.modelservice.gateway..");
}
