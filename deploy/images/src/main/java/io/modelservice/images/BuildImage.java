package io.modelservice.images;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Port;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;

/**
 * Packs a program into an OCI image: an archive, or pushed. The same input gives the same digest.
 */
public final class BuildImage {

  private static final String USER = "65532:65532";

  private BuildImage() {}

  /** Builds the image that the arguments order and prints its digest; see {@link Order}. */
  public static void main(String[] arguments) throws Exception {
    try {
      System.out.println(build(Order.parse(arguments)));
    } catch (IllegalArgumentException | IllegalStateException e) {
      System.err.println("images: " + e.getMessage());
      System.exit(2);
    } catch (RegistryException | ExecutionException | IOException e) {
      System.err.println("images: " + failure(e));
      System.exit(1);
    }
  }

  /** Why the push or the archive failed, in one line. */
  static String failure(Throwable thrown) {
    return thrown instanceof ExecutionException && thrown.getCause() != null
        ? failure(thrown.getCause())
        : String.valueOf(thrown.getMessage()).lines().findFirst().orElseThrow();
  }

  /**
   * Builds an image.
   *
   * @return the digest of its manifest
   */
  static String build(Order order) throws Exception {
    var work = Files.createTempDirectory("image");
    try {
      var image =
          Jib.from("tar://" + order.base())
              .setFormat(ImageFormat.OCI)
              .setCreationTime(Instant.EPOCH)
              .setWorkingDirectory(Layers.HOME)
              .setUser(USER)
              .setEntrypoint(entryPoint(order))
              .setEnvironment(environment(order));
      order.program().ports().forEach(port -> image.addExposedPort(Port.tcp(port)));
      Layers.of(order, natives(order, work)).forEach(image::addFileEntriesLayer);
      return image.containerize(destination(order)).getDigest().toString();
    } finally {
      delete(work);
    }
  }

  private static NativeLibraries natives(Order order, Path work) throws IOException {
    var natives = NativeLibraries.unpack(order.app(), work);
    return order.cuda().isPresent() ? natives.with(order.cuda().get()) : natives;
  }

  /**
   * NVIDIA's container runtime brings the driver's libraries for the capabilities that are named;
   * which devices, only the node's device plugin says.
   */
  static Map<String, String> environment(Order order) {
    var environment = new TreeMap<>(order.program().environment());
    if (order.cuda().isPresent()) {
      environment.put("LD_LIBRARY_PATH", NativeLibraries.FOLDER_IN_IMAGE);
      environment.put("NVIDIA_DRIVER_CAPABILITIES", "compute,utility");
    }
    return environment;
  }

  /** The AOT cache is dropped unless it was trained with the first and the third of these flags. */
  static List<String> entryPoint(Order order) {
    var command = new ArrayList<>(List.of("java", "-XX:+UseCompactObjectHeaders"));
    order.aot().ifPresent(cache -> command.add("-XX:AOTCache=" + Layers.AOT_CACHE));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(order.program().options());
    command.addAll(List.of("-jar", Layers.RUN_JAR));
    return command;
  }

  private static Containerizer destination(Order order) {
    var containerizer =
        order.archive().isPresent()
            ? Containerizer.to(TarImage.at(order.archive().get()).named(order.name()))
                .setOfflineMode(true)
            : Containerizer.to(registry(order.name())).setAllowInsecureRegistries(local(order));
    return containerizer
        .setBaseImageLayersCache(order.cache().resolve("base"))
        .setApplicationLayersCache(order.cache().resolve("application"));
  }

  private static RegistryImage registry(ImageReference name) {
    var credentials = CredentialRetrieverFactory.forImage(name, event -> {});
    return RegistryImage.named(name)
        .addCredentialRetriever(credentials.dockerConfig())
        .addCredentialRetriever(credentials.wellKnownCredentialHelpers());
  }

  /** A registry on this machine may speak plain HTTP. */
  private static boolean local(Order order) {
    var registry = order.name().getRegistry();
    return registry.startsWith("localhost:") || registry.startsWith("127.0.0.1:");
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
