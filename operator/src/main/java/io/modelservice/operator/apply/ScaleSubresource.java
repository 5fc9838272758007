package io.modelservice.operator.apply;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.modelservice.operator.render.Names;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.CompletionException;

/**
 * Owns the number of pods: written only here, by its own field manager, so that applying a template
 * never resets it.
 */
@ApplicationScoped
public class ScaleSubresource {
  private static final String APPLY = "application/apply-patch+yaml";

  private final KubernetesClient client;

  ScaleSubresource(KubernetesClient client) {
    this.client = client;
  }

  /** Whether the number belongs to the scaler already. */
  static boolean ownedByScaler(Deployment deployment) {
    return deployment.getMetadata().getManagedFields().stream()
        .anyMatch(
            fields ->
                Names.SCALER.equals(fields.getManager())
                    && "scale".equals(fields.getSubresource()));
  }

  void ensure(Deployment deployment, int replicas) {
    if (ownedByScaler(deployment) && Objects.equals(deployment.getSpec().getReplicas(), replicas)) {
      return;
    }
    var name = deployment.getMetadata().getName();
    var namespace = deployment.getMetadata().getNamespace();
    var body =
        """
        {"apiVersion":"autoscaling/v1","kind":"Scale","metadata":{"name":"%s","namespace":"%s"},"spec":{"replicas":%d}}
        """
            .formatted(name, namespace, replicas);
    var path =
        "apis/apps/v1/namespaces/%s/deployments/%s/scale?fieldManager=%s&force=true"
            .formatted(namespace, name, Names.SCALER);
    check(patch(path, body));
  }

  private HttpResponse<String> patch(String path, String body) {
    var http = client.getHttpClient();
    var uri = URI.create(client.getConfiguration().getMasterUrl()).resolve("/" + path);
    var request = http.newHttpRequestBuilder().uri(uri).patch(APPLY, body).build();
    try {
      return http.sendAsync(request, String.class).join();
    } catch (CompletionException e) {
      throw new KubernetesClientException("cannot reach the scale of a Deployment", e);
    }
  }

  private static void check(HttpResponse<String> response) {
    if (!response.isSuccessful()) {
      throw new KubernetesClientException(
          "scale: " + response.code() + " " + response.message(), response.code(), null);
    }
  }
}
