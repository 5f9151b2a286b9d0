"""How alike two texts are: sketches of their runs of words (one-permutation MinHash), compared without the texts."""

from __future__ import annotations

import struct
import zlib

from graph.folding import fold

SIZE = 128
ROWS = 4
ALIKE = 0.8
_RUN = 4
_EMPTY = 0xFFFFFFFF


def sketch(text: str) -> bytes:
    """`SIZE` numbers of 4 bytes; the share of equal ones estimates the share of runs of words that two texts share."""
    words = "".join(char if char.isalnum() else " " for char in fold(text)).split()
    least = [_EMPTY] * SIZE
    for at in range(max(1, len(words) - _RUN + 1)):
        value = zlib.crc32(" ".join(words[at : at + _RUN]).encode())
        place, rest = value % SIZE, _mixed(value // SIZE)
        least[place] = min(least[place], rest)
    return struct.pack(f"<{SIZE}I", *least)


def _mixed(value: int) -> int:
    return (value * 2654435761) & 0x7FFFFFFF


def likeness(one: bytes, other: bytes) -> float:
    """0 (nothing in common) to 1, as two sketches estimate it."""
    pairs = list(zip(_numbers(one), _numbers(other), strict=True))
    filled = [(mine, theirs) for mine, theirs in pairs if not mine == theirs == _EMPTY]
    return sum(mine == theirs for mine, theirs in filled) / len(filled) if filled else 1.0


def alike(one: bytes, other: bytes) -> bool:
    """Whether two texts are the same but for what scanning and conversion do to them."""
    return likeness(one, other) >= ALIKE


def bands(one: bytes) -> tuple[int, ...]:
    """Numbers of which two alike texts share at least one, to find them by."""
    width = 4 * ROWS
    cut = (one[at : at + width] for at in range(0, len(one), width))
    return tuple(zlib.crc32(piece, number) for number, piece in enumerate(cut) if piece != b"\xff" * width)


def _numbers(one: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(one) // 4}I", one)
