package io.modelservice.runtime.source;

import io.modelservice.crds.contract.Reason;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * A place in a store of objects, whose folders are no more than common beginnings of keys.
 *
 * @param scheme of its URI
 * @param host of the store, for messages
 * @param bucket called container by some stores
 * @param key of one object, or the prefix of a folder; may be empty
 */
public record ObjectPlace(String scheme, String host, String bucket, String key) {

  /** The place that {@code SCHEME://BUCKET/KEY} names. */
  public static ObjectPlace of(URI uri, String host) {
    var key = String.valueOf(uri.getPath()).replaceFirst("^/", "");
    return new ObjectPlace(
        String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT),
        host,
        String.valueOf(uri.getAuthority()),
        key);
  }

  /** An object of a listing. */
  public record Listed(String key, long size, String etag) {}

  /** Whether the key names the ONNX file itself. */
  public boolean oneFile() {
    return key.endsWith(".onnx");
  }

  /** The common beginning of the folder's keys, {@code /} at its end. */
  public String prefix() {
    return key.isEmpty() || key.endsWith("/") ? key : key + "/";
  }

  /**
   * The artifact that a listing of the folder is; of a listing that never ends only the beginning
   * is read.
   *
   * @throws FetchException if it is none
   */
  public List<RemoteFile> artifact(Iterator<Listed> objects) throws FetchException {
    var files = new ArrayList<RemoteFile>();
    while (objects.hasNext() && files.size() <= ArtifactPaths.MOST_FILES) {
      var object = objects.next();
      if (!object.key().endsWith("/")) { // some tools mark folders by empty objects
        files.add(file(object));
      }
    }
    if (files.isEmpty()) {
      throw new FetchException(
          Reason.ArtifactNotFound,
          "'%s' at %s has no object under '%s'".formatted(bucket, host, prefix()));
    }
    return Listings.checked(files, toString());
  }

  private RemoteFile file(Listed object) throws FetchException {
    var path = ArtifactPaths.checked(object.key().substring(prefix().length()), toString());
    return new RemoteFile(path, object.key(), object.size(), object.etag());
  }

  @Override
  public String toString() {
    return "%s://%s/%s (%s)".formatted(scheme, bucket, key, host);
  }
}
