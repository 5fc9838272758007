package io.modelservice.runtime.source.gs;

import static java.net.HttpURLConnection.HTTP_NOT_FOUND;
import static java.net.HttpURLConnection.HTTP_OK;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.source.ArtifactPaths;
import io.modelservice.runtime.source.FetchException;
import io.modelservice.runtime.source.ObjectPlace;
import io.modelservice.runtime.source.RemoteFile;
import io.modelservice.runtime.source.Source;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;

/** What Google Cloud Storage says of the objects at a place. */
final class GsObjects {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A page has 1,000 objects, whose names take at most 1 KiB, or six if all is escaped. */
  private static final int LARGEST_PAGE = 8 << 20;

  /** What an empty page counts, so that no circle of pages is endless. */
  private static final int LEAST = 100;

  private static final String OBJECT = "name,size,generation,contentEncoding";

  private final GsClient client;
  private final ObjectPlace place;
  private final GsErrors errors;

  GsObjects(GsClient client, ObjectPlace place) {
    this.client = client;
    this.place = place;
    this.errors = client.errors();
  }

  /** The one object that the place names, as the artifact's model. */
  RemoteFile single() throws FetchException {
    var answer = client.object(place.key(), "?fields=" + OBJECT);
    return file(json(answer, errors.noObject(place.key())), Source.MODEL);
  }

  /** All objects below the prefix, each path relative to it. */
  List<RemoteFile> folder() throws FetchException {
    var files = new ArrayList<RemoteFile>();
    var seen = 0;
    var next = "";
    do {
      var page = page(next);
      addFiles(page.path("items"), files);
      next = page.path("nextPageToken").asText();
      seen += Math.max(page.path("items").size(), LEAST);
    } while (!next.isEmpty() && seen <= ArtifactPaths.MOST_FILES);
    if (files.isEmpty()) {
      throw errors.noObjects();
    }
    if (!next.isEmpty()) {
      throw errors.tooMany();
    }
    return files;
  }

  private JsonNode page(String token) throws FetchException {
    var query =
        "?prefix=%s&fields=items(%s),nextPageToken&pageToken=%s"
            .formatted(GsClient.encoded(place.prefix()), OBJECT, GsClient.encoded(token));
    return json(client.objects(query), errors.noBucket());
  }

  private void addFiles(JsonNode items, List<RemoteFile> files) throws FetchException {
    for (var item : items) {
      var name = item.path("name").asText();
      if (!name.startsWith(place.prefix())) {
        throw errors.unreadable();
      }
      if (!name.endsWith("/")) { // some tools mark folders by empty objects
        var path = name.substring(place.prefix().length());
        files.add(file(item, ArtifactPaths.checked(path, place.toString())));
      }
    }
  }

  private RemoteFile file(JsonNode object, String path) throws FetchException {
    var key = object.path("name").asText();
    var generation = object.path("generation").asText();
    if (key.isEmpty() || !generation.matches("[0-9]+")) {
      throw errors.unreadable();
    }
    if (object.path("contentEncoding").asText().equals("gzip")) { // it would come unpacked
      throw new FetchException(
          Reason.ArtifactInvalid,
          "object '%s' in bucket '%s' is stored as gzip: upload it without Content-Encoding"
              .formatted(key, place.bucket()));
    }
    return new RemoteFile(path, key, object.path("size").asLong(), generation);
  }

  private JsonNode json(HttpURLConnection answer, FetchException missing) throws FetchException {
    try {
      var status = answer.getResponseCode();
      if (status == HTTP_NOT_FOUND) {
        throw missing;
      }
      if (status != HTTP_OK) {
        throw errors.answered(status, place.key());
      }
      try (var in = answer.getInputStream()) {
        return JSON.readTree(in.readNBytes(LARGEST_PAGE));
      }
    } catch (JsonProcessingException e) {
      throw errors.unreadable();
    } catch (IOException e) {
      throw errors.unreachable(e);
    }
  }
}
