"""The files as they came, kept by the hash of their bytes in a folder or wherever a file system address points."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

import fsspec  # type: ignore[import-untyped]

from graph.library_base import LibraryError, LibraryFull


@dataclass(frozen=True, slots=True)
class Originals:
    """A place for files: a folder, or an address that fsspec opens ("s3://bucket/vanban")."""

    url: str

    def put(self, sha256: str, content: bytes) -> None:
        """Keep a file; one that is there already is left as it is. Raises `LibraryError`."""
        system, root = self._place()
        target = f"{root}/{sha256[:2]}/{sha256}"
        try:
            if system.exists(target) and system.size(target) == len(content):
                return
            if "file" not in system.protocol:
                system.pipe_file(target, content)  # there an object comes whole or not at all
                return
            system.makedirs(f"{root}/{sha256[:2]}", exist_ok=True)
            # Written beside and moved: a file under its hash is whole or not there, also when two write it at once.
            part = f"{target}.{secrets.token_hex(4)}.part"
            system.pipe_file(part, content)
            system.mv(part, target)
        except OSError as error:
            if getattr(error, "errno", None) == 28:
                raise LibraryFull(f"{self.url}: the disk is full; make room and run the command again") from error
            raise LibraryError(f"{self.url}: cannot keep a file there ({error})") from error

    def get(self, sha256: str) -> bytes | None:
        """The bytes of a file, None when it is not there. Raises `LibraryError`."""
        system, root = self._place()
        try:
            content: bytes = system.cat_file(f"{root}/{sha256[:2]}/{sha256}")
            return content
        except FileNotFoundError:
            return None
        except OSError as error:
            raise LibraryError(f"{self.url}: cannot read a file there ({error})") from error

    def drop(self, sha256: str) -> None:
        """Remove a file; one that is not there is no error."""
        system, root = self._place()
        try:
            system.rm_file(f"{root}/{sha256[:2]}/{sha256}")
        except FileNotFoundError:
            return
        except OSError as error:
            raise LibraryError(f"{self.url}: cannot remove a file there ({error})") from error

    def _place(self) -> tuple[Any, str]:
        try:
            system, root = fsspec.core.url_to_fs(self.url)
        except (ImportError, ValueError) as error:
            raise LibraryError(f"{self.url}: no such kind of place for files ({error})") from error
        return system, root.rstrip("/")
