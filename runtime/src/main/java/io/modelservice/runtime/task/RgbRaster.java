package io.modelservice.runtime.task;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** Takes the samples of a decoded image as they are; Java's own conversion would apply gamma. */
final class RgbRaster {
  private RgbRaster() {}

  static Pixels convert(BufferedImage image) {
    var width = image.getWidth();
    var rgb = new byte[width * image.getHeight() * Pixels.CHANNELS];
    var raster = image.getRaster();
    var row = new int[width * raster.getNumBands()];
    for (var y = 0; y < image.getHeight(); y++) {
      raster.getPixels(0, y, width, 1, row);
      var at = y * width * Pixels.CHANNELS;
      if (image.getColorModel() instanceof IndexColorModel palette) {
        lookUp(palette, row, rgb, at);
      } else {
        copy(raster, row, rgb, at);
      }
    }
    return new Pixels(width, image.getHeight(), rgb);
  }

  private static void lookUp(IndexColorModel palette, int[] row, byte[] rgb, int from) {
    var at = from;
    for (var index : row) {
      rgb[at++] = (byte) palette.getRed(index);
      rgb[at++] = (byte) palette.getGreen(index);
      rgb[at++] = (byte) palette.getBlue(index);
    }
  }

  private static void copy(Raster raster, int[] row, byte[] rgb, int from) {
    var bands = raster.getNumBands();
    var shift = Math.max(0, raster.getSampleModel().getSampleSize(0) - Byte.SIZE);
    var grey = bands < Pixels.CHANNELS; // with or without alpha
    var at = from;
    for (var pixel = 0; pixel < row.length; pixel += bands) {
      for (var channel = 0; channel < Pixels.CHANNELS; channel++) {
        rgb[at++] = (byte) (row[pixel + (grey ? 0 : channel)] >> shift);
      }
    }
  }
}
