package io.modelservice.runtime.source.hub;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.source.ArtifactPaths;
import io.modelservice.runtime.source.FetchException;
import io.modelservice.runtime.source.RemoteFile;
import io.modelservice.runtime.source.Source;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rule for which files of a repository are the artifact. Repositories hold the same weights in
 * many formats, and the ONNX file often in the folder {@code onnx} below the configuration.
 */
final class HubFiles {
  private static final String ONNX_FOLDER = "onnx/";
  private static final long MOST_NAMED = 5;

  private final HubPlace place;
  private final List<RemoteFile> listed;

  /**
   * Reads nothing.
   *
   * @param listed of the {@link #folder} and below, each path relative to the repository
   */
  HubFiles(HubPlace place, List<RemoteFile> listed) {
    this.place = place;
    this.listed = listed;
  }

  /** The folder with the configuration, {@code /} at its end; empty for the repository's root. */
  static String folder(HubPlace place) {
    if (!place.oneFile()) {
      return place.path().isEmpty() ? "" : place.path() + "/";
    }
    var beside = folderOf(place.path());
    return beside.equals(ONNX_FOLDER) || beside.endsWith("/" + ONNX_FOLDER)
        ? beside.substring(0, beside.length() - ONNX_FOLDER.length())
        : beside;
  }

  /**
   * The files by their paths in the artifact: the model as {@code model.onnx}, its external data,
   * and the configuration; a file beside the model wins over one of that name in the folder.
   */
  Collection<RemoteFile> artifact() throws FetchException {
    var folder = folder(place);
    var model = model(folder);
    var beside = folderOf(model.path());
    var chosen = new TreeMap<String, RemoteFile>();
    for (var file : listed) {
      if (configuration(file) && !file.path().startsWith(beside)) {
        put(chosen, file, file.path().substring(folder.length()));
      }
    }
    for (var file : listed) {
      if (file.path().startsWith(beside) && (configuration(file) || dataOf(model, file))) {
        put(chosen, file, file.path().substring(beside.length()));
      }
    }
    put(chosen, model, Source.MODEL);
    return chosen.values();
  }

  private void put(Map<String, RemoteFile> chosen, RemoteFile file, String path)
      throws FetchException {
    chosen.put(path, file.at(ArtifactPaths.checked(path, place.toString())));
  }

  private RemoteFile model(String folder) throws FetchException {
    var found =
        place.oneFile()
            ? find(place.path())
            : find(folder + Source.MODEL).or(() -> find(folder + ONNX_FOLDER + Source.MODEL));
    return found.orElseThrow(this::noModel);
  }

  private Optional<RemoteFile> find(String path) {
    return listed.stream().filter(file -> file.path().equals(path)).findFirst();
  }

  private static boolean configuration(RemoteFile file) {
    return file.path().endsWith(".json") || file.path().endsWith(".txt");
  }

  /** By the names that PyTorch's and Transformers' exporters give. */
  private static boolean dataOf(RemoteFile model, RemoteFile file) {
    var stem = model.path().substring(0, model.path().length() - ".onnx".length());
    return file.path().startsWith(model.path() + "_data")
        || file.path().startsWith(model.path() + ".data")
        || file.path().equals(stem + ".data");
  }

  private static String folderOf(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  private FetchException noModel() {
    var others =
        listed.stream()
            .map(RemoteFile::path)
            .filter(path -> path.endsWith(".onnx"))
            .limit(MOST_NAMED)
            .toList();
    if (place.oneFile()) {
      return new FetchException(Reason.ArtifactNotFound, "the Hub has no file " + place);
    }
    return new FetchException(
        Reason.ArtifactInvalid,
        others.isEmpty()
            ? "there is no ONNX file at %s: export the model to ONNX and upload it".formatted(place)
            : "there is no model.onnx and no onnx/model.onnx at %s: name one of %s in model.uri"
                .formatted(place, String.join(", ", others)));
  }
}
