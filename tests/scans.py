"""Pages as a scanner gives them: pictures of 200 dots an inch, a little askew and blurred, grey paper, specks."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

DPI = 200


def missing() -> str | None:
    """Why no words can be recognised here, None when they can."""
    program = shutil.which("tesseract")
    if not program:
        return "no tesseract on the path; apt-get install tesseract-ocr"
    known = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=60).stdout.split()
    return None if "vie" in known else "tesseract does not know Vietnamese; apt-get install tesseract-ocr-vie"


def pictures(pdf: Path, seed: int = 7) -> list[Image.Image]:
    """The pages of a PDF as they come from a scanner; the same each time."""
    chance = np.random.default_rng(seed)
    made = []
    for page in pypdfium2.PdfDocument(pdf):
        drawn = Image.fromarray(np.squeeze(page.render(scale=DPI / 72, grayscale=True).to_numpy()))
        askew = drawn.rotate(0.3, fillcolor=255, resample=Image.Resampling.BICUBIC).filter(
            ImageFilter.GaussianBlur(0.5)
        )
        grey = np.asarray(askew).astype(float) * 0.92 + 8
        grey += chance.normal(0, 12, grey.shape)
        specks = chance.random(grey.shape)
        grey[specks < 0.0008], grey[specks > 0.9992] = 0, 255
        made.append(Image.fromarray(grey.clip(0, 255).astype(np.uint8)))
    return made


def scanned(pdf: Path, to: Path) -> Path:
    """A PDF of pictures alone."""
    first, *more = pictures(pdf)
    first.save(to, format="PDF", save_all=True, append_images=more, resolution=DPI, quality=70)
    return to
