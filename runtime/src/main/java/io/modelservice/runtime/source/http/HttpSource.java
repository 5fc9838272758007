package io.modelservice.runtime.source.http;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.source.Body;
import io.modelservice.runtime.source.ContentRanges;
import io.modelservice.runtime.source.FetchException;
import io.modelservice.runtime.source.HttpConnections;
import io.modelservice.runtime.source.Listings;
import io.modelservice.runtime.source.RemoteFile;
import io.modelservice.runtime.source.Sentences;
import io.modelservice.runtime.source.Source;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One ONNX file at a URL, or a folder URL that ends with {@code /}. HTTP has no listing, so of a
 * folder the files with well-known names are taken.
 */
public final class HttpSource implements Source {
  private static final List<String> OPTIONAL =
      List.of(
          "labels.txt",
          "preprocessor_config.json",
          "config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "sentence_bert_config.json",
          "modules.json",
          "1_Pooling/config.json");

  private final URI uri;

  public HttpSource(URI uri) {
    this.uri = uri;
  }

  @Override
  public List<RemoteFile> list() throws FetchException {
    if (!uri.getPath().endsWith("/")) {
      return List.of(head(Source.MODEL, uri).orElseThrow(() -> notFound(uri)));
    }
    var files = new ArrayList<RemoteFile>();
    var model = uri.resolve(Source.MODEL);
    files.add(head(Source.MODEL, model).orElseThrow(() -> notFound(model)));
    for (var name : OPTIONAL) {
      head(name, uri.resolve(name)).ifPresent(files::add);
    }
    return Listings.checked(files, place());
  }

  private Optional<RemoteFile> head(String path, URI file) throws FetchException {
    try {
      var connection = HttpConnections.prepare(file, "HEAD");
      if (refusesHead(connection.getResponseCode())) {
        connection = HttpConnections.prepare(file, "GET"); // only its headers are read
      }
      var status = connection.getResponseCode();
      if (status == HttpURLConnection.HTTP_NOT_FOUND || status == HttpURLConnection.HTTP_GONE) {
        return Optional.empty();
      }
      check(status, file);
      var size = connection.getContentLengthLong();
      connection.disconnect();
      if (size < 0) {
        throw new FetchException(
            Reason.ArtifactInvalid,
            "%s does not tell the size of the file (Content-Length)".formatted(place(file)));
      }
      var etag = etag(connection.getHeaderField("ETag"));
      return Optional.of(new RemoteFile(path, file.toString(), size, etag));
    } catch (IOException e) {
      throw unreachable(file, e);
    }
  }

  /** Some servers know no HEAD, and a signed URL is signed for GET alone. */
  private static boolean refusesHead(int status) {
    return status == HttpURLConnection.HTTP_FORBIDDEN
        || status == HttpURLConnection.HTTP_BAD_METHOD
        || status == HttpURLConnection.HTTP_NOT_IMPLEMENTED;
  }

  @Override
  public Body open(RemoteFile file, long from) throws FetchException, IOException {
    var place = URI.create(file.locator());
    var connection = request(file, from);
    var status = status(connection, place);
    if (status == HttpURLConnection.HTTP_PRECON_FAILED) {
      throw changed(place);
    }
    var first = ContentRanges.firstByte(connection, from, file.size());
    if (first.isEmpty()) {
      connection.disconnect();
      return open(file, 0);
    }
    if (first.getAsLong() == 0) {
      check(status, place);
    }
    if (otherContent(connection, file, first.getAsLong())) {
      throw changed(place);
    }
    return new Body(connection.getInputStream(), first.getAsLong());
  }

  private static HttpURLConnection request(RemoteFile file, long from) throws IOException {
    var connection = HttpConnections.prepare(URI.create(file.locator()), "GET");
    if (file.etag() != null) {
      var etag = "\"" + file.etag() + "\"";
      connection.setRequestProperty("If-Match", etag);
      if (from > 0) {
        connection.setRequestProperty("Range", ContentRanges.from(from));
        connection.setRequestProperty("If-Range", etag); // not every server knows If-Match
      }
    }
    return connection;
  }

  /** A rest that belongs to other content would be sewn to the bytes that are there. */
  private static boolean otherContent(HttpURLConnection answer, RemoteFile file, long from) {
    var etag = etag(answer.getHeaderField("ETag"));
    return answer.getContentLengthLong() != file.size() - from
        || (file.etag() != null && etag != null && !file.etag().equals(etag));
  }

  private static FetchException changed(URI file) {
    return new FetchException(
        Reason.StoreUnreachable, "%s changed while it was read".formatted(place(file)));
  }

  private static int status(HttpURLConnection connection, URI place) throws FetchException {
    try {
      return connection.getResponseCode();
    } catch (IOException e) {
      throw unreachable(place, e);
    }
  }

  private static void check(int status, URI file) throws FetchException {
    switch (status) {
      case HttpURLConnection.HTTP_OK -> {}
      case HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_GONE -> throw notFound(file);
      case HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN ->
          throw new FetchException(
              Reason.AccessDenied, "%s answers with status %d".formatted(place(file), status));
      default ->
          throw new FetchException(
              Reason.StoreUnreachable, "%s answers with status %d".formatted(place(file), status));
    }
  }

  private static FetchException notFound(URI file) {
    return new FetchException(
        Reason.ArtifactNotFound, "there is nothing at " + place(file) + " (status 404)");
  }

  private static FetchException unreachable(URI file, IOException e) {
    return new FetchException(
        Reason.StoreUnreachable,
        "%s cannot be reached: %s".formatted(place(file), Sentences.of(e)));
  }

  private static @Nullable String etag(@Nullable String header) {
    // a weak one does not promise equal bytes
    return header == null || header.startsWith("W/") ? null : header.replace("\"", "");
  }

  /** Without the query, which may hold a signature. */
  private static String place(URI file) {
    return file.getScheme() + "://" + file.getAuthority() + file.getPath();
  }

  @Override
  public String place() {
    return place(uri);
  }
}
