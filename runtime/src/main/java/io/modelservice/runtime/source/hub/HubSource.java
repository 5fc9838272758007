package io.modelservice.runtime.source.hub;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.source.Body;
import io.modelservice.runtime.source.ContentRanges;
import io.modelservice.runtime.source.Credentials;
import io.modelservice.runtime.source.FetchException;
import io.modelservice.runtime.source.Listings;
import io.modelservice.runtime.source.RemoteFile;
import io.modelservice.runtime.source.Source;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A repository of the Hugging Face Hub, a folder of it, or one ONNX file in it. */
public final class HubSource implements Source {
  private final HubClient hub;
  private final HubPlace place;
  private final HubErrors errors;

  private HubSource(HubClient hub, HubPlace place) {
    this.hub = hub;
    this.place = place;
    this.errors = new HubErrors(hub, place);
  }

  /**
   * Finds the commit that the revision stands for, so that all files are of the same.
   *
   * @param pinned what it stood for when the first pod read it; a branch may have moved since
   */
  public static HubSource open(URI uri, Optional<String> pinned, Credentials credentials)
      throws FetchException {
    var hub = new HubClient(HubKeys.of(credentials));
    var place = HubPlace.of(uri);
    if (pinned.isPresent()) {
      return new HubSource(hub, place.at(pinned.get()));
    }
    return new HubSource(
        hub, place.immutable() ? place : place.at(new HubApi(hub, place).commit()));
  }

  @Override
  public List<RemoteFile> list() throws FetchException {
    var listed = new HubApi(hub, place).files(HubFiles.folder(place));
    return Listings.checked(List.copyOf(new HubFiles(place, listed).artifact()), place());
  }

  /** Needs no condition: a commit's files never change. */
  @Override
  public Body open(RemoteFile file, long from) throws FetchException, IOException {
    var connection = answer(file, from);
    var first = ContentRanges.firstByte(connection, from, file.size());
    if (first.isEmpty()) {
      connection.disconnect();
      return open(file, 0);
    }
    if (first.getAsLong() == 0) {
      checkWhole(connection, file);
    }
    return new Body(connection.getInputStream(), first.getAsLong());
  }

  private void checkWhole(HttpURLConnection answer, RemoteFile file)
      throws FetchException, IOException {
    if (answer.getResponseCode() != HttpURLConnection.HTTP_OK) {
      throw errors.answered(answer);
    }
    var size = answer.getContentLengthLong();
    if (size >= 0 && size != file.size()) {
      throw new FetchException(
          Reason.StoreUnreachable,
          "'%s' at %s has %d bytes, but is listed with %d"
              .formatted(file.path(), place, size, file.size()));
    }
  }

  private HttpURLConnection answer(RemoteFile file, long from) throws FetchException {
    Map<String, String> range = from == 0 ? Map.of() : Map.of("Range", ContentRanges.from(from));
    try {
      return hub.get(URI.create(file.locator()), range);
    } catch (IOException e) {
      throw errors.unreachable(e);
    }
  }

  @Override
  public String commit() {
    return place.revision();
  }

  @Override
  public String place() {
    return place.toString();
  }
}
