"""Notes as scans: pictures of their pages, a little askew and dirty, in a PDF without text."""

from __future__ import annotations

import random
import time
from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.renderings.programs import painted

_SPECKS = 0.0001  # of all dots
_MADE = time.gmtime(0)  # so that the same scan has the same bytes


def scanned(pdf: bytes, folder: Path, *, dots: int = 200, askew: float = 0.6) -> bytes:
    """The pages of `pdf` as a scanner of so many dots an inch sees them, `askew` degrees off."""
    chance = random.Random(len(pdf))
    pages = [_dirty(page, chance, askew) for page in painted(pdf, folder, dots)]
    file = BytesIO()
    pages[0].save(
        file,
        "PDF",
        resolution=dots,
        save_all=True,
        append_images=pages[1:],
        creationDate=_MADE,
        modDate=_MADE,
    )
    return file.getvalue()


def _dirty(page: Path, chance: random.Random, askew: float) -> Image.Image:
    with Image.open(page) as picture:
        turned = picture.convert("L").rotate(
            chance.uniform(-askew, askew), Image.Resampling.BICUBIC, fillcolor=250
        )
    grain = Image.effect_noise(turned.size, 24).point(lambda grey: grey - 128 + 245)
    noisy = Image.blend(turned, grain, 0.12)
    for _ in range(int(turned.width * turned.height * _SPECKS)):
        place = chance.randrange(turned.width), chance.randrange(turned.height)
        noisy.putpixel(place, chance.randrange(256))
    return noisy
