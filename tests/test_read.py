"""A file is read by what it is, or refused with its name, the reason and what to do."""

from __future__ import annotations

import hashlib
import os
import pickle
from pathlib import Path

import pytest

from ingest.read import Unreadable, formats, read_bytes, read_file

TEXT = "Số: 12/KH-UBND\r\nKế hoạch thực hiện Nghị quyết số 20-NQ/TW\n"


def test_a_file_is_its_text_and_two_digests(tmp_path: Path) -> None:
    path = tmp_path / "kế hoạch.md"
    path.write_bytes(TEXT.encode())
    said = read_file(path)
    assert (said.text, said.format, said.encoding, said.notes) == (TEXT, "text", "UTF-8", ())
    assert said.path == str(path)
    assert said.data_sha256 == said.text_sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert said.source == said.text_sha256[:16]


def test_one_text_in_two_encodings_is_one_source() -> None:
    one, other = read_bytes(TEXT.encode(), "a"), read_bytes(TEXT.encode("utf-16-le"), "b")
    assert one.data_sha256 != other.data_sha256
    assert one.source == other.source


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "it is empty"),
        (b" \r\n\t", "it is empty"),
        ("\ufeff \n".encode(), "it is empty"),
        (b"PK\x03\x04\x14\0", "it is damaged or not whole"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 99, "old Office"),
        (b"GIF89a\0\0", "GIF image"),
        (b"\x1f\x8b\x08\0", "gzip"),
        (b"MZ\x90\0\3\0\0\0" * 9, "it is not text: it holds zero bytes"),
    ],
)
def test_what_is_not_text_is_refused_by_name(tmp_path: Path, data: bytes, why: str) -> None:
    path = tmp_path / "x.md"
    path.write_bytes(data)
    with pytest.raises(Unreadable) as refused:
        read_file(path)
    assert why in refused.value.why
    assert str(refused.value) == f"{path}: {refused.value.why}; {refused.value.advice}"
    assert refused.value.advice


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    with pytest.raises(Unreadable, match="it has 200 MB, more than the 50 MB that are read; split it"):
        read_file(path)


def test_the_limit_is_an_argument(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(b"a" * 11)
    assert read_file(path, largest=11).text == "a" * 11
    with pytest.raises(Unreadable, match="11 bytes, more than the 10 bytes"):
        read_file(path, largest=10)
    with pytest.raises(Unreadable, match="11 bytes, more than the 10 bytes"):
        read_bytes(b"a" * 11, "x", largest=10)


def test_missing_and_odd_paths_say_what_they_are(tmp_path: Path) -> None:
    circle, pipe = tmp_path / "circle", tmp_path / "pipe"
    circle.symlink_to(circle)
    os.mkfifo(pipe)
    for path, why in [
        (tmp_path / "gone.md", "it is not there"),
        (tmp_path, "it is a directory"),
        (circle, "links go round in a circle"),
        (pipe, "not a regular file"),
        (tmp_path / ("x" * 300), "its name is too long"),
        (Path("/dev/zero"), "not a regular file"),
    ]:
        with pytest.raises(Unreadable, match=why):
            read_file(path)


def test_a_file_without_rights_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "closed.md"
    path.write_bytes(b"text")
    path.chmod(0)

    def closed(self: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    if os.access(path, os.R_OK):  # the superuser may read everything
        monkeypatch.setattr(Path, "open", closed)
    with pytest.raises(Unreadable, match="may not be read by this user; change its rights"):
        read_file(path)


def test_a_refusal_passes_between_processes() -> None:
    refusal = pickle.loads(pickle.dumps(Unreadable("x.md", "it is empty", "give text")))
    assert str(refusal) == "x.md: it is empty; give text"


def test_the_last_format_takes_everything() -> None:
    assert formats()[-1].fits(b"anything", "x")
    assert len({form.name for form in formats()}) >= 15
