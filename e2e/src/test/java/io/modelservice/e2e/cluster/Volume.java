package io.modelservice.e2e.cluster;

import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** A folder of the host as a volume that pods of every node may claim. */
public final class Volume implements AutoCloseable {
  private final Space space;
  private final String name;
  private final Path folder;

  private Volume(Space space, String name, Path folder) {
    this.space = space;
    this.name = name;
    this.folder = folder;
  }

  /** Makes the volume and the claim that it is bound to. */
  public static Volume claimed(Space space, String claim) throws IOException {
    var readable =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"));
    var volume =
        new Volume(
            space,
            space.name() + "-" + claim,
            Files.createDirectory(Files.createTempDirectory("volume").resolve("models"), readable));
    Files.setPosixFilePermissions(
        volume.folder.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
    volume.create(claim);
    return volume;
  }

  private void create(String claim) {
    var size = Map.of("storage", new Quantity("1Gi"));
    var volume =
        new PersistentVolumeBuilder()
            .withNewMetadata()
            .withName(name)
            .endMetadata()
            .withNewSpec()
            .withCapacity(size)
            .withAccessModes("ReadWriteMany")
            .withStorageClassName("")
            .withPersistentVolumeReclaimPolicy("Retain")
            .withNewHostPath(folder.toString(), "Directory")
            .endSpec()
            .build();
    var claimed =
        new PersistentVolumeClaimBuilder()
            .withNewMetadata()
            .withName(claim)
            .withNamespace(space.name())
            .endMetadata()
            .withNewSpec()
            .withAccessModes("ReadWriteMany")
            .withStorageClassName("")
            .withVolumeName(name)
            .withNewResources()
            .withRequests(size)
            .endResources()
            .endSpec()
            .build();
    space.client().resource(volume).create();
    space.client().resource(claimed).create();
  }

  /** Copies one of the tests' small models into a folder of the volume. */
  public void put(String model, String target) throws IOException {
    var file = Files.createDirectories(folder.resolve(target)).resolve("model.onnx");
    Files.copy(
        space.cluster().settings().smallModel(model), file, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() {
    space.kubectl("delete", "pvc", "--all");
    space.kubectl("delete", "pv", name);
    Command.run("rm", "-r", String.valueOf(folder.getParent()));
  }
}
