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
import io.modelservice.runtime.source.ObjectPlace.Listed;
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
    var object = listed(json(answer, errors.noObject(place.key())));
    return new RemoteFile(Source.MODEL, object.key(), object.size(), object.etag());
  }

  /** All objects below the prefix, as an artifact. */
  List<RemoteFile> folder() throws FetchException {
    var objects = new ArrayList<Listed>();
    var seen = 0;
    var next = "";
    do {
      var page = page(next);
      for (var item : page.path("items")) {
        objects.add(below(item));
      }
      next = page.path("nextPageToken").asText();
      seen += Math.max(page.path("items").size(), LEAST);
    } while (!next.isEmpty() && seen <= ArtifactPaths.MOST_FILES);
    if (!next.isEmpty() && !objects.isEmpty()) {
      throw errors.tooMany();
    }
    return place.artifact(objects.iterator());
  }

  private JsonNode page(String token) throws FetchException {
    var query =
        "?prefix=%s&fields=items(%s),nextPageToken&pageToken=%s"
            .formatted(GsClient.encoded(place.prefix()), OBJECT, GsClient.encoded(token));
    return json(client.objects(query), errors.noBucket());
  }

  private Listed below(JsonNode item) throws FetchException {
    var object = listed(item);
    if (!object.key().startsWith(place.prefix())) {
      throw errors.unreadable();
    }
    return object;
  }

  /** Its generation takes the place of an ETag. */
  private Listed listed(JsonNode object) throws FetchException {
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
    return new Listed(key, object.path("size").asLong(), generation);
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
