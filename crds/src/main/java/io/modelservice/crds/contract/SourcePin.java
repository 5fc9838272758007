package io.modelservice.crds.contract;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What identifies an artifact at its source without reading it whole.
 *
 * @param files sorted by path
 * @param commit that the files are of, or the digest of their manifest in a registry; null where
 *     the source has neither
 */
@JsonInclude(NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record SourcePin(List<File> files, @Nullable String commit) {

  /**
   * Whether another pin is of the same bytes as far as the source tells: equal, or of files that
   * are equal and have ETags; a commit may leave all of them alone.
   */
  public boolean sameContent(SourcePin other) {
    return equals(other)
        || (files.equals(other.files) && files.stream().allMatch(file -> file.etag() != null));
  }

  /**
   * One file.
   *
   * @param path relative to the artifact's root
   * @param size bytes
   * @param etag the store's, without quotes; null where it has none
   */
  @JsonInclude(NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record File(String path, long size, @Nullable String etag) {}
}
