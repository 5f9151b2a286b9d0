"""Opens ZIP files that may be hostile: few names, bounded sizes, no member that is a thousand times its packed size."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from ingest.encodings import NotText, decode
from ingest.refusal import Unreadable

MOST_MEMBERS = 10_000
LARGEST_MEMBER = 50 * 1024 * 1024
LARGEST_WHOLE = 400 * 1024 * 1024
_RATIO, _SMALL = 200, 1 << 20
_PIECE = 1 << 16
_UNICODE = 0x800
_BAD = (zipfile.BadZipFile, zlib.error, EOFError, OSError, struct.error, ValueError, NotImplementedError, RuntimeError)


class Zipped:
    """An open ZIP file; `read` counts what it gives, so that many small bombs are one large one."""

    def __init__(self, data: bytes, path: str) -> None:
        self.path, self._given = path, 0
        try:
            self._file = zipfile.ZipFile(io.BytesIO(data))
        except _BAD as problem:
            raise self._broken(problem) from problem
        if len(self._file.filelist) > MOST_MEMBERS:
            why = f"it holds {len(self._file.filelist)} files, more than the {MOST_MEMBERS} that are read"
            raise Unreadable(path, why, "unpack it and give the folder")
        self.members = {one.filename: one for one in self._file.filelist if not one.is_dir()}

    def has(self, name: str) -> bool:
        """Whether there is a member with this name."""
        return name in self.members

    def read(self, name: str, largest: int = LARGEST_MEMBER) -> bytes:
        """The bytes of a member. `Unreadable` when it is locked, broken, larger than `largest` or a bomb."""
        member = self.members[name]
        if member.flag_bits & 1:
            raise Unreadable(self.path, "it is locked with a password", "give it without the password")
        content = bytearray()
        try:
            with self._file.open(member) as file:
                while piece := file.read(_PIECE):
                    content += piece
                    self._check(len(content), member, largest)
        except _BAD as problem:
            raise self._broken(problem) from problem
        self._given += len(content)
        return bytes(content)

    def _check(self, size: int, member: zipfile.ZipInfo, largest: int) -> None:
        bomb = size > _SMALL and size > _RATIO * max(1, member.compress_size)
        if bomb or size > largest or self._given + size > LARGEST_WHOLE:
            why = (
                "it unpacks to far more than a document holds" if bomb else f"{member.filename[:80]} in it is too large"
            )
            raise Unreadable(self.path, why, "unpack it with care and give what is in it")

    def _broken(self, problem: Exception) -> Unreadable:
        return Unreadable(self.path, f"it is damaged or not whole ({str(problem)[:120]})", "get it again, or repair it")

    def shown_names(self) -> Iterator[tuple[str, str]]:
        """The names of the files in it, each with what it says to people."""
        for name, member in self.members.items():
            yield name, name if member.flag_bits & _UNICODE else _decoded(name)

    def names(self) -> Iterator[str]:
        """The names of the files in it, in their order."""
        yield from self.members


def _decoded(name: str) -> str:
    """A name that does not say its encoding was taken for that of old DOS; it mostly is another."""
    try:
        raw = name.encode("cp437")
        return name if raw.isascii() else decode(raw).text
    except (UnicodeEncodeError, NotText):
        return name


def names_in(data: bytes) -> tuple[str, ...]:
    """The names of the files in a ZIP file, none when it cannot be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            return tuple(file.namelist()[:MOST_MEMBERS])
    except _BAD:
        return ()
