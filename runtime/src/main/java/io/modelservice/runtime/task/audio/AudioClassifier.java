package io.modelservice.runtime.task.audio;

import static io.modelservice.runtime.protocol.RequestException.bad;

import io.modelservice.crds.contract.Reason;
import io.modelservice.runtime.engine.Cancel;
import io.modelservice.runtime.engine.EngineException;
import io.modelservice.runtime.engine.Output;
import io.modelservice.runtime.engine.Workspace;
import io.modelservice.runtime.protocol.RequestException;
import io.modelservice.runtime.task.ArtifactJson;
import io.modelservice.runtime.task.Labels;
import io.modelservice.runtime.task.Probabilities;
import io.modelservice.runtime.task.Score;
import io.modelservice.runtime.task.TaskModel;
import io.modelservice.runtime.tensor.Datatype;
import io.modelservice.runtime.tensor.Signature;
import io.modelservice.runtime.tensor.TensorSpec;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The task audio-classification: a WAV file in, the five best labels out, by a model that takes the
 * samples themselves, FP32 [batch, samples], as those of the Wav2Vec2 family do. {@code
 * preprocessor_config.json} says their rate and whether they are brought to a mean of 0 and a
 * variance of 1.
 */
public final class AudioClassifier implements TaskModel {
  private static final String FILE = "preprocessor_config.json";
  private static final int TOP = 5;
  private static final int LONGEST_SECONDS = 60;

  /** Keeps silence from being divided by zero; the value is that of Hugging Face's extractor. */
  private static final double LEAST_VARIANCE = 1e-7;

  private final int rate;
  private final boolean normalized;
  private final List<String> labels;

  private AudioClassifier(int rate, boolean normalized, List<String> labels) {
    this.rate = rate;
    this.normalized = normalized;
    this.labels = labels;
  }

  /**
   * The classifier for a model.
   *
   * @param folder of the artifact
   * @throws EngineException if labels or preprocessor are missing, or the model's inputs and
   *     outputs are not those of the task
   */
  public static AudioClassifier of(Path folder, Signature signature) throws EngineException {
    var labels = Labels.read(folder);
    var config = ArtifactJson.read(folder, FILE);
    var rate = config.path("sampling_rate").asInt();
    if (rate < 8_000 || rate > 48_000) {
      throw new EngineException(
          Reason.ArtifactInvalid,
          "the task audio-classification needs a sampling_rate of 8000 to 48000 in " + FILE);
    }
    check(signature.inputs().getFirst(), signature.inputs().size());
    var output = signature.outputs().getFirst();
    check(output, 1);
    Labels.require(labels, output.shape().get(1));
    return new AudioClassifier(rate, config.path("do_normalize").asBoolean(true), labels);
  }

  private static void check(TensorSpec spec, int count) throws EngineException {
    if (count != 1 || spec.datatype() != Datatype.FP32 || spec.shape().size() != 2) {
      throw new EngineException(
          Reason.TaskUnsupported,
          ("the task audio-classification needs one input FP32 [batch, samples] and an output FP32"
                  + " [batch, classes], '%s' is %s %s")
              .formatted(spec.name(), spec.datatype(), spec.shape()));
    }
  }

  @Override
  public List<String> labels() {
    return labels;
  }

  @Override
  public void warmUp(Workspace workspace) throws EngineException {
    for (var run = 0; run < 2; run++) {
      classify(new Silence(rate, rate), workspace, new Cancel());
    }
  }

  /**
   * Classifies a sound.
   *
   * @param wav PCM of 16 bits or float, mono or stereo, of any usual rate; at most 60 seconds
   * @param length bytes of it
   * @return at most 5 labels, the best first
   * @throws RequestException if it is no such file
   */
  public List<Score> classify(byte[] wav, int length, Workspace workspace, Cancel cancel)
      throws RequestException, EngineException {
    var file = WavFile.read(wav, length);
    if (file.length() > (long) file.rate() * LONGEST_SECONDS) {
      throw bad("the sound is longer than %d seconds: send a part of it", LONGEST_SECONDS);
    }
    return classify(SampleRates.at(rate, file), workspace, cancel);
  }

  private List<Score> classify(Sound sound, Workspace workspace, Cancel cancel)
      throws EngineException {
    var samples = samples(sound);
    workspace.input(0, List.of(1L, (long) samples.length)).asFloatBuffer().put(samples);
    var output = (Output.Fixed) workspace.run(List.of(0), cancel).getFirst();
    var logits = new float[output.data().remaining() / Float.BYTES];
    output.data().asFloatBuffer().get(logits);
    Labels.require(labels, logits.length);
    var scores = Probabilities.softmax(logits);
    return IntStream.range(0, scores.length)
        .mapToObj(i -> new Score(labels.get(i), scores[i]))
        .sorted(Comparator.comparingDouble((Score score) -> score.score()).reversed())
        .limit(TOP)
        .toList();
  }

  private float[] samples(Sound sound) {
    var samples = new float[sound.length()];
    var sum = 0.0;
    var squares = 0.0;
    for (var i = 0; i < samples.length; i++) {
      samples[i] = sound.at(i);
      sum += samples[i];
      squares += (double) samples[i] * samples[i];
    }
    if (normalized) {
      var mean = sum / samples.length;
      var deviation = Math.sqrt(squares / samples.length - mean * mean + LEAST_VARIANCE);
      for (var i = 0; i < samples.length; i++) {
        samples[i] = (float) ((samples[i] - mean) / deviation);
      }
    }
    return samples;
  }
}
