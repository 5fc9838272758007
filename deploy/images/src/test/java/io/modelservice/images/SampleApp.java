package io.modelservice.images;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.TarImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * An application folder as Quarkus leaves it, with an ONNX Runtime jar of a few bytes, and a base
 * image.
 */
record SampleApp(Path folder) {

  static final String JAR = "lib/main/com.microsoft.onnxruntime.onnxruntime-1.0.0.jar";
  static final String TOKENIZERS = "lib/main/ai.djl.huggingface.tokenizers-1.0.0.jar";
  static final String LIBRARY = "ai/onnxruntime/native/linux-x64/libonnxruntime.so";

  static SampleApp in(Path folder) throws IOException {
    for (var sub : new String[] {"lib/main", "lib/boot", "app", "quarkus"}) {
      Files.createDirectories(folder.resolve("app").resolve(sub));
    }
    var app = new SampleApp(folder.resolve("app"));
    Files.writeString(app.folder.resolve("app/modelservice.jar"), "the program");
    Files.writeString(app.folder.resolve(Layers.RUN_JAR), "the start");
    return app.withOnnxRuntime(
        Map.of(
            "ai/onnxruntime/OrtSession.class",
            "code",
            LIBRARY,
            "machine code",
            "ai/onnxruntime/native/win-x64/onnxruntime.dll",
            "machine code of another platform"));
  }

  SampleApp withOnnxRuntime(Map<String, String> entries) throws IOException {
    return with(JAR, entries);
  }

  SampleApp withTokenizers() throws IOException {
    return with(
        TOKENIZERS,
        Map.of(
            "ai/djl/huggingface/tokenizers/jni/TokenizersLibrary.class",
            "code",
            "native/lib/linux-x86_64/cpu/libtokenizers.so",
            "machine code",
            "native/lib/osx-aarch64/cpu/libtokenizers.dylib",
            "machine code of another platform"));
  }

  private SampleApp with(String jar, Map<String, String> entries) throws IOException {
    try (var zip = new ZipOutputStream(Files.newOutputStream(folder.resolve(jar)))) {
      for (var entry : new TreeMap<>(entries).entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    return this;
  }

  /** An order for a runtime image that lies beside the application. */
  Order order() throws Exception {
    return ordered("name=localhost/modelservice/runtime:1", archive());
  }

  /** The same with one more argument. */
  Order order(String more) throws Exception {
    return ordered("name=localhost/modelservice/runtime:1", archive(), more);
  }

  /** An order for a runtime image that is pushed. */
  Order push(String name) throws Exception {
    return ordered("name=" + name);
  }

  private String archive() {
    return "archive=" + folder.resolveSibling("runtime.tar");
  }

  private Order ordered(String... more) throws Exception {
    var base = folder.resolveSibling("base.tar");
    Jib.fromScratch()
        .containerize(Containerizer.to(TarImage.at(base).named("base:1")).setOfflineMode(true));
    return Order.parse(
        Stream.concat(
                Stream.of(
                    "program=runtime",
                    "base=" + base,
                    "app=" + folder,
                    "cache=" + folder.resolveSibling("cache")),
                Stream.of(more))
            .toArray(String[]::new));
  }
}
