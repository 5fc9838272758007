package io.modelservice.runtime.task.audio;

/**
 * A sound at another rate: each sample is a sum of its neighbours, weighted by a sinc under a Hann
 * window. The weights are symmetric, so no frequency is delayed against another.
 */
final class Resampled implements Sound {
  /** Zero crossings of the sinc on each side; more make the edge of the band steeper. */
  private static final int CROSSINGS = 24;

  /** Of the band that both rates have: what is above is left to the edge. */
  private static final double BAND = 0.945;

  private final Sound sound;
  private final int rate;
  private final int up;
  private final int down;
  private final int reach;
  private final float[][] weights;

  /**
   * A sound at another rate.
   *
   * @param rate samples a second
   */
  Resampled(Sound sound, int rate) {
    this.sound = sound;
    this.rate = rate;
    var common = gcd(sound.rate(), rate);
    up = rate / common;
    down = sound.rate() / common;
    var cutoff = BAND * Math.min(1, (double) up / down);
    reach = (int) Math.ceil(CROSSINGS / cutoff);
    weights = new float[up][];
    for (var phase = 0; phase < up; phase++) {
      weights[phase] = weights((double) phase / up, cutoff);
    }
  }

  private static int gcd(int one, int other) {
    return other == 0 ? one : gcd(other, one % other);
  }

  /**
   * Of the neighbours from -reach + 1 to reach of a place between two samples; they add up to 1.
   */
  private float[] weights(double place, double cutoff) {
    var values = new double[2 * reach];
    var sum = 0.0;
    for (var i = 0; i < values.length; i++) {
      var distance = i - reach + 1 - place;
      values[i] = sinc(cutoff * distance) * hann(distance / reach);
      sum += values[i];
    }
    var scaled = new float[values.length];
    for (var i = 0; i < values.length; i++) {
      scaled[i] = (float) (values[i] / sum);
    }
    return scaled;
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  }

  private static double hann(double x) {
    return Math.abs(x) >= 1 ? 0 : 0.5 + 0.5 * Math.cos(Math.PI * x);
  }

  @Override
  public int rate() {
    return rate;
  }

  @Override
  public int length() {
    return (int) ((long) sound.length() * up / down);
  }

  @Override
  public float at(int index) {
    var place = (long) index * down;
    var base = (int) (place / up) - reach + 1;
    var taps = weights[(int) (place % up)];
    var from = Math.max(0, -base);
    var to = Math.min(taps.length, sound.length() - base);
    var sum = 0f;
    for (var i = from; i < to; i++) {
      sum += taps[i] * sound.at(base + i);
    }
    return sum;
  }
}
