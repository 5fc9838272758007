package io.modelservice.runtime.task;

import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * JPEG of four channels, which Java reads but does not convert. As Pillow: values of files with an
 * Adobe marker are inverted, and the conversion to RGB is the plain one, without a colour profile.
 */
final class CmykJpeg {
  private static final String METADATA = "javax_imageio_jpeg_image_1.0";
  private static final int BANDS = 4;
  private static final int YCCK = 2;

  private CmykJpeg() {}

  static boolean is(ImageReader reader) throws IOException {
    if (!reader.getFormatName().toLowerCase(Locale.ROOT).equals("jpeg")) {
      return false;
    }
    var frame = element(reader.getImageMetadata(0), "sof");
    return frame != null && frame.getAttribute("numFrameComponents").equals("" + BANDS);
  }

  static Pixels read(ImageReader reader) throws IOException {
    var adobe = element(reader.getImageMetadata(0), "app14Adobe");
    var ycck = adobe != null && adobe.getAttribute("transform").equals("" + YCCK);
    var raster = reader.readRaster(0, null);
    var width = raster.getWidth();
    var rgb = new byte[width * raster.getHeight() * Pixels.CHANNELS];
    var row = new int[width * BANDS];
    for (var y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, width, 1, row);
      for (var x = 0; x < width; x++) {
        var at = x * BANDS;
        if (ycck) {
          toCmyk(row, at);
        }
        if (adobe != null) {
          invert(row, at);
        }
        toRgb(row, at, rgb, (y * width + x) * Pixels.CHANNELS);
      }
    }
    return new Pixels(width, raster.getHeight(), rgb);
  }

  private static @Nullable Element element(IIOMetadata metadata, String name) {
    var root = (IIOMetadataNode) metadata.getAsTree(METADATA);
    var found = root.getElementsByTagName(name);
    return found.getLength() == 0 ? null : (Element) found.item(0);
  }

  private static void toCmyk(int[] row, int at) {
    var y = row[at];
    var blue = row[at + 1] - 128;
    var red = row[at + 2] - 128;
    row[at] = 255 - clamped(y + 1.402 * red);
    row[at + 1] = 255 - clamped(y - 0.344136 * blue - 0.714136 * red);
    row[at + 2] = 255 - clamped(y + 1.772 * blue);
  }

  private static int clamped(double value) {
    return (int) Math.clamp(Math.round(value), 0L, 255L);
  }

  private static void invert(int[] row, int at) {
    for (var band = 0; band < BANDS; band++) {
      row[at + band] = 255 - row[at + band];
    }
  }

  private static void toRgb(int[] row, int at, byte[] rgb, int to) {
    var light = 255 - row[at + BANDS - 1];
    for (var channel = 0; channel < Pixels.CHANNELS; channel++) {
      var product = row[at + channel] * light + 128;
      var ink = ((product >> 8) + product) >> 8; // divided by 255, rounded
      rgb[to + channel] = (byte) Math.clamp(light - ink, 0, 255);
    }
  }
}
