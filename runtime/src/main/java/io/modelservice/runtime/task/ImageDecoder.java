package io.modelservice.runtime.task;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import io.modelservice.runtime.protocol.RequestException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/**
 * Decodes JPEG, PNG and WebP to RGB as Pillow's {@code Image.open(...).convert("RGB")} does:
 * palettes are looked up, grey is repeated, alpha is dropped, of 16-bit values the high byte is
 * taken. The EXIF orientation is not applied, and the halved colours of a lossy WebP are not
 * smoothed. The number of pixels is read before anything is decoded, and images that are decoded at
 * the same time share one bound of memory, half of the heap at most.
 */
final class ImageDecoder {
  private static final int MOST_PIXELS = 50_000_000;

  /** A decoded image and its RGB copy, with some air. */
  private static final int BYTES_PER_PIXEL = 12;

  /** The decoder of lossy WebP keeps objects for each block of 4 x 4 pixels (measured: 30). */
  private static final int BYTES_PER_LOSSY_WEBP_PIXEL = 32;

  private static final int KIB = 1024;
  private static final int BOUND =
      (int)
          (Math.min((long) MOST_PIXELS * BYTES_PER_PIXEL, Runtime.getRuntime().maxMemory() / 2)
              / KIB);
  private static final Semaphore MEMORY = new Semaphore(BOUND, true); // in KiB

  Pixels decode(byte[] encoded, int length) throws RequestException {
    var input = new ImageBytes(encoded, length);
    var reader = reader(encoded, length);
    try (input) {
      reader.setInput(input);
      return decode(reader, WebpFrames.mostLossyPixels(encoded, length));
    } catch (IOException | RuntimeException e) {
      throw RequestException.bad("the body is a damaged image, or of a kind that is not supported");
    } finally {
      reader.dispose();
    }
  }

  /**
   * Reads the samples as they are. Java converts from an embedded colour profile to sRGB unless an
   * image of that profile is asked for; Pillow leaves profiles aside.
   */
  private static BufferedImage read(ImageReader reader) throws IOException {
    var parameters = reader.getDefaultReadParam();
    for (var types = reader.getImageTypes(0); types.hasNext(); ) {
      var type = types.next();
      var colours = type.getColorModel().getColorSpace();
      if (colours instanceof ICC_ColorSpace
          && !colours.isCS_sRGB()
          && colours.getType() == ColorSpace.TYPE_RGB) {
        parameters.setDestinationType(type);
      }
    }
    return reader.read(0, parameters);
  }

  private static ImageReader reader(byte[] encoded, int length) throws RequestException {
    if (length > 3 && (encoded[0] & 0xFF) == 0xFF && (encoded[1] & 0xFF) == 0xD8) {
      return ImageIO.getImageReadersByFormatName("jpeg").next();
    }
    if (length > 8 && (encoded[0] & 0xFF) == 0x89 && encoded[1] == 'P' && encoded[2] == 'N') {
      return ImageIO.getImageReadersByFormatName("png").next();
    }
    if (length > 12 && "RIFF".equals(tag(encoded, 0)) && "WEBP".equals(tag(encoded, 8))) {
      return new WebPImageReaderSpi().createReaderInstance(null);
    }
    throw RequestException.bad("the body is not a JPEG, PNG or WebP image");
  }

  private static String tag(byte[] encoded, int from) {
    return new String(encoded, from, 4, ISO_8859_1);
  }

  private static Pixels decode(ImageReader reader, long lossy)
      throws IOException, RequestException {
    var pixels = Math.max(lossy, (long) reader.getWidth(0) * reader.getHeight(0));
    var bytes = lossy > 0 ? BYTES_PER_LOSSY_WEBP_PIXEL : BYTES_PER_PIXEL;
    var most = (long) BOUND * KIB / bytes;
    if (pixels > most) {
      throw new RequestException(
          413, "the image has %d pixels, more than %d".formatted(pixels, most));
    }
    var memory = (int) (pixels * bytes / KIB);
    MEMORY.acquireUninterruptibly(memory);
    try {
      return CmykJpeg.is(reader) ? CmykJpeg.read(reader) : RgbRaster.convert(read(reader));
    } finally {
      MEMORY.release(memory);
    }
  }
}
