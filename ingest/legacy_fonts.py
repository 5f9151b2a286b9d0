"""Text set in fonts of before Unicode (.VnTime, VNI-Times), whose letters are kept as Windows-1252 characters."""

from __future__ import annotations

from functools import cache

from ingest.encodings import code_page, page_in_unicode

# A font of each code page, by which text is converted that names no font at all.
FONTS = {"TCVN3": ".VnTime", "VNI": "VNI-Times"}
_SYMBOLS = {code: code - 0xF000 for code in range(0xF020, 0xF100)}


def in_font(text: str, font: str | None) -> str:
    """`text` of a run in that font as Unicode: "NghÞ quyÕt" in ".VnTime" is "Nghị quyết"; most fonts change nothing."""
    page = _page(font or "")
    if not page or text.isascii():
        return text.upper() if page and _capitals(font or "") else text
    said = converted(text, page)
    return said.upper() if _capitals(font or "") else said


def converted(text: str, page: str) -> str:
    """`text` whose characters stand for the bytes of a code page; characters that have no byte stay."""
    shown = text.translate(_SYMBOLS)
    data = shown.encode("cp1252", errors="ignore")
    kept = len(data) >= 0.9 * len(shown)
    return code_page(page).decode(data) if kept else text


def unsettled(text: str) -> str | None:
    """The code page whose letters a whole text shows as Windows-1252 characters, None for ordinary text."""
    return page_in_unicode(text)


@cache
def _page(font: str) -> str | None:
    name = font.strip("'\" ").lower()
    if name.startswith(".vn"):
        return "TCVN3"
    return "VNI" if name.startswith("vni-") else None


def _capitals(font: str) -> bool:
    """Fonts of capitals alone: ".VnTimeH"."""
    name = font.strip("'\" ")
    return name.lower().startswith(".vn") and name.endswith("H")
