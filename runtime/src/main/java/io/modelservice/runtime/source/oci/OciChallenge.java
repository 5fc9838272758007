package io.modelservice.runtime.source.oci;

import java.net.HttpURLConnection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a registry asks for before it answers (RFC 9110, section 11.6.1).
 *
 * @param scheme in lower case
 * @param parameters by their names in lower case
 */
record OciChallenge(String scheme, Map<String, String> parameters) {
  private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  /** All that an answer asks for, each in a header of its own. */
  static List<OciChallenge> of(HttpURLConnection answer) {
    return answer.getHeaderFields().entrySet().stream()
        .filter(header -> "WWW-Authenticate".equalsIgnoreCase(header.getKey()))
        .flatMap(header -> header.getValue().stream())
        .map(OciChallenge::parsed)
        .toList();
  }

  private static OciChallenge parsed(String header) {
    var parts = header.strip().split("\\s+", 2);
    var found = PARAMETER.matcher(parts.length == 1 ? "" : parts[1]);
    var parameters = new TreeMap<String, String>();
    while (found.find()) {
      parameters.putIfAbsent(found.group(1).toLowerCase(Locale.ROOT), found.group(2));
    }
    return new OciChallenge(parts[0].toLowerCase(Locale.ROOT), parameters);
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
  }
}
