"""Finds the act in the preamble that approves or issues the very thing that the title carries out."""

from __future__ import annotations

import re
from itertools import islice

from ingest.clean import fold
from ingest.relate_cues import kinds, rule
from ingest.relate_layout import Layout
from ingest.relate_links import Mention
from ingest.tables import table

_SHORTEST = 5
_MOST = 6


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
    """Whether `own` names the core after a verb that carries it out, or names it shorter: "thực hiện Đề án X"."""
    at = f" {own} ".find(f" {core} ")
    if at >= 0 and (not typed or _carries(own, at)):
        return True
    return typed and any(f"{core} ".startswith(f"{name} ") for name in _named(own))


def _carries(own: str, at: int) -> bool:
    """Whether a verb that carries out governs what stands at `at`."""
    return bool(rule("carries").search(own[max(0, at - 60) : at]))


def _named(own: str) -> list[str]:
    """The programmes that a title carries out, without their years and places."""
    found = [one.start() for one in islice(rule("programme").finditer(own), _MOST)]
    names = [rule("name_tail").sub("", own[at:]).strip() for at in found if _carries(own, at)]
    return [name for name in names if len(name.split()) >= _SHORTEST]


def _words(text: str) -> str:
    short = table("cues")["shortened"]
    return " ".join(short.get(word, word) for word in re.findall(r"\w+", fold(text)) if word != "va")


def _core(layout: Layout, sentence: int, mention: Mention) -> str:
    """What the cited act issues, in bare words: "phê duyệt “Chương trình X giai đoạn …”": chuong trinh x"""
    title = layout.text.folded[mention.end : min(layout.sentences.ends[sentence], mention.end + 500)].split(";")[0]
    opened = rule("title_core").search(title)
    if not opened:
        return ""
    words = _words(title[opened.end() :])
    words = re.sub(r"^(?:viec |phe duyet |ban hanh |chu truong dau tu )+", "", words)
    return "" if rule("changes").match(words) or rule("done").match(words) else rule("name_tail").sub("", words).strip()


def _enacted(layout: Layout) -> str:
    """The sentence of the preamble that issues the act."""
    starts, ends = layout.sentences.starts, layout.sentences.ends
    for at, zone in enumerate(layout.zones):
        if zone == "preamble":
            words = layout.text.folded[starts[at] : min(ends[at], starts[at] + 600)]
            found = rule("issues").search(words[:260])
            if found and not words.lstrip(" *-+").startswith(("can cu", "chieu")):
                return _words(words)
    return ""
