package io.modelservice.runtime.fetch;

import org.jspecify.annotations.Nullable;

/**
 * One file at a source.
 *
 * @param path relative to the artifact's root, with {@code /}; never leaves the root
 * @param locator how the source names it: an object key, a URL
 * @param size bytes
 * @param etag the store's, without quotes; null where it has none
 */
public record RemoteFile(String path, String locator, long size, @Nullable String etag) {}
