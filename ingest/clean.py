"""Views of a document's text of one length: what is found in one can be shown in all and in the document."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from itertools import groupby

import numpy as np
import numpy.typing as npt

from graph.folding import fold as fold
from graph.folding import folded_letters
from ingest.patterns import compiled

_DASHES = "‐‑‒–—―−﹣－\u00ad"
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"
_LOOKALIKES = dict(zip("ÐðƉАВСЕНКМОРТХасеорху", "ĐđĐABCEHKMOPTXaceopxy", strict=True)) | {"ɖ": "đ", "Ⅰ": "I"}
_MARKS = "*_#|`~^\\<>\r\n\t\f\v\u2028\u2029\u0085"

Table = npt.NDArray[np.uint32]
Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Text:
    """A document as decoded and the views that are searched; all views have the length of `clean`.

    `raw` as decoded; `clean` composed (NFC), one kind of dash and space, look-alike letters replaced, invisible
    characters, escapes and marks inside a number dropped, layout kept; `flat` the same with Markdown marks, tags and
    line breaks as spaces; `folded` the same as `flat` in lower case and without accents (đ is d). `starts` maps an
    offset of the views to `raw`, None when they are equal. `figures` is where each run of digits begins.
    """

    raw: str
    clean: str
    flat: str
    folded: str
    starts: Sequence[int] | None = None
    figures: Sequence[int] = ()

    def raw_offset(self, offset: int) -> int:
        """Where in `raw` the character at `offset` of the views begins."""
        return offset if self.starts is None else self.starts[offset]

    def slice(self, start: int, end: int) -> str:
        """The text of `raw` under a span of the views."""
        return self.raw[self.raw_offset(start) : self.raw_offset(end)]

    def figures_in(self, start: int, end: int) -> Sequence[int]:
        """Where the runs of digits begin that begin between `start` and `end`."""
        return self.figures[bisect_left(self.figures, start) : bisect_left(self.figures, end)]


def _table(pairs: dict[str, str], before: Table | None = None) -> Table:
    """A look-up table by code point; `pairs` apply to what `before` gives."""
    codes = np.arange(0x110000, dtype=np.uint32) if before is None else before.copy()
    own = np.arange(0x110000, dtype=np.uint32)
    own[[ord(char) for char in pairs]] = [ord(other) for other in pairs.values()]
    return own[codes]


@cache
def _tables() -> tuple[Table, Table, Table]:
    """From the composed text to `clean`, `flat` and `folded`."""
    tidy = _table(dict.fromkeys(_DASHES, "-") | dict.fromkeys(_SPACES + _INVISIBLE, " ") | _LOOKALIKES)
    flat = _table(dict.fromkeys(_MARKS, " "), tidy)
    return tidy, flat, _table(folded_letters(), flat)


@cache
def _combining() -> re.Pattern[str]:
    """A letter with the combining marks after it, and any character that NFC never keeps."""
    marks = (code for code in range(0x300, 0x20000) if unicodedata.combining(chr(code)))
    runs = (list(run) for _, run in groupby(enumerate(marks), key=lambda pair: pair[1] - pair[0]))
    charset = "".join(f"{chr(run[0][1])}-{chr(run[-1][1])}" for run in runs)
    return re.compile(f"[^{charset}]?[{charset}]+", re.DOTALL)


@cache
def _droppable() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What conversion puts into words, each with the sign it begins with: "QH**1**5", "20\\-NQ", "BGD&amp;ĐT"."""
    return (
        ("*", compiled(r"\*(?:(?<=[0-9A-ZĐ/-]\*)|(?<=[\W\d][lo]\*))\*?(?=[0-9A-ZĐ])")),
        ("\\", compiled(r"\\(?=[-_.*/()\[\]#&])")),
        ("&", compiled(r"&(?:amp|nbsp|quot|#160|#38);")),
        *((char, re.compile(char)) for char in _INVISIBLE),
        ("\u00ad", compiled(r"\u00ad(?<=[a-zà-ỹ]\u00ad)(?=[a-zà-ỹ])")),
    )


_ENTITIES = {"&amp;": "&", "&#38;": "&", "&nbsp;": " ", "&#160;": " ", "&quot;": '"'}


# For names, which come again and again.
fold_name = lru_cache(maxsize=4096)(fold)
_composed = lru_cache(maxsize=4096)(partial(unicodedata.normalize, "NFC"))


def _edits(raw: str) -> list[Edit]:
    """The changes of length between `raw` and the views, in order: (start, end, what stands there instead)."""
    found: list[Edit] = []
    for sign, pattern in _droppable():
        if sign in raw:
            found += [(m.start(), m.end(), _ENTITIES.get(m[0], "")) for m in pattern.finditer(raw) if _inside(raw, m)]
    if not unicodedata.is_normalized("NFC", raw):
        found += [(m.start(), m.end(), _composed(m[0])) for m in _combining().finditer(raw)]
        if not found:
            found = [(at, at + 1, unicodedata.normalize("NFC", char)) for at, char in enumerate(raw)]
    return list(_apart(sorted(found)))


def _inside(raw: str, match: re.Match[str]) -> bool:
    """Whether a mark of emphasis stands inside a number ("QH**1**5") rather than between two headings ("TRẠNG**1-")."""
    if not match[0].startswith("*"):
        return True
    before = raw[max(0, match.start() - 24) : match.start()].split()
    after = raw[match.end() : match.end() + 24].split()
    return "/" in before[-1] + after[0]


def _apart(edits: list[Edit]) -> Iterator[Edit]:
    end = 0
    for edit in edits:
        if edit[0] >= end:
            yield edit
            end = edit[1]


def _compose(raw: str) -> tuple[str, Sequence[int] | None]:
    """NFC text without what `_edits` drops, and the offset in `raw` of each character (None when nothing moved)."""
    edits = _edits(raw)
    if not edits:
        return raw, None
    pieces: list[str] = []
    at = 0
    for start, end, instead in edits:
        pieces += (raw[at:start], instead)
        at = end
    pieces.append(raw[at:])
    return "".join(pieces), _starts(len(raw), edits)


def _starts(length: int, edits: list[Edit]) -> Sequence[int]:
    """Where in the document each character of the edited text begins; what replaces a piece begins where it does."""
    begins, ends, sizes = (np.array(column) for column in zip(*((s, e, len(i)) for s, e, i in edits), strict=True))
    depth = np.zeros(length + 1, dtype=np.int8)
    depth[ends] -= 1
    depth[begins] += 1
    times = (np.cumsum(depth, dtype=np.int8) == 0).astype(np.int64)
    times[begins] = sizes
    starts = array("Q")
    starts.frombytes(np.repeat(np.arange(length + 1, dtype=np.uint64), times).tobytes())
    return starts


@cache
def _tag() -> re.Pattern[str]:
    return re.compile(
        r"<(?:/?(?:br|sup|sub|b|i|u|em|strong|p|span|div|a|table|tbody|thead|tr|td|th)\b[^<>]{0,80})>", re.I
    )


def _without_tags(composed: str) -> str:
    """`composed` with HTML tags as spaces: "Chỉ thị<br>số 16" → "Chỉ thị    số 16"."""
    return _tag().sub(lambda tag: " " * len(tag[0]), composed) if "<" in composed else composed


def _codes(text: str) -> Table:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


@cache
def _digits() -> npt.NDArray[np.bool_]:
    known = np.zeros(0x110000, dtype=np.bool_)
    known[[code for code in range(0x20000) if chr(code).isdecimal()]] = True
    return known


def _figures(codes: Table) -> Sequence[int]:
    """Where each run of digits begins."""
    digits = _digits().take(codes)
    digits[1:] &= ~digits[:-1]
    figures = array("Q")
    figures.frombytes(np.flatnonzero(digits).astype(np.uint64).tobytes())
    return figures


def _looked_up(codes: Table, table: Table) -> str:
    return table.take(codes).tobytes().decode("utf-32-le", "surrogatepass")


def clean(raw: str) -> Text:
    """The views of `raw`; every span found in a view has a place in `raw`."""
    composed, starts = _compose(raw)
    tidy, flat, folded = _tables()
    codes = _codes(composed)
    bare = _without_tags(composed)
    bare_codes = codes if bare == composed else _codes(bare)
    return Text(
        raw,
        _looked_up(codes, tidy),
        _looked_up(bare_codes, flat),
        _looked_up(bare_codes, folded),
        starts,
        _figures(bare_codes),
    )
