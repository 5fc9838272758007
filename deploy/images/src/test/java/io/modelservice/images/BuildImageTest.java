package io.modelservice.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildImageTest {

  @TempDir private Path folder = Path.of("");
  private SampleApp app = new SampleApp(folder);

  @BeforeEach
  void anApplication() throws IOException {
    app = SampleApp.in(folder);
  }

  @Test
  void theSameFilesGiveTheSameDigestWheneverTheyWereWritten() throws Exception {
    var first = BuildImage.build(app.order());

    touchAll();
    var second = BuildImage.build(app.order());

    assertThat(second).isEqualTo(first).startsWith("sha256:");
    assertThat(folder.resolve("runtime.tar")).exists();
  }

  @Test
  void aTrainedCacheIsTheLastLayerAndSwitchedOn() throws Exception {
    var plain = app.order();
    var trained = withCache(plain, Files.writeString(folder.resolve("any.aot"), "trained"));

    var layers = Layers.of(trained, NativeLibraries.none());

    assertThat(layers.getLast().getName()).isEqualTo("app.aot");
    assertThat(BuildImage.entryPoint(trained)).contains("-XX:AOTCache=app.aot");
    assertThat(BuildImage.entryPoint(plain)).noneMatch(option -> option.contains("AOT"));
    assertThat(BuildImage.build(trained)).isNotEqualTo(BuildImage.build(plain));
  }

  @Test
  void nativeLibrariesLieUnpackedAndTheirJarsCarryNoPlatform() throws Exception {
    app.withTokenizers();
    var natives = NativeLibraries.unpack(app.folder(), folder);

    assertThat(natives.libraries())
        .extracting(BuildImageTest::name)
        .containsExactly("libonnxruntime.so", "libtokenizers.so");
    assertThat(natives.libraries().getFirst()).hasContent("machine code");
    for (var jar : new String[] {SampleApp.JAR, SampleApp.TOKENIZERS}) {
      var whole = app.folder().resolve(jar);
      assertThat(Files.size(natives.replacing(whole))).isLessThan(Files.size(whole));
    }
    assertThat(BuildImage.entryPoint(app.order()))
        .contains("-Donnxruntime.native.path=/deployments/native")
        .contains("-Dtokenizers.native.path=/deployments/native");
  }

  @Test
  void withCudaItsLibrariesReplaceThoseForTheCpuInALayerOfTheirOwn() throws Exception {
    var cuda = Files.createDirectories(folder.resolve("cuda"));
    Files.writeString(cuda.resolve("libonnxruntime.so"), "code for the GPU");
    Files.writeString(cuda.resolve("libcublas.so.12"), "code for the GPU");
    app.withTokenizers();
    var order = app.order("cuda=" + cuda);

    var natives = NativeLibraries.unpack(app.folder(), folder).with(cuda);

    assertThat(natives.cuda())
        .extracting(BuildImageTest::name)
        .containsExactly("libcublas.so.12", "libonnxruntime.so");
    assertThat(natives.libraries())
        .extracting(BuildImageTest::name)
        .containsExactly("libtokenizers.so");
    assertThat(Layers.of(order, natives).getFirst().getName()).isEqualTo("cuda");
    assertThat(BuildImage.environment(order))
        .containsEntry("LD_LIBRARY_PATH", "/deployments/native")
        .containsEntry("NVIDIA_DRIVER_CAPABILITIES", "compute,utility")
        .containsAllEntriesOf(Program.RUNTIME.environment())
        .doesNotContainKey("NVIDIA_VISIBLE_DEVICES");
    assertThat(BuildImage.build(order)).isNotEqualTo(BuildImage.build(app.order()));
  }

  @Test
  void telemetryIsFoundWhereTwoPiecesOfALargeLibraryMeet() throws Exception {
    var large = "-".repeat((1 << 20) - 4) + "OneCollector";
    app.withOnnxRuntime(Map.of(SampleApp.LIBRARY, large));

    assertThatThrownBy(() -> BuildImage.build(app.order()))
        .hasMessageContaining("libonnxruntime.so contains Microsoft's telemetry");
  }

  @Test
  void anOnnxRuntimeWithTelemetryIsNotShipped() throws Exception {
    app.withOnnxRuntime(Map.of(SampleApp.LIBRARY, "code OneCollector code"));

    assertThatThrownBy(() -> BuildImage.build(app.order()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("libonnxruntime.so contains Microsoft's telemetry");
  }

  @Test
  void withoutAnArchiveTheImageIsPushedToItsRegistry() throws Exception {
    try (var registry = SampleRegistry.start()) {
      var digest = BuildImage.build(app.push(registry.name("team/runtime:1")));

      assertThat(digest).isEqualTo(BuildImage.build(app.order()));
      assertThat(registry.manifests()).containsOnlyKeys("/v2/team/runtime/manifests/1");
    }
  }

  @Test
  void aRegistryThatIsNotThereIsNamedInOneLine() throws Exception {
    var order = app.push("localhost:1/team/runtime:1");

    assertThatThrownBy(() -> BuildImage.build(order))
        .satisfies(e -> assertThat(BuildImage.failure(e)).contains("localhost:1").hasLineCount(1));
  }

  @Test
  void anOrderThatCannotBeFilledSaysWhy() {
    assertThatThrownBy(() -> Order.parse("program=runtime"))
        .hasMessageContaining("Give each of [app, base, cache, name, program] once");
    assertThatThrownBy(() -> Order.parse("program=gateway", "base=b", "app=a", "name=n", "cache=c"))
        .hasMessage("program=gateway is neither operator nor runtime.");
    assertThatThrownBy(() -> Order.parse("program=runtime", "base=b", "app=a", "name=n", "cache=c"))
        .hasMessageContaining("is not there");
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private static Order withCache(Order order, Path cache) {
    return new Order(
        order.program(),
        order.base(),
        order.app(),
        order.name(),
        order.archive(),
        order.cuda(),
        Optional.of(cache),
        order.cache());
  }

  private void touchAll() throws IOException {
    try (var files = Files.walk(app.folder())) {
      for (var file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
      }
    }
  }
}
