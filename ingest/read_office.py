"""Reads DOC, RTF and ODT by a word processor on this machine: LibreOffice, for DOC also antiword."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from ingest.bounds import allow, roomy
from ingest.encodings import Decoded, decode
from ingest.read_docx import read_docx
from ingest.refusal import Unreadable

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_WORD = "WordDocument".encode("utf-16-le")
_ODT = b"application/vnd.oasis.opendocument.text"
_SECONDS = 90
_OFFICES = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")


def is_doc(data: bytes) -> bool:
    """Whether a file is an old Word document."""
    return data.startswith(_OLE) and _WORD in data


def is_rtf(data: bytes) -> bool:
    """Whether a file is Rich Text."""
    return data.lstrip()[:5] == b"{\\rtf"


def is_odt(data: bytes) -> bool:
    """Whether a file is an OpenDocument text."""
    return data.startswith(b"PK\x03\x04") and _ODT in data[:200]


def read_doc(data: bytes, name: str) -> Decoded:
    """The text of a DOC. `Unreadable` when it cannot be converted, or nothing here can."""
    office = _office()
    if office:
        return _by_office(office, data, name, "doc")
    antiword = shutil.which("antiword")
    if antiword:
        return _by_antiword(antiword, data, name)
    raise _no_office(name, "an old Word file (DOC)", " or antiword")


def read_rtf(data: bytes, name: str) -> Decoded:
    """The text of an RTF. `Unreadable` when it cannot be converted, or nothing here can."""
    return _converted(data, name, "rtf", "Rich Text (RTF)")


def read_odt(data: bytes, name: str) -> Decoded:
    """The text of an ODT. `Unreadable` when it cannot be converted, or nothing here can."""
    return _converted(data, name, "odt", "an OpenDocument text (ODT)")


def _converted(data: bytes, name: str, kind: str, called: str) -> Decoded:
    office = _office()
    if not office:
        raise _no_office(name, called, "")
    return _by_office(office, data, name, kind)


def _no_office(name: str, called: str, other: str) -> Unreadable:
    why = f"it is {called}, which is read with LibreOffice{other}; neither is here" if other else ""
    why = why or f"it is {called}, which is read with LibreOffice; it is not here"
    return Unreadable(name, why, "install it (apt-get install libreoffice-writer-nogui), or save the file as DOCX")


def _office() -> str | None:
    return next((found for one in _OFFICES if (found := shutil.which(one))), None)


def _by_office(office: str, data: bytes, name: str, kind: str) -> Decoded:
    with tempfile.TemporaryDirectory(prefix="vanban-office-") as folder:
        given = Path(folder, f"file.{kind}")
        given.write_bytes(data)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        options = ["--headless", "--norestore", "--nolockcheck", "--convert-to", "docx:MS Word 2007 XML"]
        _run([office, profile, *options, "--outdir", folder, str(given)], name)
        made = given.with_suffix(".docx")
        if not made.exists():
            raise Unreadable(name, "LibreOffice cannot open it: it is damaged or locked", "open it and save it as DOCX")
        said = read_docx(made.read_bytes(), name)
    return replace(said, notes=(*said.notes, "converted by LibreOffice"))


def _by_antiword(antiword: str, data: bytes, name: str) -> Decoded:
    with tempfile.TemporaryDirectory(prefix="vanban-office-") as folder:
        given = Path(folder, "file.doc")
        given.write_bytes(data)
        out = _run([antiword, "-m", "UTF-8.txt", "-w", "0", str(given)], name)
    if not out.strip():
        raise Unreadable(name, "antiword cannot open it: it is damaged or locked", "open it and save it as DOCX")
    return Decoded(decode(out).text, "UTF-8", ("converted by antiword",))


def _run(command: list[str], name: str) -> bytes:
    """What a program prints; it and all that it started are ended after its time."""
    allow(_SECONDS + 60)
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=roomy,
    )
    try:
        return process.communicate(timeout=_SECONDS)[0]
    except subprocess.TimeoutExpired as problem:
        why = f"{Path(command[0]).name} did not convert it in {_SECONDS} seconds"
        raise Unreadable(name, why, "open it and save it as DOCX") from problem
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
