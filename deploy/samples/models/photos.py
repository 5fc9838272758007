"""Copies the sample photos out of the wheel of the PyPI package scikit-image.

usage: photos.py SCIKIT_IMAGE.whl OUT_DIR
"""

import sys
from pathlib import Path
from zipfile import ZipFile

PHOTOS = ["astronaut.png", "camera.png", "chelsea.png", "coffee.png", "rocket.jpg"]


def main(wheel: str, out_dir: str) -> None:
    out = Path(out_dir)
    out.mkdir(parents=True, exist_ok=True)
    with ZipFile(wheel) as content:
        for photo in PHOTOS:
            (out / photo).write_bytes(content.read(f"skimage/data/{photo}"))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
