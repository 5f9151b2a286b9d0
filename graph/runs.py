"""Runs of words: what two texts share is told by the runs of four words that both have, one of 32 of them kept
(MinHash by a fixed share, which also finds a short text in a long one)."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Sequence

from graph.folding import fold
from graph.library_rows import unpack_text

RUN = 4
KEPT = 32
_FACTOR = 1_000_003
_MASK = (1 << 62) - 1
_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[tuple[str, int, int]]:
    """The words of a folded text with their places: "Y tế" → ("y", 0, 1), ("te", 2, 4)."""
    return [(match[0], *match.span()) for match in _WORD.finditer(text)]


def runs_of(words: Sequence[str]) -> list[int]:
    """The number of each run of `RUN` words, in their order; equal runs have equal numbers."""
    numbers = {word: zlib.crc32(word.encode("utf-8", "surrogatepass")) for word in set(words)}
    coded = [numbers[word] for word in words]
    return [
        (((a * _FACTOR ^ b) * _FACTOR ^ c) * _FACTOR ^ d) & _MASK
        for a, b, c, d in zip(coded, coded[1:], coded[2:], coded[3:], strict=False)
    ]


def samples(text: str) -> set[int]:
    """The numbers of the runs of a text that are kept."""
    return {number for number in runs_of(_WORD.findall(fold(text))) if _mixed(number) % KEPT == 0}


def samples_json(packed: bytes) -> str:
    """The samples of a packed text as JSON, for SQL."""
    return json.dumps(sorted(samples(unpack_text(packed))))


def _mixed(number: int) -> int:
    """The number with its bits stirred, so that which runs are kept hangs on no single word."""
    number ^= number >> 29
    return (number * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF) >> 32
