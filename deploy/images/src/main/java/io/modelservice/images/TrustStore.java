package io.modelservice.images;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;

/**
 * Makes the trust store of the base image's Java from a folder of certificates. The one that jlink
 * copies is the building machine's, its local authorities included.
 */
public final class TrustStore {

  private TrustStore() {}

  /**
   * Reads the PEM files of the first argument, a folder, and writes the second, a PKCS #12 file.
   */
  public static void main(String[] arguments) throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    var x509 = CertificateFactory.getInstance("X.509");
    try (var certificates = Files.list(Path.of(arguments[0]))) {
      for (var certificate : certificates.sorted().toList()) {
        try (var in = Files.newInputStream(certificate)) {
          store.setCertificateEntry(
              certificate.getFileName().toString(), x509.generateCertificate(in));
        }
      }
    }
    try (var out = Files.newOutputStream(Path.of(arguments[1]))) {
      store.store(out, null);
    }
  }
}
