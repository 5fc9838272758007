package io.modelservice.e2e.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A private registry, which pods reach as the Service {@code registry} of a namespace. */
public final class Registry implements ModelStore {
  private static final String USER = "roaster";
  private static final String PASSWORD = "e2eSecretOfTheRegistry";
  private static final String WRONG = "e2eSecretOfSomebody";

  /** Of {@link #PASSWORD}, by bcrypt. */
  private static final String HASH = "$2y$05$abcdefghijklmnopqrstuuBemZki0bT5szCRj.wE/i9yRO6PIg0Nu";

  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

  private final int port = HostProgram.freePort();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Space space;
  private final HostProgram registry;

  public Registry(Space space) throws IOException {
    this.space = space;
    var folder = Files.createTempDirectory("registry");
    registry =
        HostProgram.start(
            space.cluster().settings().log("registry"),
            port,
            List.of("registry", "serve", configuration(folder).toString()),
            Map.of("OTEL_TRACES_EXPORTER", "none"));
    expose();
  }

  private Path configuration(Path folder) throws IOException {
    var users = Files.writeString(folder.resolve("htpasswd"), USER + ":" + HASH + "\n");
    return Files.writeString(
        folder.resolve("config.yml"),
        """
        version: 0.1
        log: {level: warn}
        storage: {filesystem: {rootdirectory: %s}}
        http: {addr: "%s:%d"}
        auth: {htpasswd: {realm: models, path: %s}}
        """
            .formatted(folder.resolve("data"), HostProgram.HOST, port, users));
  }

  private void expose() {
    var cluster = space.client();
    cluster
        .resource(
            new ServiceBuilder()
                .withNewMetadata()
                .withName("registry")
                .withNamespace(space.name())
                .endMetadata()
                .withNewSpec()
                .addNewPort()
                .withPort(port)
                .endPort()
                .endSpec()
                .build())
        .create();
    cluster
        .resource(
            new EndpointsBuilder()
                .withNewMetadata()
                .withName("registry")
                .withNamespace(space.name())
                .endMetadata()
                .addNewSubset()
                .addNewAddress()
                .withIp(HostProgram.HOST)
                .endAddress()
                .addNewPort()
                .withPort(port)
                .endPort()
                .endSubset()
                .build())
        .create();
  }

  /** As {@code oras push} does it. */
  @Override
  public void put(String folder, Path file) throws IOException {
    var model = Files.readAllBytes(file);
    var nothing = "{}".getBytes(UTF_8);
    upload(folder, nothing);
    upload(folder, model);
    var manifest =
        """
        {"schemaVersion": 2, "mediaType": "%s", "artifactType": "application/onnx",
         "config": {"mediaType": "application/vnd.oci.empty.v1+json", "digest": "%s", "size": 2},
         "layers": [{"mediaType": "application/octet-stream", "digest": "%s", "size": %d,
                     "annotations": {"org.opencontainers.image.title": "model.onnx"}}]}
        """
            .formatted(MANIFEST, digest(nothing), digest(model), model.length);
    send(
        HttpRequest.newBuilder(uri(folder, "manifests/latest"))
            .header("Content-Type", MANIFEST)
            .PUT(BodyPublishers.ofString(manifest)));
  }

  private void upload(String repository, byte[] blob) {
    var begun =
        send(
            HttpRequest.newBuilder(uri(repository, "blobs/uploads/"))
                .POST(BodyPublishers.noBody()));
    var place = uri(repository, "blobs/uploads/").resolve(begun);
    var query = (place.getQuery() == null ? "?" : "&") + "digest=" + digest(blob);
    send(
        HttpRequest.newBuilder(URI.create(place + query))
            .header("Content-Type", "application/octet-stream")
            .PUT(BodyPublishers.ofByteArray(blob)));
  }

  /** The answer's {@code Location}; it must be a success. */
  private String send(HttpRequest.Builder request) {
    var login = Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(UTF_8));
    var answer = Uploads.send(client, request.header("Authorization", "Basic " + login).build());
    if (answer.statusCode() / 100 != 2) {
      throw new AssertionError(
          "the registry answers with %d: %s".formatted(answer.statusCode(), answer.body()));
    }
    return answer.headers().firstValue("Location").orElse("");
  }

  private URI uri(String repository, String rest) {
    return URI.create("http://%s:%d/v2/%s/%s".formatted(HostProgram.HOST, port, repository, rest));
  }

  private static String digest(byte[] content) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(content);
      return "sha256:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  @Override
  public String uri(String folder) {
    return "oci://%s/%s:latest".formatted(host(), folder);
  }

  private String host() {
    return "registry.%s.svc:%d".formatted(space.name(), port);
  }

  @Override
  public Map<String, String> keys() {
    return login(PASSWORD);
  }

  @Override
  public Map<String, String> wrongKeys() {
    return login(WRONG);
  }

  private Map<String, String> login(String password) {
    return Map.of(
        ".dockerconfigjson",
        "{\"auths\": {\"%s\": {\"username\": \"%s\", \"password\": \"%s\"}}}"
            .formatted(host(), USER, password));
  }

  @Override
  public String wrongSecret() {
    return WRONG;
  }

  @Override
  public void close() {
    client.close();
    registry.close();
  }
}
