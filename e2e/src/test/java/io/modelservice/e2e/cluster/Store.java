package io.modelservice.e2e.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The S3 store of the local cluster, which pods and host reach by the same address. */
public final class Store {
  public static final String ENDPOINT = "http://172.30.0.1:8333";
  public static final String ACCESS_KEY = "models";
  public static final String SECRET_KEY = "models-secret";

  private static final String BUCKET = "models";

  private final Settings settings;

  /** What a Secret holds, so that pods find the store. */
  public static Map<String, String> keys(String secretKey) {
    return Map.of(
        "AWS_ENDPOINT_URL", ENDPOINT,
        "AWS_ACCESS_KEY_ID", ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY", secretKey);
  }

  Store(Settings settings) {
    this.settings = settings;
  }

  /** Uploads one of the tests' small models again, as a user of the store does. */
  public static void upload(Settings settings, String model, String folder) {
    put(settings.smallModel(model), folder);
  }

  /** Puts all artifacts of the stories into the bucket, under their names in {@link Models}. */
  void fill() {
    for (var name : List.of("simple", "product", "corrupt", "unknown-operator", "unknown-opset")) {
      put(settings.smallModel(name), "e2e/" + name);
    }
    var classifier = settings.smallModel("colours");
    put(classifier, "e2e/unlabelled");
    put(classifier.resolveSibling("preprocessor_config.json"), "e2e/unlabelled");
    for (var file : List.of("model.onnx", "labels.txt", "preprocessor_config.json")) {
      put(settings.samples().resolve("efficientnet-lite0/" + file), "e2e/efficientnet-lite0");
    }
    for (var sample : List.of("efficientnet-lite0-features", "all-minilm-l6-v2")) {
      putFolder(settings.samples().resolve(sample), "e2e/" + sample);
    }
    put(settings.samples().resolve("silero-vad/model.onnx"), "e2e/silero-vad");
  }

  private static void putFolder(Path folder, String place) {
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var parent = folder.relativize(Objects.requireNonNull(file.getParent())).toString();
        put(file, parent.isEmpty() ? place : place + "/" + parent);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void put(Path file, String folder) {
    var key = BUCKET + "/" + folder + "/" + Objects.requireNonNull(file.getFileName());
    // the keys go by standard input: the command line is for all to see
    Command.runWith(
        "user = \"%s:%s\"%naws-sigv4 = \"aws:amz:us-east-1:s3\"%n"
            .formatted(ACCESS_KEY, SECRET_KEY),
        "curl",
        "--silent",
        "--show-error",
        "--fail-with-body",
        "--config",
        "-",
        "--upload-file",
        file.toString(),
        ENDPOINT + "/" + key);
  }
}
