package io.modelservice.e2e.conformance;

import static io.modelservice.e2e.conformance.ViolationException.expect;
import static io.modelservice.e2e.conformance.ViolationException.unless;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;

/** Triton's system shared memory over REST: tensors that do not travel. */
final class SharedMemoryChapter {
  private static final Level LEVEL = new Level.Announced("system_shared_memory");
  private static final String PATH = "/v2/systemsharedmemory";
  private static final String NAME = "conformance";

  private final Http http;
  private final SimpleModel model;

  SharedMemoryChapter(Http http, SimpleModel model) {
    this.http = http;
    this.model = model;
  }

  Chapter chapter() {
    return new Chapter(
        "shared-memory",
        List.of(
            new Check(LEVEL, "a registered region has a status", this::status),
            new Check(LEVEL, "inputs from a region", this::inputs),
            new Check(LEVEL, "outputs into a region", this::outputs),
            new Check(LEVEL, "a place beyond the region is refused", this::beyond),
            new Check(LEVEL, "a region that is not there is refused", this::missing),
            new Check(LEVEL, "an unregistered region is gone", this::unregistered)));
  }

  private interface Use {
    void of(SharedRegion region) throws IOException, InterruptedException;
  }

  /** Registers a region for the time of its use. */
  private void withRegion(Use use) throws IOException, InterruptedException {
    try (var region = SharedRegion.create(http.host())) {
      http.post(PATH + "/region/" + NAME + "/register", registration(region.key())).ok();
      try {
        use.of(region);
      } finally {
        http.post(PATH + "/region/" + NAME + "/unregister", "{}").ok();
      }
    }
  }

  private static ObjectNode registration(String key) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("key", key)
        .put("offset", 0)
        .put("byte_size", SharedRegion.BYTES);
  }

  private void status() throws IOException, InterruptedException {
    withRegion(
        region -> {
          var status = http.get(PATH + "/region/" + NAME + "/status").json();
          expect("the number of regions", 1, status.size());
          expect("name", NAME, status.path(0).path("name").asText());
          expect("key", region.key(), status.path(0).path("key").asText());
          expect("byte_size", SharedRegion.BYTES, status.path(0).path("byte_size").asInt());
        });
  }

  private static ObjectNode request() {
    var request = SimpleModel.request();
    var inputs = request.putArray("inputs");
    for (var i = 0; i < SimpleModel.INPUTS.size(); i++) {
      var input = SimpleModel.tensor(SimpleModel.INPUTS.get(i), 1);
      place(input, i * SharedRegion.TENSOR);
      inputs.add(input);
    }
    return request;
  }

  private static void place(ObjectNode tensor, int offset) {
    tensor
        .putObject("parameters")
        .put("shared_memory_region", NAME)
        .put("shared_memory_offset", offset)
        .put("shared_memory_byte_size", SharedRegion.TENSOR);
  }

  private void inputs() throws IOException, InterruptedException {
    withRegion(_ -> model.verify(http.post(model.infer(), request()).json()));
  }

  private void outputs() throws IOException, InterruptedException {
    withRegion(
        region -> {
          var request = request();
          var outputs = request.putArray("outputs");
          for (var i = 0; i < SimpleModel.OUTPUTS.size(); i++) {
            var wish = SimpleModel.wish(SimpleModel.OUTPUTS.get(i));
            place(wish, SharedRegion.offset(i));
            outputs.add(wish);
          }
          var answer = http.post(model.infer(), request).json();
          for (var i = 0; i < SimpleModel.OUTPUTS.size(); i++) {
            var name = SimpleModel.OUTPUTS.get(i);
            unless(!SimpleModel.output(answer, name).has("data"), name + " travels as well");
            SimpleModel.verify(name, region.output(i));
          }
        });
  }

  private void beyond() throws IOException, InterruptedException {
    withRegion(
        _ -> {
          var request = request();
          place((ObjectNode) request.path("inputs").path(1), SharedRegion.BYTES - 4);
          http.post(model.infer(), request).refused();
        });
  }

  private void missing() throws IOException, InterruptedException {
    withRegion(
        _ ->
            http.post(PATH + "/region/other/register", registration("/conformance-no-such-object"))
                .failed());
  }

  private void unregistered() throws IOException, InterruptedException {
    withRegion(_ -> {});
    http.post(model.infer(), request()).refused();
  }
}
