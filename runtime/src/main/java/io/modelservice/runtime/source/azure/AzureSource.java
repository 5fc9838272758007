package io.modelservice.runtime.source.azure;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.options.BlobInputStreamOptions;
import io.modelservice.runtime.source.Body;
import io.modelservice.runtime.source.Credentials;
import io.modelservice.runtime.source.FetchException;
import io.modelservice.runtime.source.ObjectPlace;
import io.modelservice.runtime.source.ObjectPlace.Listed;
import io.modelservice.runtime.source.RemoteFile;
import io.modelservice.runtime.source.Source;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** A folder of an Azure container, {@code az://container/folder}, or one ONNX file in it. */
public final class AzureSource implements Source {
  /** Bytes of one request; a stream of this client holds so much memory. */
  private static final int BLOCK = 8 << 20;

  private final BlobContainerClient container;
  private final ObjectPlace place;
  private final AzureErrors errors;

  private AzureSource(BlobContainerClient container, ObjectPlace place, AzureErrors errors) {
    this.container = container;
    this.place = place;
    this.errors = errors;
  }

  public static AzureSource open(URI uri, Credentials credentials) throws FetchException {
    var keys = AzureKeys.of(credentials);
    var client = AzureClients.create(keys, String.valueOf(uri.getAuthority()));
    var place = ObjectPlace.of(uri, URI.create(client.getAccountUrl()).getAuthority());
    return new AzureSource(client, place, new AzureErrors(place, keys.stranger()));
  }

  @Override
  public List<RemoteFile> list() throws FetchException {
    try {
      return place.oneFile() ? List.of(single()) : folder();
    } catch (RuntimeException e) {
      throw errors.toFetchException(e, place.key());
    }
  }

  private RemoteFile single() {
    var blob = container.getBlobClient(place.key()).getProperties();
    return new RemoteFile(MODEL, place.key(), blob.getBlobSize(), unquoted(blob.getETag()));
  }

  private List<RemoteFile> folder() throws FetchException {
    var options = new ListBlobsOptions().setPrefix(place.prefix());
    var blobs = container.listBlobs(options, null);
    return place.artifact(blobs.stream().map(AzureSource::listed).iterator());
  }

  private static Listed listed(BlobItem blob) {
    var properties = blob.getProperties();
    return new Listed(
        blob.getName(), properties.getContentLength(), unquoted(properties.getETag()));
  }

  @Override
  public Body open(RemoteFile file, long from) throws FetchException, IOException {
    var options = new BlobInputStreamOptions().setBlockSize(BLOCK).setRange(new BlobRange(from));
    if (file.etag() != null) {
      options.setRequestConditions(
          new BlobRequestConditions().setIfMatch("\"" + file.etag() + "\""));
    }
    try {
      return new Body(container.getBlobClient(file.locator()).openInputStream(options), from);
    } catch (RuntimeException e) {
      throw errors.toFetchException(e, file.locator());
    }
  }

  private static String unquoted(String etag) {
    return etag.replace("\"", "");
  }

  @Override
  public String place() {
    return place.toString();
  }
}
