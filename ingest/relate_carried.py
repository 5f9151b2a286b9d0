"""Finds the act in the preamble that approves or issues the very thing that the title carries out."""

from __future__ import annotations

import re

from ingest.clean import fold
from ingest.relate_cues import kinds, rule
from ingest.relate_layout import Layout
from ingest.relate_links import Mention

_SHORTEST = 5


def carried(layout: Layout, sentence: int, mention: Mention) -> bool:
    """Whether the act cited in a "Căn cứ" line approves or issues what the document's title says it carries out.

    "Căn cứ Quyết định … phê duyệt Chương trình Sức khỏe Việt Nam" for "Kế hoạch thực hiện Chương trình Sức khỏe …".
    """
    if not layout.aims:
        return False
    core = _core(layout, sentence, mention)
    if not core or len(core.split()) < _SHORTEST:
        return False
    typed = bool(rule("programme").match(core))
    return any(_said(core, typed, own) for own in layout.aims)


def read_aims(layout: Layout) -> tuple[str, ...]:
    """The subject and the sentence that issues the act, in bare words; none for a report or a proposal."""
    if layout.kind in kinds("reports"):
        return ()
    return tuple(words for words in (_words(layout.header.subject or ""), _enacted(layout)) if words)


def _said(core: str, typed: bool, own: str) -> bool:
    at = f" {own} ".find(f" {core} ")
    return at >= 0 and (not typed or bool(rule("carries").search(own[:at])))


def _words(text: str) -> str:
    return " ".join(word for word in re.findall(r"\w+", fold(text)) if word != "va")


def _core(layout: Layout, sentence: int, mention: Mention) -> str:
    """What the cited act issues, in bare words: "phê duyệt “Chương trình X giai đoạn …”": chuong trinh x"""
    title = layout.text.folded[mention.end : min(layout.sentences.ends[sentence], mention.end + 500)].split(";")[0]
    opened = rule("title_core").search(title)
    if not opened:
        return ""
    words = _words(title[opened.end() :])
    words = re.sub(r"^(?:viec |phe duyet |ban hanh |thuc hien |chu truong dau tu )+", "", words)
    return rule("name_tail").sub("", words).strip()


def _enacted(layout: Layout) -> str:
    """The sentence of the preamble that issues the act."""
    starts, ends = layout.sentences.starts, layout.sentences.ends
    for at in range(len(starts)):
        if layout.zone(at) == "preamble":
            words = layout.text.folded[starts[at] : min(ends[at], starts[at] + 600)]
            found = rule("issues").search(words[:260])
            if found and not words.lstrip(" *").startswith(("can cu", "chieu")):
                return _words(words)
    return ""
