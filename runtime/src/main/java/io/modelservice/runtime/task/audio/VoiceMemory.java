package io.modelservice.runtime.task.audio;

/** What a model of voice activity sees next, and what it remembers of the sound so far. */
final class VoiceMemory {
  private final int rate;
  private final int context;

  /** The end of the window before, then the window. */
  private final float[] samples;

  private final byte[] state;

  /**
   * Of a sound that begins, after silence.
   *
   * @param context samples of the window before that the model sees again
   * @param window samples of a window
   * @param state bytes
   */
  VoiceMemory(int rate, int context, int window, int state) {
    this.rate = rate;
    this.context = context;
    this.samples = new float[context + window];
    this.state = new byte[state];
  }

  int rate() {
    return rate;
  }

  /** Samples of a window. */
  int window() {
    return samples.length - context;
  }

  /** Sets one sample of the window, -1 to 1. */
  void window(int index, float sample) {
    samples[context + index] = sample;
  }

  float[] samples() {
    return samples;
  }

  byte[] state() {
    return state;
  }

  /** The window is over: its end is what the model sees again. */
  void next() {
    System.arraycopy(samples, samples.length - context, samples, 0, context);
  }
}
