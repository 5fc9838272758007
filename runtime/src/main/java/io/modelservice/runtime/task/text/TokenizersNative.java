package io.modelservice.runtime.task.text;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.engine.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.jboss.logging.Logger;

/**
 * The native library of Hugging Face's tokenizers, brought in when the first task needs it. It is
 * called without the classes around it in its package, which report their use over the network.
 */
final class TokenizersNative {
  /** A system property: the folder of the library, where it need not be unpacked. */
  private static final String FOLDER = "tokenizers.native.path";

  private static final Logger LOG = Logger.getLogger(TokenizersNative.class);

  private TokenizersNative() {}

  /**
   * The library.
   *
   * @throws EngineException if this machine cannot load it
   */
  static TokenizersLibrary library() throws EngineException {
    try {
      return Loaded.LIBRARY;
    } catch (LinkageError e) {
      LOG.error("the native library of the tokenizers does not load", e);
      throw new EngineException(
          Reason.InternalError,
          "the native library of the tokenizers does not load: see the log of the pod");
    }
  }

  /** Loaded once, with this class. */
  private static final class Loaded {
    static final TokenizersLibrary LIBRARY = load();

    private static TokenizersLibrary load() {
      var name = System.mapLibraryName("tokenizers");
      var folder = System.getProperty(FOLDER);
      if (folder != null) {
        System.load(Path.of(folder, name).toString());
      } else {
        unpackAndLoad(name);
      }
      return TokenizersLibrary.LIB;
    }

    /** The file may go as soon as it is mapped. */
    private static void unpackAndLoad(String name) {
      var resource = "/native/lib/" + platform() + "/cpu/" + name;
      try (var in = TokenizersLibrary.class.getResourceAsStream(resource)) {
        if (in == null) {
          throw new UnsatisfiedLinkError("the tokenizers have no library for " + platform());
        }
        var file = Files.createTempFile("tokenizers", name);
        try {
          Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
          System.load(file.toString());
        } finally {
          Files.delete(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("the tokenizers cannot be unpacked", e);
      }
    }

    private static String platform() {
      var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
      var processor = System.getProperty("os.arch").equals("amd64") ? "x86_64" : "aarch64";
      return (system.startsWith("mac") ? "osx-" : "linux-") + processor;
    }
  }
}
