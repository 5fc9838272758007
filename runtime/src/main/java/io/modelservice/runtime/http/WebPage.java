package io.modelservice.runtime.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/** The page of the model at {@code /}: files of this program that ask the other paths. */
final class WebPage {
  private static final String FOLDER = "/io/modelservice/runtime/page/";

  /** Nothing from elsewhere, nothing inline, in nobody's frame. */
  private static final String POLICY =
      "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private WebPage() {}

  static void addTo(Router router) {
    serve(router, "/", File.read("index.html", "text/html; charset=utf-8"));
    serve(router, "/page.js", File.read("page.js", "text/javascript; charset=utf-8"));
    serve(router, "/page.css", File.read("page.css", "text/css; charset=utf-8"));
    serve(router, "/icon.svg", File.read("icon.svg", "image/svg+xml"));
  }

  private static void serve(Router router, String path, File file) {
    router.get(path).handler(file::answer);
  }

  /** A file in memory. */
  private record File(Buffer content, String type, String tag) {
    static File read(String name, String type) {
      try (var in = WebPage.class.getResourceAsStream(FOLDER + name)) {
        var bytes = Objects.requireNonNull(in).readAllBytes();
        var tag = '"' + HexFormat.of().toHexDigits(Arrays.hashCode(bytes)) + '"';
        return new File(Buffer.buffer(bytes), type, tag);
      } catch (IOException e) {
        throw new UncheckedIOException("the file " + name + " of this program is damaged", e);
      }
    }

    void answer(RoutingContext context) {
      var response = context.response();
      response.putHeader(HttpHeaders.ETAG, tag);
      response.putHeader(
          HttpHeaders.CACHE_CONTROL, "no-cache"); // another version may come any time
      response.putHeader("Content-Security-Policy", POLICY);
      response.putHeader("X-Content-Type-Options", "nosniff");
      if (tag.equals(context.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
        response.setStatusCode(304).end();
        return;
      }
      response.putHeader(HttpHeaders.CONTENT_TYPE, type).end(content);
    }
  }
}
