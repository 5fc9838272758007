package io.modelservice.runtime.source.hub;

import io.modelservice.runtime.source.Body;
import io.modelservice.runtime.source.Credentials;
import io.modelservice.runtime.source.FetchException;
import io.modelservice.runtime.source.FixedFile;
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

  @Override
  public Body open(RemoteFile file, long from) throws FetchException, IOException {
    return new FixedFile(file, place()).open(from, headers -> ask(file, headers), errors::answered);
  }

  private HttpURLConnection ask(RemoteFile file, Map<String, String> headers)
      throws FetchException {
    try {
      return hub.get(URI.create(file.locator()), headers);
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
