package io.modelservice.runtime.task;

import java.util.Arrays;
import java.util.Optional;

/**
 * Pillow's filters by Hugging Face's numbers. Resizing is separable convolution whose support grows
 * with the ratio when the image shrinks (antialiasing), first along rows, then along columns, with
 * 8-bit values between the two and coefficients of 22 bits: the arithmetic of Pillow's {@code
 * Image.resize}, so that a model sees the pixels it was trained on.
 */
enum Resampling {
  NEAREST(0, 0),
  LANCZOS(1, 3),
  BILINEAR(2, 1),
  BICUBIC(3, 2),
  BOX(4, 0.5),
  HAMMING(5, 1);

  private static final int BITS = 22;

  private final int number;
  private final double support;

  Resampling(int number, double support) {
    this.number = number;
    this.support = support;
  }

  /** The filter that {@code preprocessor_config.json} names by {@code resample}. */
  static Optional<Resampling> of(int number) {
    return Arrays.stream(values()).filter(filter -> filter.number == number).findFirst();
  }

  /** A new image of the given size, at least 1 x 1. */
  Pixels resize(Pixels image, int width, int height) {
    if (this == NEAREST) {
      return nearest(image, width, height);
    }
    var narrow = width == image.width() ? image : rows(image, width);
    return height == narrow.height() ? narrow : columns(narrow, height);
  }

  private static Pixels nearest(Pixels image, int width, int height) {
    var out = new byte[width * height * Pixels.CHANNELS];
    var scaleX = (double) image.width() / width;
    var scaleY = (double) image.height() / height;
    for (var y = 0; y < height; y++) {
      var fromY = (int) ((y + 0.5) * scaleY);
      for (var x = 0; x < width; x++) {
        var from = (fromY * image.width() + (int) ((x + 0.5) * scaleX)) * Pixels.CHANNELS;
        System.arraycopy(
            image.rgb(), from, out, (y * width + x) * Pixels.CHANNELS, Pixels.CHANNELS);
      }
    }
    return new Pixels(width, height, out);
  }

  private Pixels rows(Pixels image, int width) {
    var windows = windows(image.width(), width);
    var out = new byte[width * image.height() * Pixels.CHANNELS];
    for (var y = 0; y < image.height(); y++) {
      var row = y * image.width() * Pixels.CHANNELS;
      for (var x = 0; x < width; x++) {
        var at = (y * width + x) * Pixels.CHANNELS;
        var from = row + windows[x].first() * Pixels.CHANNELS;
        windows[x].apply(image.rgb(), from, Pixels.CHANNELS, out, at);
      }
    }
    return new Pixels(width, image.height(), out);
  }

  private Pixels columns(Pixels image, int height) {
    var windows = windows(image.height(), height);
    var stride = image.width() * Pixels.CHANNELS;
    var out = new byte[stride * height];
    for (var y = 0; y < height; y++) {
      for (var x = 0; x < stride; x += Pixels.CHANNELS) {
        windows[y].apply(image.rgb(), windows[y].first() * stride + x, stride, out, y * stride + x);
      }
    }
    return new Pixels(image.width(), height, out);
  }

  /** The source pixels of one target pixel and their weights. */
  private static final class Window {
    private final int first;
    private final int[] weights;

    Window(int first, int[] weights) {
      this.first = first;
      this.weights = weights;
    }

    int first() {
      return first;
    }

    void apply(byte[] in, int from, int step, byte[] out, int to) {
      for (var channel = 0; channel < Pixels.CHANNELS; channel++) {
        var sum = 1 << (BITS - 1); // rounds
        var at = from + channel;
        for (var weight : weights) {
          sum += (in[at] & 0xFF) * weight;
          at += step;
        }
        out[to + channel] = (byte) Math.clamp(sum >> BITS, 0, 255);
      }
    }
  }

  private Window[] windows(int in, int out) {
    var scale = (double) in / out;
    var stretch = Math.max(1, scale);
    var reach = support * stretch;
    var windows = new Window[out];
    for (var i = 0; i < out; i++) {
      var center = (i + 0.5) * scale;
      var first = Math.max(0, (int) (center - reach + 0.5));
      var end = Math.min(in, (int) (center + reach + 0.5));
      windows[i] = new Window(first, weights(first - center + 0.5, end - first, stretch));
    }
    return windows;
  }

  private int[] weights(double offset, int count, double stretch) {
    var exact = new double[count];
    var sum = 0.0;
    for (var i = 0; i < count; i++) {
      exact[i] = filter((i + offset) / stretch);
      sum += exact[i];
    }
    var weights = new int[count];
    for (var i = 0; i < count; i++) {
      var scaled = (sum == 0 ? exact[i] : exact[i] / sum) * (1 << BITS);
      weights[i] = (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
    }
    return weights;
  }

  private double filter(double x) {
    return switch (this) {
      case NEAREST -> 0;
      case LANCZOS -> lanczos(x);
      case BILINEAR -> Math.max(0, 1 - Math.abs(x));
      case BICUBIC -> cubic(x);
      case BOX -> x > -0.5 && x <= 0.5 ? 1 : 0;
      case HAMMING -> hamming(x);
    };
  }

  private static double cubic(double signed) {
    var a = -0.5;
    var x = Math.abs(signed);
    if (x < 1) {
      return ((a + 2) * x - (a + 3)) * x * x + 1;
    }
    return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
  }

  private static double lanczos(double x) {
    return x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0;
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
  }

  private static double hamming(double signed) {
    var x = Math.abs(signed);
    if (x == 0) {
      return 1;
    }
    return x >= 1 ? 0 : sinc(x) * (0.54 + 0.46 * Math.cos(x * Math.PI));
  }
}
