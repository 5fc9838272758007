package io.modelservice.images;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The layers of a program, from the rarely to the often changed. */
final class Layers {

  static final AbsoluteUnixPath HOME = AbsoluteUnixPath.get("/deployments");
  static final String RUN_JAR = "quarkus-run.jar";
  static final String AOT_CACHE = "app.aot";
  private static final List<String> FOLDERS = List.of("lib/boot", "lib/main", "app", "quarkus");

  private Layers() {}

  /**
   * Lays out an application.
   *
   * @param order what to build
   * @param natives replace the application's own jars of their names
   */
  static List<FileEntriesLayer> of(Order order, NativeLibraries natives) throws IOException {
    var layers = new ArrayList<FileEntriesLayer>();
    if (!natives.cuda().isEmpty()) {
      layers.add(files("cuda", natives.cuda(), NativeLibraries.FOLDER_IN_IMAGE));
    }
    if (!natives.libraries().isEmpty()) {
      layers.add(files("native", natives.libraries(), NativeLibraries.FOLDER_IN_IMAGE));
    }
    for (var folder : FOLDERS) {
      var source = order.app().resolve(folder);
      if (Files.isDirectory(source)) {
        layers.add(files(folder, contents(source, natives), HOME.resolve(folder).toString()));
      }
    }
    layers.add(file(order.app().resolve(RUN_JAR), RUN_JAR));
    order.aot().ifPresent(cache -> layers.add(file(cache, AOT_CACHE)));
    return layers;
  }

  private static List<Path> contents(Path folder, NativeLibraries natives) throws IOException {
    try (var files = Files.list(folder)) {
      return files.sorted().map(natives::replacing).toList();
    }
  }

  // jib sets every file's time to 1970-01-01T00:00:01Z, which the AOT cache checks for the jars

  private static FileEntriesLayer files(String name, List<Path> files, String folder)
      throws IOException {
    var layer = FileEntriesLayer.builder().setName(name);
    for (var file : files) {
      layer.addEntryRecursive(
          file, AbsoluteUnixPath.get(folder).resolve(file.getFileName().toString()));
    }
    return layer.build();
  }

  private static FileEntriesLayer file(Path file, String name) {
    return FileEntriesLayer.builder().setName(name).addEntry(file, HOME.resolve(name)).build();
  }
}
