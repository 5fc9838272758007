package io.modelservice.runtime.source;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the rest of a file, and sees whether it is the rest that is sent (RFC 9110, section 14).
 */
public final class ContentRanges {
  private static final int NOT_SATISFIABLE = 416;

  private ContentRanges() {}

  /** From a byte to the end, for the header {@code Range}. */
  public static String from(long first) {
    return "bytes=" + first + "-";
  }

  /**
   * The byte that an answer begins with: 0 for the whole file or an error, which only its status
   * tells apart.
   *
   * @param asked the first byte that was asked for
   * @param size of the file
   * @return empty if it has another part than the rest: ask for all
   */
  public static OptionalLong firstByte(HttpURLConnection answer, long asked, long size)
      throws IOException {
    if (asked == 0 || !partial(answer.getResponseCode())) {
      return OptionalLong.of(0);
    }
    var length = answer.getContentLengthLong();
    var range = answer.getHeaderField("Content-Range");
    var whole = length < 0 || length == size - asked;
    return range == null || !whole ? OptionalLong.empty() : firstByte(range, asked, size);
  }

  /** The same of an answer that is no error, by its {@code Content-Range}; null for all. */
  public static OptionalLong firstByte(@Nullable String range, long asked, long size) {
    if (range == null) {
      return OptionalLong.of(0);
    }
    var rest = "bytes " + asked + "-" + (size - 1) + "/" + size;
    return rest.equals(range) ? OptionalLong.of(asked) : OptionalLong.empty();
  }

  private static boolean partial(int status) {
    return status == HttpURLConnection.HTTP_PARTIAL || status == NOT_SATISFIABLE;
  }
}
