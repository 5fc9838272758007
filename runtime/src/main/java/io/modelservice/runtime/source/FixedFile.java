package io.modelservice.runtime.source;

import io.modelservice.crds.contract.Reason;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.Map;

/**
 * A file whose bytes never change at its address, which has a commit or a digest: a rest of it
 * needs no condition.
 *
 * @param place of its artifact, for messages
 */
public record FixedFile(RemoteFile file, String place) {

  /** Sends a GET for the file. */
  public interface Ask {
    HttpURLConnection with(Map<String, String> headers) throws FetchException;
  }

  /** Says why an answer has another status than 200. */
  public interface Refusal {
    FetchException of(HttpURLConnection answer) throws IOException;
  }

  /** Opens it behind the bytes that have come already, or at its beginning. */
  public Body open(long from, Ask ask, Refusal refusal) throws FetchException, IOException {
    var answer = ask.with(from == 0 ? Map.of() : Map.of("Range", ContentRanges.from(from)));
    var first = ContentRanges.firstByte(answer, from, file.size());
    if (first.isEmpty()) {
      answer.disconnect();
      return open(0, ask, refusal);
    }
    if (first.getAsLong() == 0) {
      checkWhole(answer, refusal);
    }
    return new Body(answer.getInputStream(), first.getAsLong());
  }

  private void checkWhole(HttpURLConnection answer, Refusal refusal)
      throws FetchException, IOException {
    if (answer.getResponseCode() != HttpURLConnection.HTTP_OK) {
      throw refusal.of(answer);
    }
    var size = answer.getContentLengthLong();
    if (size >= 0 && size != file.size()) {
      throw new FetchException(
          Reason.StoreUnreachable,
          "'%s' at %s has %d bytes, but is listed with %d"
              .formatted(file.path(), place, size, file.size()));
    }
  }
}
