package io.modelservice.operator.render;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.modelservice.crds.Claims;
import java.util.List;
import java.util.stream.IntStream;

/** Mounts PersistentVolumeClaims that models are on, to be read only. */
public final class ClaimMounts {
  private ClaimMounts() {}

  public static PodTemplateSpec add(PodTemplateSpec pod, List<String> claims) {
    if (claims.isEmpty()) {
      return pod;
    }
    return new PodTemplateSpecBuilder(pod)
        .editSpec()
        .addAllToVolumes(range(claims).mapToObj(i -> volume(i, claims.get(i))).toList())
        .editFirstContainer()
        .addAllToVolumeMounts(range(claims).mapToObj(i -> mount(i, claims.get(i))).toList())
        .endContainer()
        .endSpec()
        .build();
  }

  private static IntStream range(List<String> claims) {
    return IntStream.range(0, claims.size());
  }

  /** A claim's name may be longer than a volume's. */
  private static String name(int index) {
    return "claim-" + index;
  }

  private static Volume volume(int index, String claim) {
    return new VolumeBuilder()
        .withName(name(index))
        .withNewPersistentVolumeClaim(claim, true)
        .build();
  }

  private static VolumeMount mount(int index, String claim) {
    return new VolumeMountBuilder()
        .withName(name(index))
        .withMountPath(Claims.folder(claim))
        .withReadOnly(true)
        .build();
  }
}
