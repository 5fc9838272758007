package io.modelservice.runtime.source.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.source.ArtifactPaths;
import io.modelservice.runtime.source.FetchException;
import io.modelservice.runtime.source.RemoteFile;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a Hub says of a repository. */
final class HubApi {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A page has 1,000 files of less than 1 KiB each. */
  private static final int LARGEST_PAGE = 8 << 20;

  private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;\\s*rel=\"?next\"?");

  private final HubClient hub;
  private final HubPlace place;
  private final HubErrors errors;

  HubApi(HubClient hub, HubPlace place) {
    this.hub = hub;
    this.place = place;
    this.errors = new HubErrors(hub, place);
  }

  /** The commit that the revision stands for now. */
  String commit() throws FetchException {
    var page = page(hub.place(parts("api/models", "revision", "")));
    var commit = page.json().path("sha").asText();
    if (!place.at(commit).immutable()) {
      throw errors.unreadable();
    }
    return commit;
  }

  /** All files below a folder, each path relative to the repository. */
  List<RemoteFile> files(String folder) throws FetchException {
    var files = new ArrayList<RemoteFile>();
    var seen = 0;
    var next =
        Optional.of(URI.create(hub.place(parts("api/models", "tree", folder)) + "?recursive=true"));
    while (next.isPresent()) {
      var page = page(next.get());
      for (var entry : page.json()) {
        if (entry.path("type").asText().equals("file")) {
          files.add(file(entry));
        }
      }
      seen += 1 + page.json().size(); // an empty page counts, so that no circle of pages is endless
      if (seen > ArtifactPaths.MOST_FILES) {
        throw tooMany();
      }
      next = page.next();
    }
    return files.stream().filter(file -> file.path().startsWith(folder)).toList();
  }

  private FetchException tooMany() {
    return new FetchException(
        Reason.ArtifactInvalid,
        "there are more than %d files at %s: name the model's own folder"
            .formatted(ArtifactPaths.MOST_FILES, place));
  }

  private RemoteFile file(JsonNode entry) throws FetchException {
    var path = ArtifactPaths.checked(entry.path("path").asText(), place.toString());
    var sha256 = entry.path("lfs").path("oid").textValue();
    var oid = entry.path("oid").textValue();
    return new RemoteFile(
        path,
        hub.place(parts("", "resolve", path)).toString(),
        entry.path("size").asLong(),
        sha256 == null ? oid : sha256,
        sha256);
  }

  private String[] parts(String api, String verb, String path) {
    return Stream.of(
            Stream.of(api.split("/", -1)),
            Stream.of(place.repository().split("/", -1)),
            Stream.of(verb, place.revision()),
            Stream.of(path.split("/", -1)))
        .flatMap(part -> part)
        .filter(part -> !part.isEmpty())
        .toArray(String[]::new);
  }

  private Page page(URI uri) throws FetchException {
    try {
      var connection = hub.get(uri);
      if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
        throw errors.answered(connection);
      }
      try (var in = connection.getInputStream()) {
        var json = JSON.readTree(in.readNBytes(LARGEST_PAGE));
        return new Page(json, next(uri, connection.getHeaderField("Link")));
      }
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw errors.unreadable();
    } catch (IOException e) {
      throw errors.unreachable(e);
    }
  }

  private static Optional<URI> next(URI uri, @Nullable String links) {
    var found = NEXT.matcher(links == null ? "" : links);
    return found.find() ? Optional.of(uri.resolve(found.group(1))) : Optional.empty();
  }

  private record Page(JsonNode json, Optional<URI> next) {}
}
