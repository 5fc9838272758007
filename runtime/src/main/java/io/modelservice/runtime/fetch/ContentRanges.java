package io.modelservice.runtime.fetch;

import java.net.HttpURLConnection;
import org.jspecify.annotations.Nullable;

/** Asks web servers for the rest of a file, and sees whether it is the rest that they send. */
final class ContentRanges {
  private static final int NOT_SATISFIABLE = 416;

  private ContentRanges() {}

  /** From a byte to the end, for the header {@code Range}. */
  static String from(long first) {
    return "bytes=" + first + "-";
  }

  /** Whether a status is one that only requests with a range get. */
  static boolean answers(int status) {
    return status == HttpURLConnection.HTTP_PARTIAL || status == NOT_SATISFIABLE;
  }

  /** Whether the answer has the bytes from the first one to the end of a file of that size. */
  static boolean sent(HttpURLConnection answer, long first, long size) {
    var length = answer.getContentLengthLong();
    return begins(answer.getHeaderField("Content-Range"), first, size)
        && (length < 0 || length == size - first);
  }

  /** Whether a {@code Content-Range} is that of all bytes from the first one on. */
  static boolean begins(@Nullable String range, long first, long size) {
    var rest = "bytes " + first + "-" + (size - 1) + "/" + size;
    return rest.equals(range);
  }
}
