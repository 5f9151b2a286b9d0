"""A real word processor for the tests: LibreOffice, which turns files from one format into another."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
_FILTERS = {"docx": "docx:MS Word 2007 XML", "doc": "doc:MS Word 97", "rtf": "rtf", "odt": "odt", "pdf": "pdf"}


def missing() -> str | None:
    """Why there is no word processor to test with, None when there is one."""
    if not shutil.which("soffice"):
        return "no soffice on the path; apt-get install libreoffice-writer-nogui"
    if not shutil.which("antiword"):
        return "no antiword on the path; apt-get install antiword"
    return None if FONT.exists() else "no font with Vietnamese letters; apt-get install fonts-dejavu-core"


def converted(files: Iterable[Path], to: str, folder: Path) -> list[Path]:
    """The files in another format, in `folder`."""
    files = list(files)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", _FILTERS[to], "--outdir", str(folder)]
    done = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, timeout=300)
    made = [folder / f"{file.stem}.{to}" for file in files]
    assert all(path.exists() for path in made), done.stdout + done.stderr
    return made
