package io.modelservice.runtime.task.audio;

import static io.modelservice.runtime.protocol.RequestException.bad;

import io.modelservice.runtime.protocol.RequestException;
import java.util.Set;

/** Brings a sound to a rate that a model takes. */
final class SampleRates {
  /** The rates that devices and files have; each has few phases against 16 kHz. */
  private static final Set<Integer> COMMON =
      Set.of(8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 88_200, 96_000);

  private SampleRates() {}

  /** The sound at a rate; itself if it has that rate. */
  static Sound at(int rate, Sound sound) throws RequestException {
    if (sound.rate() == rate) {
      return sound;
    }
    if (!COMMON.contains(sound.rate())) {
      throw bad("the sound has a rate of %d Hz: send one at %d Hz", sound.rate(), rate);
    }
    return new Resampled(sound, rate);
  }
}
