package io.modelservice.runtime.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.modelservice.crds.Task;
import io.modelservice.runtime.RuntimeConfig;
import io.modelservice.runtime.observability.Journal;
import io.modelservice.runtime.pod.Pod;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.sharedmemory.Regions;
import io.modelservice.runtime.sharedmemory.SharedMemory;
import io.modelservice.runtime.transport.BodyBudget;
import io.modelservice.runtime.transport.Drain;
import io.modelservice.runtime.transport.Meters;
import io.modelservice.runtime.transport.ServerMetadata;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** All paths of port 8080. */
@ApplicationScoped
public class PublicApi {
  private static final int FIRST = -1000;

  private final Drain drain;
  private final Models models;
  private final BodyMemory bodyMemory;
  private final Journalled journal;
  private final Exchange exchange;
  private final PredictHandler predict;
  private final TaskRoutes tasks;
  private final VoiceSocket voice;
  private final MetadataHandlers metadata;
  private final OpenApiHandler openApi;

  PublicApi(
      Pod pod,
      Drain drain,
      Meters meters,
      MeterRegistry registry,
      Journal journal,
      RuntimeConfig config,
      ServerMetadata server) {
    this.drain = drain;
    var limit = config.http().maxBody();
    // one body of full size must always fit
    var budget = new BodyBudget(Math.max(limit, Runtime.getRuntime().maxMemory() / 3));
    meters.watch("http", budget);
    bodyMemory = new BodyMemory(budget);
    models = new Models(pod);
    this.journal = new Journalled(journal, models);
    LaneGauges.register(pod, registry);
    var bodies = new BodyReader(limit, bodyMemory);
    exchange = new Exchange(bodies, models, meters, this.journal, ErrorForm.INFERENCE);
    predict = new PredictHandler(models, exchange);
    var openAi = new Exchange(bodies, models, meters, this.journal, ErrorForm.OPENAI);
    voice = new VoiceSocket(models, meters, drain);
    tasks = new TaskRoutes(models, exchange, openAi);
    metadata = new MetadataHandlers(models, pod, server);
    openApi = new OpenApiHandler(models);
  }

  void routes(@Observes Router router, SharedMemory memory) {
    var infer = new InferHandler(models, exchange, memory);
    router.route().order(FIRST).handler(this::begin);
    router.route().order(FIRST + 1).handler(new InferRoute(infer));
    router.get("/v2").handler(metadata::server);
    router.get("/v2/").handler(metadata::server);
    router.get("/v2/health/live").handler(metadata::live);
    router.get("/v2/health/ready").handler(metadata::ready);
    for (var model : new String[] {"/v2/models/:model", "/v2/models/:model/versions/:version"}) {
      router.get(model).handler(metadata::model);
      router.get(model + "/ready").handler(metadata::modelReady);
      router.get(model + "/config").handler(metadata::configuration);
      router.get(model + "/stats").handler(metadata::statistics);
      router.post(model + "/infer").handler(infer);
    }
    router.get("/v2/models/stats").order(FIRST + 2).handler(metadata::statistics);
    router.post("/v2/repository/index").handler(metadata::index);
    if (memory instanceof Regions regions) {
      var registrations = new BodyReader(SharedMemoryHandlers.LARGEST, bodyMemory);
      new SharedMemoryHandlers(regions, registrations).addTo(router);
    }
    router.postWithRegex(PredictHandler.PATH).handler(predict);
    tasks.addTo(router);
    router.get(TaskRoutes.path(Task.VOICE_ACTIVITY_DETECTION)).handler(voice);
    router.get("/openapi.json").handler(openApi);
    WebPage.addTo(router);
    router.route().last().handler(PublicApi::unknown);
  }

  /** While the pod leaves, each answer asks its client to come back by another connection. */
  private void begin(RoutingContext context) {
    journal.begin(context);
    if (drain.leaving()) {
      context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    context.next();
  }

  private static void unknown(RoutingContext context) {
    Replies.error(
        context,
        new RequestException(
            404,
            "there is no %s %s here; see GET /v2"
                .formatted(context.request().method(), context.normalizedPath())));
  }
}
