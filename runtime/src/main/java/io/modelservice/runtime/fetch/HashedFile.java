package io.modelservice.runtime.fetch;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.comparing;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.modelservice.runtime.source.Sha256;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One file of an artifact after all its bytes were read.
 *
 * @param path relative to the artifact's root
 * @param size bytes
 * @param sha256 64 lower-case hex digits
 * @param etag of the source; null where it has none
 */
@JsonInclude(NON_NULL)
public record HashedFile(String path, long size, String sha256, @Nullable String etag) {

  /**
   * The digest of an artifact: {@code sha256:} and the hex SHA-256 of the UTF-8 text that has one
   * line for each file, sorted by path (by UTF-16 code units): the path, a zero byte, the file's
   * hex SHA-256, a line feed. Times, owners and the place of the files do not count.
   */
  static String digest(Collection<HashedFile> files) {
    var lines =
        files.stream()
            .sorted(comparing(HashedFile::path))
            .map(file -> file.path() + "\0" + file.sha256() + "\n")
            .collect(Collectors.joining());
    return "sha256:" + Sha256.hex(lines.getBytes(UTF_8));
  }
}
