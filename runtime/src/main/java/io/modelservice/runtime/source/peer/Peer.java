package io.modelservice.runtime.source.peer;

import static java.net.HttpURLConnection.HTTP_OK;
import static java.net.HttpURLConnection.HTTP_PARTIAL;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelservice.crds.contract.ServingPlan.Entry;
import io.modelservice.runtime.source.Body;
import io.modelservice.runtime.source.ContentRanges;
import io.modelservice.runtime.source.HttpConnections;
import io.modelservice.runtime.source.RemoteFile;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;

/**
 * Another pod of the same service.
 *
 * @param pod its name
 * @param address {@code host:port} of its management port
 * @param token that both have from the plan
 */
public record Peer(String pod, String address, String token) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Far above what the most files of an artifact need. */
  private static final int LARGEST_MANIFEST = 1 << 24;

  private static final Duration SILENCE = Duration.ofSeconds(15);

  /**
   * Whether the pod can give all files of a revision, with the digest of the plan if it has one.
   */
  public boolean hasAll(Entry entry) {
    return manifest(entry.revision())
        .map(PeerManifest::digest)
        .filter(digest -> entry.digest() == null || entry.digest().equals(digest))
        .isPresent();
  }

  /** What the pod has of a revision; empty if it has nothing yet, or does not answer. */
  Optional<PeerManifest> manifest(String revision) {
    try {
      var answer = ask("/artifacts/" + revision + "/manifest");
      if (answer.getResponseCode() != HTTP_OK) {
        answer.disconnect();
        return Optional.empty();
      }
      try (var in = answer.getInputStream()) {
        var text = in.readNBytes(LARGEST_MANIFEST);
        return Optional.of(JSON.readValue(text, PeerManifest.class));
      }
    } catch (IOException e) {
      return Optional.empty(); // it starts, or is gone: the next look tells
    }
  }

  /**
   * Opens a file that the pod has whole.
   *
   * @throws IOException if it does not send it
   */
  Body open(String revision, RemoteFile file, long from) throws IOException {
    var connection = ask("/artifacts/" + revision + "/files/" + file.path());
    if (from > 0) {
      connection.setRequestProperty("Range", ContentRanges.from(from));
    }
    var status = connection.getResponseCode();
    var first = ContentRanges.firstByte(connection, from, file.size());
    if ((status != HTTP_OK && status != HTTP_PARTIAL) || first.isEmpty()) {
      connection.disconnect();
      throw new IOException("pod %s answers with status %d".formatted(pod, status));
    }
    return new Body(connection.getInputStream(), first.getAsLong());
  }

  private HttpURLConnection ask(String path) throws IOException {
    var connection = HttpConnections.prepare(uri(path), "GET");
    connection.setInstanceFollowRedirects(false); // the token is for this pod alone
    connection.setReadTimeout((int) SILENCE.toMillis());
    connection.setRequestProperty("Authorization", "Bearer " + token);
    return connection;
  }

  private URI uri(String path) throws IOException {
    try {
      return URI.create(new URI("http", address, path, null, null).toASCIIString());
    } catch (URISyntaxException e) {
      throw new IOException("the plan's seedAddress is no host and port", e);
    }
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "pod " + pod;
  }
}
