package io.modelservice.runtime.task.audio;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.engine.Cancel;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.engine.Output;
import io.modelservice.runtime.engine.Workspace;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.task.TaskModel;
import io.modelservice.runtime.tensor.Datatype;
import io.modelservice.runtime.tensor.Shapes;
import io.modelservice.runtime.tensor.Signature;
import java.util.ArrayList;
import java.util.List;

/**
 * The task voice-activity-detection: a WAV file in, the segments with speech out, by a model with
 * the inputs and outputs of Silero VAD: {@code input} FP32 [batch, samples], {@code state} FP32 [2,
 * batch, width] and {@code sr} INT64 to {@code output} FP32 [batch, 1] and {@code stateN}. The
 * model sees one window after the other, each with the end of the one before it, and its state goes
 * on from window to window of one request.
 */
public final class VoiceDetector implements TaskModel {
  private static final int HIGH_RATE = 16_000;
  private static final int LOW_RATE = 8_000;
  private static final int WINDOW_MILLIS = 32;
  private static final int CONTEXT_MILLIS = 4;
  private static final int WARM_UPS = 3;

  private final Signature signature;
  private final List<Long> state;

  /**
   * Speech.
   *
   * @param start seconds from the beginning of the sound
   * @param end seconds
   */
  public record Segment(double start, double end) {}

  /**
   * The answer.
   *
   * @param probabilities of speech in each window, the last one filled up with silence
   * @param window seconds
   */
  public record Voice(List<Segment> segments, List<Float> probabilities, double window) {}

  private VoiceDetector(Signature signature, List<Long> state) {
    this.signature = signature;
    this.state = state;
  }

  /**
   * The detector for a model.
   *
   * @throws EngineException if the model's inputs and outputs are not those of the task
   */
  public static VoiceDetector of(Signature signature) throws EngineException {
    var input = signature.inputIndex("input");
    var state = signature.inputIndex("state");
    if (signature.inputs().size() != 3
        || input < 0
        || state < 0
        || signature.inputIndex("sr") < 0
        || signature.outputIndex("output") < 0
        || signature.outputIndex("stateN") < 0
        || signature.inputs().get(input).datatype() != Datatype.FP32
        || signature.inputs().get(state).shape().size() != 3) {
      throw new EngineException(
          Reason.TaskUnsupported,
          "the task voice-activity-detection needs the inputs input, state and sr and the outputs"
              + " output and stateN of Silero VAD, version 5 or later");
    }
    var width = signature.inputs().get(state).shape().getLast();
    return new VoiceDetector(signature, List.of(2L, 1L, width));
  }

  @Override
  public void warmUp(Workspace workspace) throws EngineException {
    var window = HIGH_RATE / 1000 * WINDOW_MILLIS;
    probabilities(new Silence(HIGH_RATE, window * WARM_UPS), workspace, new Cancel());
  }

  /**
   * Finds speech.
   *
   * @param wav PCM of 16 bits or float, mono or stereo; a rate other than 8 or 16 kHz is converted
   *     to 16 kHz
   * @param length bytes of it
   * @throws RequestException if it is no such file
   */
  public Voice detect(byte[] wav, int length, Workspace workspace, Cancel cancel)
      throws RequestException, EngineException {
    var file = WavFile.read(wav, length);
    var sound = file.rate() == LOW_RATE ? file : SampleRates.at(HIGH_RATE, file);
    var probabilities = probabilities(sound, workspace, cancel);
    var window = samples(sound, WINDOW_MILLIS);
    var segments = new ArrayList<Segment>();
    for (var found : new SpeechSegments(window, sound.rate(), sound.length()).of(probabilities)) {
      segments.add(new Segment(seconds(found.from(), sound), seconds(found.to(), sound)));
    }
    return new Voice(segments, probabilities, seconds(window, sound));
  }

  private static int samples(Sound sound, int millis) {
    return sound.rate() / 1000 * millis;
  }

  private static double seconds(long samples, Sound sound) {
    return (double) samples / sound.rate();
  }

  private List<Float> probabilities(Sound sound, Workspace workspace, Cancel cancel)
      throws EngineException {
    var window = samples(sound, WINDOW_MILLIS);
    var probabilities = new ArrayList<Float>();
    var memory = newMemory(sound.rate());
    for (var from = 0L; from < sound.length(); from += window) {
      for (var i = 0; i < window; i++) {
        var at = (int) from + i;
        memory.window(i, at < sound.length() ? sound.at(at) : 0);
      }
      probabilities.add(probability(memory, workspace, cancel));
    }
    return probabilities;
  }

  /** What the model remembers at the begin of a sound. */
  VoiceMemory newMemory(int rate) {
    return new VoiceMemory(
        rate,
        rate / 1000 * CONTEXT_MILLIS,
        rate / 1000 * WINDOW_MILLIS,
        (int) Shapes.elements(state) * Float.BYTES);
  }

  /** The probability of speech in the window of a memory, which then is ready for the next. */
  float probability(VoiceMemory memory, Workspace workspace, Cancel cancel) throws EngineException {
    workspace
        .input(signature.inputIndex("input"), List.of(1L, (long) memory.samples().length))
        .asFloatBuffer()
        .put(memory.samples());
    workspace.input(signature.inputIndex("state"), state).put(memory.state());
    var rate = signature.inputIndex("sr");
    var ofRate = signature.inputs().get(rate).shape();
    var one = Shapes.elements(ofRate) == 1 ? ofRate : List.of(1L);
    workspace.input(rate, one).putLong(0, memory.rate());
    var wanted = List.of(signature.outputIndex("output"), signature.outputIndex("stateN"));
    var outputs = workspace.run(wanted, cancel);
    ((Output.Fixed) outputs.get(1)).data().get(memory.state());
    memory.next();
    return ((Output.Fixed) outputs.get(0)).data().getFloat(0);
  }

  /**
   * Begins to listen to a sound while it comes.
   *
   * @param rate samples a second: 8000 or 16000
   */
  public VoiceStream listen(int rate) {
    return new VoiceStream(this, rate);
  }
}
