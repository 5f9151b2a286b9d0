"""The way in: a file to its text, by what it is; what cannot be read is refused with the reason and what to do."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.spots import Spot
from ingest.encodings import Decoded, NotText, decode
from ingest.refusal import Unreadable as Unreadable
from ingest.tables import table
from ingest.zipped import names_in

LARGEST = 50 * 1024 * 1024
_EMPTY = " \t\r\n\f\v\ufeff\u00a0"


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was read.

    `data_sha256` is of the bytes, `text_sha256` of the text as UTF-8; `notes` say what is doubtful in the decoding,
    `spots` where the pieces of the text stand in a file that is not text.
    """

    path: str
    data_sha256: str
    text: str
    text_sha256: str
    format: str
    encoding: str
    notes: tuple[str, ...] = ()
    spots: tuple[Spot, ...] = ()

    @property
    def source(self) -> str:
        """The name of the source in the graph: the first 16 hex digits of `text_sha256`."""
        return self.text_sha256[:16]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: `fits` looks at the bytes and the file name, `read` gives the text (raises `Unreadable`)."""

    name: str
    fits: Callable[[bytes, str], bool]
    read: Callable[[bytes, str], Decoded]


@cache
def formats() -> tuple[Format, ...]:
    """The formats that are known; the first that fits is taken. A new one is one module with its reader and a row."""
    from ingest import (
        read_docx,
        read_html,
        read_office,
        read_pdf,
        read_scan,
    )  # here, since text needs none of their libraries

    return (
        Format("DOCX", lambda data, name: _zipped(data) and read_docx.is_docx(names_in(data)), read_docx.read_docx),
        Format("ODT", lambda data, name: read_office.is_odt(data), read_office.read_odt),
        Format("DOC", lambda data, name: read_office.is_doc(data), read_office.read_doc),
        Format("RTF", lambda data, name: read_office.is_rtf(data), read_office.read_rtf),
        Format("ZIP", lambda data, name: _zipped(data) and not names_in(data), _broken),
        Format("HTML", lambda data, name: read_html.is_html(data), read_html.read_html),
        Format("scan", lambda data, name: read_scan.is_picture(data), read_scan.read_picture),
        Format("PDF", lambda data, name: read_pdf.is_pdf(data), read_pdf.read_pdf),
        *_refused(),
        Format("text", lambda data, name: True, read_text),
    )


def _broken(data: bytes, name: str) -> Decoded:
    raise Unreadable(name, "it is damaged or not whole: no ZIP file (DOCX) can be opened", "get it again, or repair it")


def _zipped(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04")


def _refused() -> tuple[Format, ...]:
    """The formats that are known by their first bytes and have no reader: they are named and refused."""
    return tuple(_refuse(row) for row in table("formats")["format"])


def _refuse(row: dict[str, str | int]) -> Format:
    magic, offset, name = bytes.fromhex(str(row["magic"])), int(row.get("offset", 0)), str(row["name"])

    def read(data: bytes, path: str) -> Decoded:
        raise Unreadable(path, f"it is a {name}, which is not read", str(row["advice"]))

    return Format(name, lambda data, path: data.startswith(magic, offset), read)


def read_text(data: bytes, name: str) -> Decoded:
    """The text of a text or Markdown file; `name` is for messages. `Unreadable` when it is empty, `NotText`."""
    if not data.strip():
        raise Unreadable(name, "it is empty", "give a file with text")
    decoded = decode(data)
    if not decoded.text.strip(_EMPTY):
        raise Unreadable(name, "it is empty", "give a file with text")
    return decoded


def read_bytes(data: bytes, name: str, largest: int = LARGEST) -> Source:
    """What `data` says, in the first format that fits; `name` is the path. `Unreadable` beyond `largest` bytes."""
    if len(data) > largest:
        raise _too_large(name, len(data), largest)
    form = next(form for form in formats() if form.fits(data, name))
    try:
        decoded = form.read(data, name)
    except NotText as problem:
        raise Unreadable(name, f"it is not text: {problem}", "give text or Markdown, best in UTF-8") from problem
    if not decoded.text.strip(_EMPTY):
        raise Unreadable(name, "it holds no words", "give a file with text")
    digest = hashlib.sha256(decoded.text.encode("utf-8", "surrogatepass")).hexdigest()
    return Source(
        name,
        hashlib.sha256(data).hexdigest(),
        decoded.text,
        digest,
        decoded.format or form.name,
        decoded.encoding,
        decoded.notes,
        decoded.spots,
    )


def read_file(path: str | os.PathLike[str], largest: int = LARGEST) -> Source:
    """What the file at `path` says. One over `largest` bytes is refused unread; every failure is `Unreadable`."""
    name = os.fspath(path)
    return read_bytes(bytes_of(name, name, largest), name, largest)


def bytes_of(at: str, name: str, largest: int = LARGEST) -> bytes:
    """The bytes of the file at `at`; messages call it `name`. Every failure is `Unreadable`."""
    try:
        return _content(at, name, largest)
    except OSError as problem:
        raise Unreadable(name, *_failure(problem)) from problem


def _content(at: str, name: str, largest: int) -> bytes:
    found = os.stat(at)
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, "is a directory", name)
    if not stat.S_ISREG(found.st_mode):
        raise Unreadable(name, "it is not a regular file", "give a file, not a device, pipe or socket")
    if found.st_size > largest:
        raise _too_large(name, found.st_size, largest)
    with Path(at).open("rb") as file:
        data = file.read(largest + 1)
    if len(data) > largest:
        raise _too_large(name, len(data), largest)
    return data


def is_plain(path: str) -> bool:
    """Whether a file begins as text does, or cannot be opened: reading it takes nothing but our own code."""
    try:
        with open(path, "rb") as file:
            head = file.read(2_048)
    except OSError:
        return True
    return next(form.name for form in formats() if form.fits(head, path)) == "text"


def _too_large(name: str, size: int, largest: int) -> Unreadable:
    why = f"it has {_size(size)}, more than the {_size(largest)} that are read"
    return Unreadable(name, why, "split it or leave out what is not the document")


def _size(count: int) -> str:
    return f"{count / 1024 / 1024:.0f} MB" if count >= 1024 * 1024 else f"{count} bytes"


def _failure(problem: OSError) -> tuple[str, str]:
    """Why the system refused, and what to do."""
    said = {
        errno.ENOENT: ("it is not there (any more)", "check the path"),
        errno.EISDIR: ("it is a directory", "give its files, or the folder to the command that takes folders"),
        errno.EACCES: ("it may not be read by this user", "change its rights"),
        errno.EPERM: ("it may not be read by this user", "change its rights"),
        errno.ELOOP: ("its symbolic links go round in a circle", "give the file itself"),
        errno.ENAMETOOLONG: ("its name is too long", "give it a shorter name"),
        errno.ENOTDIR: ("a part of its path is not a directory", "check the path"),
    }
    return said.get(problem.errno or 0, (f"the system says: {problem.strerror or problem}", "try again"))
