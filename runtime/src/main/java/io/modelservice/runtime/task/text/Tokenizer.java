package io.modelservice.runtime.task.text;

import static io.modelservice.runtime.protocol.RequestException.bad;
import static java.nio.charset.StandardCharsets.UTF_8;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.protocol.RequestException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * Turns text into tokens as an artifact's {@code tokenizer.json} says, cut to a longest length. The
 * padding and the truncation that the file asks for are left aside: batches are padded to their own
 * longest row. Safe for use by several threads.
 */
final class Tokenizer implements AutoCloseable {
  static final String FILE = "tokenizer.json";

  /** A longer text would hold a lane for seconds, for tokens that are cut off. */
  private static final int MOST_CHARACTERS = 1_000_000;

  private static final String CUT = "LONGEST_FIRST";

  private final TokenizersLibrary library;
  private final long handle;

  private Tokenizer(TokenizersLibrary library, long handle) {
    this.library = library;
    this.handle = handle;
  }

  /**
   * Reads the file of an artifact.
   *
   * @param longest tokens of a row, special ones included; at least 8
   * @throws EngineException if it is missing or damaged
   */
  static Tokenizer read(Path folder, int longest) throws EngineException {
    String content;
    try {
      content = TokenizerFile.read(folder.resolve(FILE));
    } catch (JsonProcessingException e) {
      throw invalid(FILE + " in the artifact is not valid JSON: upload it again");
    } catch (IOException e) {
      throw invalid("tasks on text need a readable " + FILE + " in the artifact: add it");
    }
    var library = TokenizersNative.library();
    long handle;
    try {
      handle = library.createTokenizerFromString(content);
    } catch (RuntimeException e) {
      throw invalid(FILE + " in the artifact is not one of Hugging Face's tokenizers: export it");
    }
    library.disablePadding(handle);
    library.setTruncation(handle, longest, CUT, 0);
    return new Tokenizer(library, handle);
  }

  private static EngineException invalid(String message) {
    return new EngineException(Reason.ArtifactInvalid, message);
  }

  /**
   * The tokens of a text.
   *
   * @throws RequestException if it has more than 1,000,000 characters
   */
  Tokens encode(String text) throws RequestException {
    var safe = checked(text);
    return take(() -> library.encode(handle, safe, true));
  }

  /** The tokens of two texts as a pair; the longer is cut first. */
  Tokens encode(String first, String second) throws RequestException {
    var one = checked(first);
    var other = checked(second);
    return take(() -> library.encodeDual(handle, one, other, true));
  }

  private Tokens take(LongSupplier encode) throws RequestException {
    long encoding;
    try {
      encoding = encode.getAsLong();
    } catch (RuntimeException e) {
      throw bad("the model's " + FILE + " cannot make tokens of this text");
    }
    try {
      return new Tokens(library.getTokenIds(encoding), library.getTypeIds(encoding));
    } finally {
      library.deleteEncoding(encoding);
    }
  }

  /** Half a surrogate pair is no character: the library gets a question mark for it. */
  private static String checked(String text) throws RequestException {
    if (text.length() > MOST_CHARACTERS) {
      throw bad("a text has %d characters, more than %d", text.length(), MOST_CHARACTERS);
    }
    return new String(text.getBytes(UTF_8), UTF_8);
  }

  @Override
  public void close() {
    library.deleteTokenizer(handle);
  }
}
