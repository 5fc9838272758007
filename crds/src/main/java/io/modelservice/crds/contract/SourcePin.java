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
 * @param commit that the files are of; null where the source has no commits
 */
@JsonInclude(NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record SourcePin(List<File> files, @Nullable String commit) {

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
