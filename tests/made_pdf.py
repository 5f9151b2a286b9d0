"""PDF made for tests: words at places, in the fonts that every reader has; locked, turned, broken, or far too large."""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name

Words = tuple[float, float, str]
# From one point to another.
Rule = tuple[float, float, float, float]
WIDTH, HEIGHT = 595, 842


def pdf(
    *pages: Sequence[Words], turned: int = 0, bold: bool = False, rules: Sequence[Rule] = (), **saved: object
) -> bytes:
    """A PDF: on each page words with the place of their first letter, in points from the lower left corner; rules."""
    file = pikepdf.new()
    drawn = [b"%.2f %.2f m %.2f %.2f l S" % rule for rule in rules]
    for words in pages:
        page = _page(file, b"\n".join([*drawn, *(_shown(*one) for one in words)]), bold)
        page.Rotate = turned
    return _saved(file, **saved)


def _page(file: pikepdf.Pdf, content: bytes, bold: bool = False) -> Dictionary:
    name = "/Helvetica-Bold" if bold else "/Helvetica"
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(name), Encoding=Name.WinAnsiEncoding)
    file.add_blank_page(page_size=(WIDTH, HEIGHT))
    page = file.pages[-1].obj
    if content:
        page.Resources = Dictionary(Font=Dictionary(F1=file.make_indirect(font)))
        page.Contents = file.make_stream(content)
    return page


def _shown(x: float, y: float, text: str) -> bytes:
    said = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /F1 12 Tf 1 0 0 1 %.2f %.2f Tm (%s) Tj ET" % (x, y, said)


def _saved(file: pikepdf.Pdf, **how: object) -> bytes:
    out = io.BytesIO()
    file.save(out, **how)  # type: ignore[arg-type]
    return out.getvalue()


def grid(across: Sequence[float], up: Sequence[float]) -> list[Rule]:
    """The rules of a table, each from one end of it to the other."""
    level = [(across[0], y, across[-1], y) for y in up]
    return level + [(x, up[0], x, up[-1]) for x in across]


def locked(*pages: Sequence[Words]) -> bytes:
    """A PDF that asks for a password."""
    return pdf(*pages, encryption=pikepdf.Encryption(owner="owner", user="user"))


def form(label: str, filled: str, signed: str) -> bytes:
    """A page with a filled field beside a label and a signature that shows words."""
    file = pikepdf.new()
    page = _page(file, _shown(72, 700, label))
    fields = [
        _field(file, page, "/Tx", (150, 695, 350, 715), filled),
        _field(file, page, "/Sig", (300, 100, 500, 160), signed),
    ]
    fields[0].V = pikepdf.String(filled)
    page.Annots = Array(fields)
    file.Root.AcroForm = Dictionary(Fields=Array(fields), DR=page.Resources)
    return _saved(file)


def _field(file: pikepdf.Pdf, page: Dictionary, kind: str, box: tuple[int, int, int, int], words: str) -> Dictionary:
    left, bottom, right, top = box
    look = file.make_stream(_shown(4, 6, words))
    look.Type, look.Subtype, look.Resources = Name.XObject, Name.Form, page.Resources
    look.BBox = Array([0, 0, right - left, top - bottom])
    field = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name(kind), T=pikepdf.String(kind), Rect=Array(box), F=4, P=page,
        AP=Dictionary(N=look),
    )  # fmt: skip
    return file.make_indirect(field)


def bomb(megabytes: int) -> bytes:
    """A PDF of one page whose content is so many megabytes of blanks, packed twice over."""
    pack = zlib.compressobj(9)
    pieces = [pack.compress(b" " * (1 << 20)) + pack.flush(zlib.Z_FULL_FLUSH) for _ in range(2)]
    file = pikepdf.new()
    page = _page(file, b"")
    stream = pikepdf.Stream(file, zlib.compress(pieces[0] + pieces[1] * (megabytes - 1) + pack.flush(), 9))
    stream.Filter = Array([Name.FlateDecode] * 2)
    page.Contents = file.make_indirect(stream)
    return _saved(file, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
