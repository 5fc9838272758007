package io.modelservice.runtime.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.source.FetchException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Artifacts come from a registry, as {@code oras push} puts them there. */
class OciSourceTest {
  private static final String TAR = "application/vnd.oci.image.layer.v1.tar";
  private static final OciLayer MODEL = OciLayer.file("model.onnx", "0123456789");
  private static final OciLayer NEXT = OciLayer.file("model.onnx", "the next weights");

  private final OciRegistryServer registry = new OciRegistryServer();
  private final OciPod pod;
  private String digest = "";

  OciSourceTest(@TempDir Path folder) {
    pod = new OciPod(folder, registry);
  }

  @BeforeEach
  void push() {
    digest = registry.push("v1", MODEL, OciLayer.file("1_Pooling/config.json", "{}"));
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void theLayersOfATagAreTheFiles() throws Exception {
    var artifact = pod.fetch("v1");
    assertThat(artifact.files().stream().map(HashedFile::path))
        .containsExactly("1_Pooling/config.json", "model.onnx");
    assertThat(artifact.model()).hasContent("0123456789");
    assertThat(artifact.pin().commit()).isEqualTo(digest);
  }

  @Test
  void withoutATagItIsTheLatest() throws Exception {
    registry.push("latest", NEXT);
    var uri = "oci://" + registry.registry() + "/acme/espresso";
    assertThat(pod.fetch(Entries.of(uri, null), pod.disk()).model()).hasContent("the next weights");
  }

  @Test
  void aDigestNamesOneContentWhateverTheTag() throws Exception {
    registry.push("v1", NEXT);
    assertThat(pod.fetch(digest).model()).hasContent("0123456789");
    assertThat(pod.fetch("v1@" + digest).model()).hasContent("0123456789");
  }

  @Test
  void aPodThatComesLaterReadsTheManifestOfTheFirst() throws Exception {
    var first = pod.fetch("v1");
    registry.push("v1", NEXT);
    var later = pod.fetch(Entries.confirmed(registry.uri("v1"), first), pod.disk());
    assertThat(later.digest()).isEqualTo(first.digest());
    assertThat(later.pin()).isEqualTo(first.pin());
    assertThat(pod.fetch("v1").model()).hasContent("the next weights");
  }

  @Test
  void ofAnIndexTheManifestWithoutAPlatformIsRead() throws Exception {
    registry.pushManifest("both", index("", ", \"platform\": {\"os\": \"linux\"}"));
    assertThat(pod.fetch("both").pin().commit()).isEqualTo(digest);
    registry.pushManifest("only", index(", \"platform\": {\"os\": \"linux\"}"));
    assertThat(pod.fetch("only").pin().commit()).isEqualTo(digest);
  }

  @Test
  void anIndexOfManyManifestsAsksForOne() {
    registry.pushManifest("many", index("", ""));
    pod.assertRefused("many", Reason.ArtifactInvalid, "is an index of 2 manifests: name one");
  }

  @Test
  void anOnlyLayerWithoutANameOrOfAnOnnxFileIsTheModel() throws Exception {
    registry.push("bare", OciLayer.untitled("application/onnx", "bare weights"));
    assertThat(pod.fetch("bare").model()).hasContent("bare weights");
    registry.push("named", OciLayer.file("espresso.onnx", "named weights"));
    assertThat(pod.fetch("named").model()).hasContent("named weights");
  }

  @Test
  void aBlobThatIsCutCostsOnlyItsRest() throws Exception {
    var store = pod.disk();
    registry.other().cut("/" + MODEL.digest(), 4);
    var entry = Entries.of(registry.uri("v1"), null);
    assertThatThrownBy(() -> pod.fetch(entry, store)).isInstanceOf(FetchException.class);

    assertThat(pod.fetch(entry, store).model()).hasContent("0123456789");
    assertThat(registry.other().requests())
        .last()
        .isEqualTo("GET /" + MODEL.digest() + " bytes=4-");
  }

  @Test
  void bytesOtherThanTheListedAreRefused() {
    registry.other().put("/" + MODEL.digest(), "01234X6789");
    pod.assertRefused("v1", Reason.StoreUnreachable, "'model.onnx'");
    pod.assertRefused("v1", Reason.StoreUnreachable, "came damaged");
  }

  @Test
  void aManifestOtherThanThatOfItsDigestIsRefused() {
    registry.promise("sha256:" + "0".repeat(64));
    pod.assertRefused("v1", Reason.StoreUnreachable, "manifest");
    registry.promise("");
    registry.damageManifest(digest, OciLayer.manifest(NEXT));
    pod.assertRefused(digest, Reason.StoreUnreachable, "came damaged: its SHA-256 is");
  }

  @Test
  void archivesAreNotUnpacked() {
    registry.push("image", OciLayer.untitled(TAR + "+gzip", "a layer of an image"));
    registry.push(
        "docker", OciLayer.untitled("application/vnd.docker.image.rootfs.diff.tar.gzip", "x"));
    registry.push("folder", MODEL, OciLayer.folder("golden"));
    for (var tag : new String[] {"image", "docker", "folder"}) {
      pod.assertRefused(tag, Reason.ArtifactInvalid, "push the files themselves with 'oras push'");
    }
  }

  @Test
  void whatIsNoModelIsRefused() {
    registry.pushManifest("other", "{\"schemaVersion\": 1, \"fsLayers\": []}");
    pod.assertRefused("other", Reason.ArtifactInvalid, "has no OCI image manifest");
    registry.push("text", OciLayer.file("README.md", "no model"));
    pod.assertRefused("text", Reason.ArtifactInvalid, "no model.onnx");
    registry.push("twice", MODEL, NEXT);
    pod.assertRefused("twice", Reason.ArtifactInvalid, "two files of one name");
    registry.push("nameless", MODEL, OciLayer.untitled("text/plain", "of what file?"));
    pod.assertRefused("nameless", Reason.ArtifactInvalid, "without the name of a file");
    registry.pushManifest("weak", OciLayer.manifest(MODEL).replace("sha256:", "md5:"));
    pod.assertRefused("weak", Reason.ArtifactInvalid, "without a SHA-256 digest");
  }

  @Test
  void aNameThatLeavesTheFolderIsRefused() {
    registry.push("evil", MODEL, OciLayer.file("../x", "stolen"));
    pod.assertRefused("evil", Reason.ArtifactInvalid, "leaves its folder");
  }

  @Test
  void whatIsMissingIsNamed() {
    pod.assertRefused("v9", Reason.ArtifactNotFound, "/acme/espresso:v9'");
    var absent = "oci://" + registry.registry() + "/acme/latte:v1";
    pod.assertRefused(Entries.of(absent, null), Reason.ArtifactNotFound, "'acme/latte'");
  }

  @Test
  void aRegistryThatIsBusyOrFailsIsAskedAgainLater() {
    registry.fail("/v2/", 429);
    pod.assertRefused("v1", Reason.StoreUnreachable, "status 429");
    registry.fail("/v2/", 503);
    pod.assertRefused("v1", Reason.StoreUnreachable, "status 503");
    registry.close();
    pod.assertRefused("v1", Reason.StoreUnreachable, "connection was refused");
  }

  @Test
  void aHostThatKeepsNoBlobIsNamed() {
    registry.other().answer("/" + MODEL.digest(), 403);
    pod.assertRefused("v1", Reason.StoreUnreachable, "where the registry keeps files");
  }

  @Test
  void whatIsNoRegistryIsNamed() {
    registry.damageManifest("v1", "<html>");
    pod.assertRefused("v1", Reason.StoreUnreachable, "is no registry");
  }

  private String index(String... platforms) {
    var entries = new StringBuilder();
    for (var platform : platforms) {
      entries.append(entries.isEmpty() ? "" : ",");
      entries.append("{\"digest\": \"%s\"%s}".formatted(digest, platform));
    }
    return "{\"schemaVersion\": 2, \"manifests\": [%s]}".formatted(entries);
  }
}
