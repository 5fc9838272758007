package io.modelservice.runtime.source;

import org.jspecify.annotations.Nullable;

/**
 * One file at a source.
 *
 * @param path relative to the artifact's root, with {@code /}; never leaves the root
 * @param locator how the source names it: an object key, a URL
 * @param size bytes
 * @param etag the store's, without quotes; null where it has none
 * @param sha256 64 lower-case hex digits that the source promises; null where it promises none
 */
public record RemoteFile(
    String path, String locator, long size, @Nullable String etag, @Nullable String sha256) {

  public RemoteFile(String path, String locator, long size, @Nullable String etag) {
    this(path, locator, size, etag, null);
  }

  /** The same file under another path of the artifact. */
  public RemoteFile at(String newPath) {
    return new RemoteFile(newPath, locator, size, etag, sha256);
  }
}
