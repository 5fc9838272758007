package io.modelservice.runtime.task;

/** An image of 8-bit RGB pixels, row by row, 3 bytes each. */
final class Pixels {
  static final int CHANNELS = 3;

  private final int width;
  private final int height;
  private final byte[] rgb;

  Pixels(int width, int height, byte[] rgb) {
    if (rgb.length != width * height * CHANNELS) {
      throw new IllegalArgumentException("the bytes do not fit " + width + " x " + height);
    }
    this.width = width;
    this.height = height;
    this.rgb = rgb;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  byte[] rgb() {
    return rgb;
  }

  /** The value of one channel, 0 to 255. */
  int at(int x, int y, int channel) {
    return rgb[(y * width + x) * CHANNELS + channel] & 0xFF;
  }

  /**
   * The middle part of the given size; black where it is larger than the image. Odd rests go to the
   * right and the bottom, as in Hugging Face's {@code center_crop}.
   */
  Pixels centerCrop(int wantedWidth, int wantedHeight) {
    var out = new byte[wantedWidth * wantedHeight * CHANNELS];
    var left = offset(width, wantedWidth);
    var top = offset(height, wantedHeight);
    for (var y = Math.max(0, -top); y < Math.min(wantedHeight, height - top); y++) {
      var from = Math.max(0, -left);
      var to = Math.min(wantedWidth, width - left);
      System.arraycopy(
          rgb,
          ((y + top) * width + from + left) * CHANNELS,
          out,
          (y * wantedWidth + from) * CHANNELS,
          (to - from) * CHANNELS);
    }
    return new Pixels(wantedWidth, wantedHeight, out);
  }

  private static int offset(int size, int wanted) {
    // when it must be padded, the library first centres the image with the larger rest on the left
    return size >= wanted ? (size - wanted) / 2 : -((wanted - size + 1) / 2);
  }
}
