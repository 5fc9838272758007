package io.modelservice.runtime.fetch;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.fetch.Credentials.HubKeys;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A repository of the Hugging Face Hub, a folder of it, or one ONNX file in it. */
final class HubSource implements Source {
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
  static HubSource open(URI uri, Optional<String> pinned, HubKeys keys) throws FetchException {
    var hub = new HubClient(keys);
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

  @Override
  public InputStream open(RemoteFile file) throws FetchException, IOException {
    return open(file, 0).in();
  }

  /** Needs no condition: a commit's files never change. */
  @Override
  public Body open(RemoteFile file, long from) throws FetchException, IOException {
    var connection = answer(file, from);
    var status = connection.getResponseCode();
    if (from > 0 && ContentRanges.answers(status)) {
      if (ContentRanges.sent(connection, from, file.size())) {
        return new Body(connection.getInputStream(), from);
      }
      connection.disconnect();
      return open(file, 0);
    }
    if (status != HttpURLConnection.HTTP_OK) {
      throw errors.answered(connection);
    }
    var size = connection.getContentLengthLong();
    if (size >= 0 && size != file.size()) {
      throw new FetchException(
          Reason.StoreUnreachable,
          "'%s' at %s has %d bytes, but is listed with %d"
              .formatted(file.path(), place, size, file.size()));
    }
    return new Body(connection.getInputStream(), 0);
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
