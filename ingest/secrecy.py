"""Marks of secrecy and of limited circulation: what may not be kept here, and what not everybody may see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from graph.model import Header
from ingest.clean import Text
from ingest.tables import table

# Marks stand at the top, in any order of columns; on a covering letter's second page they are not the document's.
_TOP = 4_000
_LONGEST = 60
_FRAME = " \t*_#[](){}<>|.:;~-–—"
_AROUND = _FRAME + "\r\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029"
_BREAK = re.compile(r"<br ?/?>")


def with_marks(text: Text, header: Header) -> Header:
    """`header` with the marks that stand at the top: `secrecy` "MẬT", `circulation` "LƯU HÀNH NỘI BỘ"."""
    found = set(marks(text))
    secret = header.secrecy or next((name for name in _names(refused=True) if name in found), None)
    limited = next((name for name in _names(refused=False) if name in found), None)
    return replace(header, secrecy=secret, circulation=limited)


def marks(text: Text) -> Iterator[str]:
    """The names of the marks at the top: "(TÀI LIỆU LƯU HÀNH NỘI BỘ)", "Độ mật: Tối mật"."""
    top = text.clean[:_TOP]
    lines = _BREAK.sub("\n", top) if "<br" in top else top
    for line in lines.replace("|", "\n").split("\n"):
        if len(line) <= _LONGEST and line.rstrip(_AROUND).upper().endswith(_last_words()) and (name := _mark(line)):
            yield name


def _mark(line: str) -> str | None:
    said = " ".join(line.strip(_FRAME).split())
    for label in table("secrecy")["labels"]:
        if said.upper().startswith(label.upper()):
            said = said[len(label) :].strip(_FRAME).upper()
            break
    return _by_words().get(said)


@cache
def _last_words() -> tuple[str, ...]:
    """The last word of each mark: a line that ends with none is not looked at further."""
    return tuple({words.split()[-1] for words in _by_words()})


@cache
def _by_words() -> dict[str, str]:
    return {words: row["name"] for row in table("secrecy")["mark"] for words in row.get("words", [row["name"]])}


@cache
def _names(refused: bool) -> tuple[str, ...]:
    return tuple(row["name"] for row in table("secrecy")["mark"] if bool(row.get("refused")) == refused)
