package io.modelservice.operator.plan;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.modelservice.crds.ModelServiceSpec;
import io.modelservice.crds.ModelServiceSpec.Cache;
import io.modelservice.crds.ModelServiceSpec.Gpu;
import io.modelservice.crds.ModelServiceSpec.Pod;
import io.modelservice.crds.ModelServiceSpec.Resources;
import io.modelservice.crds.ModelServiceSpec.SecretRef;
import io.modelservice.crds.RuntimeSpec.EnvVar;
import io.modelservice.crds.Scheduling;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The template-level fields of a spec, and the claims that its models are on: a change of any of
 * them replaces the pods.
 */
@JsonInclude(NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record TemplateInputs(
    @Nullable SecretRef secretRef,
    @Nullable String image,
    @Nullable List<EnvVar> env,
    @Nullable Cache cache,
    @Nullable Resources resources,
    @Nullable Gpu gpu,
    @Nullable Scheduling scheduling,
    @Nullable Pod pod,
    @Nullable List<String> claims) {

  /**
   * The inputs of a spec.
   *
   * @param claims that the pods must have mounted, sorted
   */
  public static TemplateInputs of(ModelServiceSpec spec, List<String> claims) {
    var runtime = spec.runtime();
    return new TemplateInputs(
        spec.model().secretRef(),
        runtime == null ? null : runtime.image(),
        runtime == null ? null : runtime.env(),
        spec.cache(),
        spec.resources(),
        spec.gpu(),
        spec.scheduling(),
        spec.pod(),
        claims.isEmpty() ? null : claims);
  }

  /** Whether pods with these inputs have all that others ask for: a mount too many does no harm. */
  boolean cover(TemplateInputs wanted) {
    var mounted = Objects.requireNonNullElse(claims, List.<String>of());
    return mounted.containsAll(Objects.requireNonNullElse(wanted.claims, List.<String>of()))
        && with(wanted.claims).equals(wanted);
  }

  private TemplateInputs with(@Nullable List<String> others) {
    return new TemplateInputs(
        secretRef, image, env, cache, resources, gpu, scheduling, pod, others);
  }
}
