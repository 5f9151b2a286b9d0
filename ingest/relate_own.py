"""Decides what relation a document states of itself to a mention, by the mention's place and the words before it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from ingest.relate_cues import Cue, kinds, lead, marked, own_clause, rule
from ingest.relate_layout import Layout
from ingest.relate_links import Mention

_WINDOW = 900
_AFTER = 400
_NEAR = 12
_CHANGES = frozenset({"AMENDS", "REPLACES", "REPEALS", "CORRECTS"})


@dataclass(frozen=True, slots=True)
class _Before:
    """What stands in the sentence before a mention (at most 900 characters), and the last active cue in it."""

    layout: Layout
    sentence: int
    mention: Mention
    words: str
    cue: Cue | None

    @property
    def head(self) -> str:
        """The words before the cue."""
        return self.words[: self.cue.start] if self.cue else self.words

    @property
    def tail(self) -> str:
        """The words between the cue and the mention."""
        return self.words[self.cue.end :] if self.cue else ""

    @property
    def opening(self) -> str:
        """The words from the beginning of the sentence, without its number: not "Điều 3." of "Điều 3. Bãi bỏ"."""
        return rule("marker").sub("", self.words)

    def says(self, relation: str) -> bool:
        """Whether the cue states `relation` and no other verb has taken its object: "triển khai dịch vụ công theo"."""
        return bool(self.cue and self.cue.relation == relation and not rule("handed_over").search(self.tail))


def _before(layout: Layout, sentence: int, mention: Mention) -> _Before:
    start = max(layout.sentences.starts[sentence], mention.start - _WINDOW)
    cue = layout.cues.last(start, mention.start)
    return _Before(
        layout, sentence, mention, layout.text.folded[start : mention.start], cue.within(start) if cue else None
    )


def own_relation(layout: Layout, sentence: int, mention: Mention) -> str:
    """The relation of the document to a mention that stands alone or first in its list."""
    zone = layout.zone(sentence)
    if zone in ("aside", "head"):
        return "CITES"
    before = _before(layout, sentence, mention)
    if zone == "title":
        return _in_title(before)
    return _change(before, zone) or _by_zone().get(zone, _elsewhere)(before)


@cache
def _by_zone() -> dict[str, Callable[[_Before], str]]:
    return {"basis": _in_basis, "preamble": _in_preamble, "purpose": _in_purpose, "object": _in_object}


def _in_title(before: _Before) -> str:
    """As in "KẾ HOẠCH Triển khai …", "Bãi bỏ Thông tư số …", "HƯỚNG DẪN Một số nội dung Quy định số …"."""
    kind = before.layout.kind
    guidance = kind.startswith("huong dan")
    if kind in kinds("reports"):
        return "CITES"
    if before.cue is None:
        return "GUIDES" if guidance else "CITES"
    if before.cue.relation == "IMPLEMENTS":
        guidance = guidance or _guides_how(before)
        return "GUIDES" if guidance else "IMPLEMENTS" if before.says("IMPLEMENTS") else "CITES"
    return before.cue.relation


def _guides_how(before: _Before) -> bool:
    """As in "Hướng dẫn mức chi tổ chức thực hiện công tác thi đua tại khoản 1 Điều 48 Nghị định …"."""
    return bool(before.mention.citation.pinpoint and rule("guides_how").search(before.head))


def _change(before: _Before, zone: str) -> str:
    """What the document changes: "Quyết định này thay thế …", "Bãi bỏ toàn bộ …", "Quyết định số … hết hiệu lực"."""
    layout = before.layout
    enacts = layout.kind in kinds("enacts") or not layout.kind
    if before.cue and before.cue.relation in _CHANGES and _is_own(before, zone, enacts):
        return before.cue.relation
    if not enacts:
        return ""
    if changed := _opening_verb(before):
        return changed
    end = layout.sentences.ends[before.sentence]
    after = layout.text.folded[before.mention.end : min(end, before.mention.end + _AFTER)]
    target = rule("before_target").match(before.opening)
    if (target and rule("ends_after").match(after)) or _expires(before, end):
        return "REPEALS"
    if changed := _changed_after(before, after, bool(target)):
        return changed
    return _listed(before) if target else ""


def _changed_after(before: _Before, after: str, target: bool) -> str:
    """What the words after a target, or after words that stand in it, say is done to it."""
    if target:
        done = ("AMENDS", "amended_after"), ("REPLACES", "replaced_after")
        return next((relation for relation, name in done if rule(name).match(after)), "")
    phrase = rule("phrase").match(before.opening)
    return "AMENDS" if phrase and rule("phrase_after").match(after) else ""


def _is_own(before: _Before, zone: str, enacts: bool) -> bool:
    """Whether the verb of change is the document's own, and no other act's of which it tells."""
    head, kind = before.head, before.layout.kind
    if _issues(head) if zone == "preamble" else enacts and _opens_with(head):
        return True
    return bool(rule("self_says").search(head)) and (kind not in kinds("tells") or " nay " in head)


def _issues(head: str) -> bool:
    """As in "Quốc hội ban hành Luật sửa đổi, bổ sung một số điều của …"."""
    said = rule("issues").search(head) or rule("issues_law").search(head)
    return said is not None and not lead(head, 0, len(head))


def _opening_verb(before: _Before) -> str:
    """The change that opens a sentence, whatever verbs quotes or names hold after it: "Bãi bỏ đoạn “…” của …"."""
    words = before.opening
    if not rule("changes").match(words) or not rule("attached_to").search(rule("quoted").sub("", words)):
        return ""
    cue = before.layout.cues.opening(before.mention.start - len(words))
    return cue.relation if cue and cue.relation in _CHANGES else ""


def _expires(before: _Before, end: int) -> bool:
    """The subject of a sentence that ends in its being over: "Quy chế kèm theo [Quyết định] … hết hiệu lực"."""
    text, start = before.layout.text, before.mention.end
    last = rule("expires").search(text.folded, max(start, end - _AFTER), end)
    if not last or marked("condition").search(text.flat, before.mention.start - len(before.words), last.start()):
        return False
    return bool(rule("expiring").match(before.opening))


def _opens_with(head: str) -> bool:
    """Whether a verb of change opens the sentence: "Điều 3. Sửa đổi", "2. Bãi bỏ", "Sửa đổi khoản 1 … và bãi bỏ"."""
    words = rule("marker").sub("", head)
    return not words.strip() or bool(rule("changes").match(words))


def _listed(before: _Before) -> str:
    """An item of a list of targets: "Các văn bản sau đây hết hiệu lực:" and its items."""
    layout = before.layout
    at = layout.blocks[layout.sentences.block[before.sentence]].parent
    for _ in range(2):
        if at < 0:
            return ""
        block = layout.blocks[at]
        words = layout.text.folded[block.start : min(block.end, block.start + _AFTER)].rstrip()
        if words.endswith(":") or " sau" in words or rule("list_headed").match(rule("marker").sub("", words)):
            if rule("list_ends").search(words):
                return "REPEALS"
            if rule("list_replaced").search(words):
                return "REPLACES"
            if rule("list_guided").search(words):
                return "GUIDES"
        at = block.parent
    return ""


def _in_basis(before: _Before) -> str:
    """An item of a section "Căn cứ pháp lý" that begins with the document."""
    return "BASED_ON" if rule("listed_basis").match(before.opening) else "CITES"


def _in_preamble(before: _Before) -> str:
    first = _lead(before)
    if first == "IMPLEMENTS" and _background(before):
        return "CITES"
    if first == "BASED_ON" and before.says("IMPLEMENTS") and before.head.rstrip().endswith(","):
        return "IMPLEMENTS"
    if first and first != "CITES":
        return _issued(before) or first
    if first is None:
        first = _directed(before) or _subject_says(before)
    return _issued(before) or first or _looked_back(before)


def _background(before: _Before) -> bool:
    """As in "Thực hiện Chỉ thị số …, thời gian qua các địa phương đã …": told of the past, not of this document."""
    start, layout = before.mention.end, before.layout
    return bool(
        marked("background").search(layout.text.flat, start, min(layout.sentences.ends[before.sentence], start + 600))
    )


def _looked_back(before: _Before) -> str:
    """The next sentence may say it: "… đã ban hành Chỉ thị số 19/CT-TTg. Để triển khai thực hiện Chỉ thị nêu trên"."""
    layout, after = before.layout, before.sentence + 1
    if after >= len(layout.sentences.starts) or layout.zone(after) != "preamble":
        return "CITES"
    start, end = layout.sentences.starts[after], layout.sentences.ends[after]
    words = layout.text.folded[start : min(end, start + _AFTER)]
    found = rule("back_reference").search(words)
    if not found or rule("passes_on").search(words) or found["kind"] not in (before.mention.kind, "van ban"):
        return "CITES"
    return "IMPLEMENTS"


def _lead(before: _Before) -> str | None:
    """The relation of the clause's lead words; of its lead-in for an item ("Căn cứ:" / "- Luật …")."""
    layout, sentence, mention = before.layout, before.sentence, before.mention
    found = lead(layout.text.folded, layout.sentences.starts[sentence], mention.start)
    if found:
        start = max(found.end, mention.start - _WINDOW)
        return None if own_clause(layout.text, start, mention.start) >= 0 else found.relation
    carried_on = layout.leads[sentence]
    if not carried_on and not before.words.strip():
        return _beside(layout, sentence)
    if carried_on and not layout.marked(sentence):
        start = max(layout.sentences.starts[sentence], mention.start - _WINDOW)
        if _issued(before) or own_clause(layout.text, start, mention.start) >= 0:
            return None
    return carried_on


def _beside(layout: Layout, sentence: int) -> str | None:
    """A document that opens a sentence of a line of the legal basis: "Căn cứ Nghị định A về …. Quyết định B về …;"."""
    block, above = layout.sentences.block, sentence - 1
    if above < 0 or block[above] != block[sentence]:
        return None
    first = block.index(block[sentence], max(0, sentence - _NEAR), sentence)
    found = lead(layout.text.folded, layout.sentences.starts[first], layout.sentences.ends[first])
    return found.relation if found and found.relation == "BASED_ON" else None


def _issued(before: _Before) -> str:
    """The relation in the sentence that issues the act: "Ủy ban nhân dân … ban hành Kế hoạch triển khai thi hành …"."""
    cue = before.cue
    if cue is None or cue.relation == "CITES":
        return ""
    start = before.mention.start - len(before.words)
    own = own_clause(before.layout.text, start, before.mention.start) - start
    clause = before.head[own:] if own >= 0 else re.split(r"[;:]", before.head)[-1]
    if rule("issues").search(clause) and not lead(clause, 0, len(clause)) and before.says(cue.relation):
        return "GUIDES" if cue.relation == "IMPLEMENTS" and _guides_how(before) else cue.relation
    return "GUIDES" if cue.relation == "GUIDES" and own >= 0 else ""


def _directed(before: _Before) -> str:
    """As in "Để triển khai thực hiện …, Ủy ban nhân dân tỉnh yêu cầu", "yêu cầu các sở triển khai thực hiện …"."""
    return "IMPLEMENTS" if before.says("IMPLEMENTS") and rule("directs").search(before.head) else ""


def _subject_says(before: _Before) -> str:
    """As in "Về Kết luận của … tại [Thông báo số …]" in an act whose subject is "triển khai Kết luận của …"."""
    subject = before.layout.text.folded[slice(*before.layout.title)]
    found = rule("subject_carries").match(subject)
    if not found:
        return ""
    words = re.findall(r"\w+", subject[found.end() :])[:5]
    return "IMPLEMENTS" if len(words) == 5 and " ".join(words) in " ".join(re.findall(r"\w+", before.words)) else ""


def _in_purpose(before: _Before) -> str:
    return "IMPLEMENTS" if before.says("IMPLEMENTS") and ";" not in before.tail else "CITES"


def _in_object(before: _Before) -> str:
    """As in "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch triển khai thực hiện …"."""
    said = _elsewhere(before)
    if said == "CITES" and before.says("IMPLEMENTS"):
        rules = rule("lays_down").match(rule("marker").sub("", before.head))
        says = rules or rule("issues").search(before.head) or rule("self_guides").search(before.head)
        return "IMPLEMENTS" if says else said
    return said


def _elsewhere(before: _Before) -> str:
    """As in "Thông tư này quy định chi tiết …", "Thông tư này hướng dẫn …"; all else is cited."""
    if not before.cue or before.cue.relation != "GUIDES" or rule("guiding_texts").search(before.head):
        return "CITES"
    return "GUIDES" if rule("self_guides").search(before.head) else "CITES"
