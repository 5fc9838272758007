"""Writes small images and what Pillow makes of them, beside this file. Needs: numpy, Pillow.

The images are made here from formulas and a seeded generator; none comes from elsewhere.

usage: make.py [FOLDER]
"""
import base64
import json
import sys
from pathlib import Path

import numpy as np
import PIL
from PIL import Image, ImageCms

OUT = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent)
FILTERS = {"NEAREST": 0, "LANCZOS": 1, "BILINEAR": 2, "BICUBIC": 3, "BOX": 4, "HAMMING": 5}
random = np.random.default_rng(7)


def smooth(height, width, channels):
    """Waves of different length in each channel: an image that JPEG keeps well."""
    y, x = np.mgrid[0:height, 0:width]
    waves = [127.5 + 127.5 * np.sin(x / (5 + c) + y / (9 - c) + c) for c in range(channels)]
    return np.stack(waves, axis=-1).astype(np.uint8)


def strange_profile():
    """A colour profile with red and blue exchanged: whoever applies it changes every colour."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, blue = profile.index(b"rXYZ") + 4, profile.index(b"bXYZ") + 4  # where the tags' places are written
    profile[red:red + 8], profile[blue:blue + 8] = profile[blue:blue + 8], profile[red:red + 8]
    return bytes(profile)


def pixels(image):
    return {"width": image.width, "height": image.height,
            "rgb": base64.b64encode(image.convert("RGB").tobytes()).decode()}


def decode():
    rgb = Image.fromarray(smooth(24, 33, 3), "RGB")
    alpha = Image.fromarray(random.integers(0, 256, (24, 33), np.uint8), "L")
    see_through = rgb.copy()
    see_through.putalpha(alpha)
    grey_alpha = rgb.convert("L")
    grey_alpha.putalpha(alpha)
    palette = rgb.quantize(16)
    deep = Image.fromarray((smooth(24, 33, 1)[:, :, 0].astype(np.uint16) << 8) + 77)
    images = {
        "rgb.png": (rgb, {}), "rgba.png": (see_through, {}), "grey.png": (rgb.convert("L"), {}),
        "grey-alpha.png": (grey_alpha, {}), "palette.png": (palette, {}),
        "palette-transparent.png": (palette, {"transparency": 3}),
        "black-white.png": (rgb.convert("1"), {}),
        "rgb.jpg": (rgb, {"quality": 95}), "rgb-444.jpg": (rgb, {"quality": 95, "subsampling": 0}),
        "grey.jpg": (rgb.convert("L"), {"quality": 95}), "progressive.jpg": (rgb, {"quality": 90, "progressive": True}),
        "profile.jpg": (rgb, {"quality": 95, "icc_profile": strange_profile()}),
        "profile.png": (rgb, {"icc_profile": strange_profile()}),
        "cmyk.jpg": (rgb.convert("CMYK"), {"quality": 95}),
        "lossless.webp": (rgb, {"lossless": True}), "see-through.webp": (see_through, {"lossless": True, "exact": True}),
        "lossy.webp": (rgb, {"quality": 95}), "lossy-see-through.webp": (see_through, {"quality": 95}),
    }
    vectors = {}
    for name, (image, options) in images.items():
        image.save(OUT / name, **options)
        with Image.open(OUT / name) as read:
            vectors[name] = pixels(read)
    # the same samples, marked as YCCK: the byte after "Adobe", version and flags is the colour transform
    marked = bytearray((OUT / "cmyk.jpg").read_bytes())
    marked[marked.index(b"Adobe") + 11] = 2
    (OUT / "ycck.jpg").write_bytes(marked)
    with Image.open(OUT / "ycck.jpg") as read:
        vectors["ycck.jpg"] = pixels(read)
    deep.save(OUT / "grey-16.png")
    high = Image.fromarray(np.asarray(deep).astype(np.uint16) >> 8).convert("L")
    vectors["grey-16.png"] = pixels(high)  # the high byte; Pillow's own conversion differs between versions
    return vectors


def resize():
    source = Image.fromarray(random.integers(0, 256, (23, 37, 3), np.uint8), "RGB")
    vectors = []
    for name, number in FILTERS.items():
        for size in [(10, 7), (64, 50), (37, 9), (50, 23), (1, 1), (3, 41)]:
            vectors.append({"filter": name, "number": number, **pixels(source.resize(size, number))})
    return {"source": pixels(source), "results": vectors}


def warm_up():
    """Two tiny pictures that the runtime itself reads once before it says that it is ready."""
    folder = Path(__file__).parents[2] / "main/resources/io/modelservice/runtime/task"
    picture = Image.fromarray(smooth(16, 16, 3), "RGB")
    picture.save(folder / "warm-up.png")
    picture.save(folder / "warm-up.jpg", quality=80)


warm_up()
(OUT / "decode.json").write_text(json.dumps({"pillow": PIL.__version__, "images": decode()}) + "\n")
(OUT / "resize.json").write_text(json.dumps({"pillow": PIL.__version__, **resize()}) + "\n")
