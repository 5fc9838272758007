package io.modelservice.runtime.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.modelservice.runtime.task.audio.VoiceDetector.Voice;
import io.modelservice.runtime.task.audio.VoiceStream;
import java.io.IOException;

/** Speech in a sound as the bytes of an answer, in seconds. */
public final class VoiceAnswer {
  private VoiceAnswer() {}

  /** The segments alone. */
  public static byte[] segments(Voice voice) {
    return JsonAnswer.write(
        json -> {
          json.writeStartObject();
          segments(json, voice);
          json.writeEndObject();
        });
  }

  /** The segments, the probability of speech in each window, and how long a window is. */
  public static byte[] everything(Voice voice) {
    return JsonAnswer.write(
        json -> {
          json.writeStartObject();
          segments(json, voice);
          json.writeNumberField("window", voice.window());
          json.writeArrayFieldStart("probabilities");
          for (var probability : voice.probabilities()) {
            json.writeNumber(probability);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  /** One thing that was heard in a stream. */
  public static byte[] event(VoiceStream.Event event) {
    return JsonAnswer.write(
        json -> {
          json.writeStartObject();
          switch (event) {
            case VoiceStream.Began(var start) -> json.writeNumberField("start", start);
            case VoiceStream.Ended(var end) -> json.writeNumberField("end", end);
            case VoiceStream.Heard(var at, var probability) -> {
              json.writeNumberField("at", at);
              json.writeNumberField("probability", probability);
            }
          }
          json.writeEndObject();
        });
  }

  private static void segments(JsonGenerator json, Voice voice) throws IOException {
    json.writeArrayFieldStart("segments");
    for (var segment : voice.segments()) {
      json.writeStartObject();
      json.writeNumberField("start", segment.start());
      json.writeNumberField("end", segment.end());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
