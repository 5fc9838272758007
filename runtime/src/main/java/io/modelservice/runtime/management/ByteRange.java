package io.modelservice.runtime.management;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a file that a request asks for (RFC 9110, section 14).
 *
 * @param from its first byte
 * @param length bytes
 */
record ByteRange(long from, long length) {
  private static final Pattern ONE = Pattern.compile("bytes=([0-9]{1,18})-([0-9]{1,18})?");

  /**
   * Reads the header {@code Range}; one that is missing or of another form asks for all.
   *
   * @param size of the file
   * @return empty if the file ends before the part begins, or the part before it begins
   */
  static Optional<ByteRange> of(@Nullable String header, long size) {
    var asked = ONE.matcher(header == null ? "" : header);
    if (!asked.matches()) {
      return Optional.of(new ByteRange(0, size));
    }
    var from = Long.parseLong(asked.group(1));
    var last =
        asked.group(2) == null ? size - 1 : Math.min(Long.parseLong(asked.group(2)), size - 1);
    return from > last ? Optional.empty() : Optional.of(new ByteRange(from, last - from + 1));
  }

  boolean isAll(long size) {
    return length == size;
  }

  /** For the header {@code Content-Range}. */
  String of(long size) {
    return "bytes " + from + "-" + (from + length - 1) + "/" + size;
  }
}
