package io.modelservice.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;

/** What {@code src/test/models/voice.py} has written: sounds, and what is to be heard in them. */
public final class VoiceVectors {
  private static final int WAV_HEAD = 44;

  private VoiceVectors() {}

  /** All sounds with what is heard in each. */
  public static JsonNode sounds() throws IOException {
    var file = Path.of("src/test/vectors/voice.json");
    return new ObjectMapper().readTree(Files.readAllBytes(file)).get("sounds");
  }

  /** The WAV file of one of them. */
  public static byte[] wav(JsonNode sound) {
    return Base64.getDecoder().decode(sound.get("wav").asText());
  }

  /** The WAV file of the first: 16-bit PCM, one channel, 16 kHz. */
  public static byte[] wav() throws IOException {
    return wav(sounds().get(0));
  }

  /** The samples of the first. */
  public static byte[] pcm() throws IOException {
    var wav = wav();
    return Arrays.copyOfRange(wav, WAV_HEAD, wav.length);
  }
}
