package io.modelservice.runtime.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelservice.crds.contract.Reason;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A private repository is read with the account of a Secret for pulling images. */
class OciAccountTest {
  private final OciRegistryServer registry = new OciRegistryServer();
  private final OciPod pod;

  OciAccountTest(@TempDir Path folder) {
    pod = new OciPod(folder, registry);
  }

  @BeforeEach
  void push() {
    registry.push(
        "v1", OciLayer.file("model.onnx", "0123456789"), OciLayer.file("labels.txt", "a"));
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void aPrivateRepositoryIsReadByATokenThatTheAccountGets() throws Exception {
    registry.protect("barista", "pass:word");
    pod.account("barista", "pass:word");
    assertThat(pod.fetch("v1").model()).hasContent("0123456789");
    assertThat(registry.requests())
        .contains("GET /token?service=espresso&scope=repository%3Aacme%2Fespresso%3Apull");
  }

  @Test
  void aPublicRepositoryIsReadByATokenForStrangers() throws Exception {
    registry.askForTokens();
    assertThat(pod.fetch("v1").model()).hasContent("0123456789");
  }

  @Test
  void aTokenThatEndsIsRenewed() throws Exception {
    registry.protect("barista", "pass:word");
    pod.account("barista", "pass:word");
    try (var source = pod.sources().open(Entries.of(registry.uri("v1"), null))) {
      registry.forgetTokens();
      try (var body = source.open(source.list().getLast(), 0)) {
        assertThat(body.in()).hasContent("0123456789");
      }
    }
  }

  @Test
  void anIdentityTokenDoesForAPassword() throws Exception {
    registry.protect("barista", "pass:word");
    pod.secret("{\"auths\": {\"%s\": {\"identitytoken\": \"identity\"}}}");
    assertThat(pod.fetch("v1").model()).hasContent("0123456789");
  }

  @Test
  void aRegistryWithoutTokensGetsThePassword() throws Exception {
    registry.protectByPassword("barista", "pass:word");
    pod.account("barista", "pass:word");
    assertThat(pod.fetch("v1").model()).hasContent("0123456789");
  }

  @Test
  void theHostThatKeepsBlobsLearnsNothingOfTheAccount() throws Exception {
    registry.protect("barista", "pass:word");
    pod.account("barista", "pass:word");
    pod.fetch("v1");
    assertThat(registry.other().authorizations()).hasSize(2).containsOnly("null");
  }

  @Test
  void aWrongPasswordIsRefused() throws Exception {
    registry.protect("barista", "pass:word");
    pod.account("barista", "guess:ed");
    pod.assertRefused("v1", Reason.AccessDenied, "the account of .dockerconfigjson is not valid");
    registry.protectByPassword("barista", "pass:word");
    pod.assertRefused("v1", Reason.AccessDenied, "the account of .dockerconfigjson is not valid");
  }

  @Test
  void aStrangerIsToldWhereKeysGo() throws Exception {
    registry.protect("barista", "pass:word");
    pod.assertRefused("v1", Reason.CredentialsMissing, "a Secret whose .dockerconfigjson has");
    registry.protectByPassword("barista", "pass:word");
    pod.assertRefused("v1", Reason.CredentialsMissing, "a Secret whose .dockerconfigjson has");
    pod.secret("{\"auths\": {\"ghcr.io\": {}}}");
    pod.assertRefused("v1", Reason.CredentialsMissing, "a Secret whose .dockerconfigjson has");
  }

  @Test
  void keysThatCannotBeReadAreNamedButNotTold() throws Exception {
    pod.secret("pass:word");
    pod.assertRefused("v1", Reason.CredentialsMissing, "cannot be read");
    pod.secret("{\"auths\": {\"%s\": {\"auth\": \"pass:word\"}}}");
    pod.assertRefused("v1", Reason.CredentialsMissing, "cannot be read");
  }
}
