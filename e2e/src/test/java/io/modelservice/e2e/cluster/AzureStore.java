package io.modelservice.e2e.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A storage account of Azurite with one container. */
public final class AzureStore implements ModelStore {
  private static final String ACCOUNT = "roastery";
  private static final String KEY = key("e2e key of the account");
  private static final String WRONG = key("another key of somebody");

  private final int port = HostProgram.freePort();
  private final HostProgram azurite;
  private final BlobContainerClient container;

  public AzureStore(Settings settings) {
    azurite =
        HostProgram.start(
            settings.log("azurite"),
            port,
            List.of(
                "azurite-blob",
                "--blobHost",
                HostProgram.HOST,
                "--blobPort",
                Integer.toString(port),
                "--inMemoryPersistence",
                "--skipApiVersionCheck",
                "--disableTelemetry"),
            Map.of("AZURITE_ACCOUNTS", ACCOUNT + ":" + KEY));
    container =
        new BlobContainerClientBuilder()
            .httpClient(new JdkHttpClientBuilder().build())
            .connectionString(connection(KEY))
            .containerName("models")
            .buildClient();
    container.create();
  }

  private static String key(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private String connection(String key) {
    return "AccountName=%s;AccountKey=%s;DefaultEndpointsProtocol=http;BlobEndpoint=http://%s:%d/%s"
        .formatted(ACCOUNT, key, HostProgram.HOST, port, ACCOUNT);
  }

  @Override
  public void put(String folder, Path model) {
    container.getBlobClient(folder + "/model.onnx").upload(BinaryData.fromFile(model), true);
  }

  @Override
  public String uri(String folder) {
    return "az://models/" + folder;
  }

  @Override
  public Map<String, String> keys() {
    return Map.of("AZURE_STORAGE_CONNECTION_STRING", connection(KEY));
  }

  @Override
  public Map<String, String> wrongKeys() {
    return Map.of("AZURE_STORAGE_CONNECTION_STRING", connection(WRONG));
  }

  @Override
  public String wrongSecret() {
    return WRONG;
  }

  @Override
  public void close() {
    azurite.close();
  }
}
