"""Decides what relation a document states of itself to a mention, by the mention's place and the words before it."""

from __future__ import annotations

import re

from ingest.relate_cues import active, kinds, lead, rule
from ingest.relate_layout import Layout
from ingest.relate_links import Mention

_CHANGES = frozenset({"AMENDS", "REPLACES", "REPEALS", "CORRECTS"})


def own_relation(layout: Layout, sentence: int, mention: Mention) -> str:
    """The relation of the document to a mention that stands alone or first in its list."""
    zone = layout.zone(sentence)
    if zone in ("aside", "head"):
        return "CITES"
    if zone == "title":
        return _in_title(layout, sentence, mention)
    changed = _change(layout, sentence, mention)
    if changed:
        return changed
    if zone == "basis":
        return _in_basis(layout, sentence, mention)
    if zone == "preamble":
        return _in_preamble(layout, sentence, mention)
    if zone == "purpose":
        return _purpose(layout, sentence, mention)
    if zone == "object":
        return _in_object(layout, sentence, mention)
    return _self_guides(layout, sentence, mention) or "CITES"


def _before(layout: Layout, sentence: int, mention: Mention) -> str:
    return layout.text.folded[max(layout.sentences.starts[sentence], mention.start - 900) : mention.start]


def _in_title(layout: Layout, sentence: int, mention: Mention) -> str:
    """As in "KẾ HOẠCH Triển khai …", "Bãi bỏ Thông tư số …", "HƯỚNG DẪN Một số nội dung Quy định số …"."""
    start = max(layout.sentences.starts[sentence], min(layout.title[0], mention.start))
    words = f"{layout.kind} " + layout.text.folded[start : mention.start]
    if layout.kind in kinds("reports"):
        return "CITES"
    cue = active(words, 0, len(words))
    if cue is None:
        return "CITES"
    if cue.relation == "IMPLEMENTS" and layout.kind.startswith("huong dan"):
        return "GUIDES"
    if rule("handed_over").search(words[cue.end :]) and cue.relation == "IMPLEMENTS":
        return "CITES"
    return cue.relation


def _change(layout: Layout, sentence: int, mention: Mention) -> str:
    """What the document changes: "Quyết định này thay thế …", "Bãi bỏ toàn bộ …", "Quyết định số … hết hiệu lực"."""
    before = _before(layout, sentence, mention)
    cue = active(before, 0, len(before))
    enacts = layout.kind in kinds("enacts") or not layout.kind
    if cue and cue.relation in _CHANGES:
        head = before[: cue.start]
        if rule("self_says").search(head):
            return cue.relation
        if enacts and _opens_with(head) and layout.zone(sentence) != "preamble":
            return cue.relation
        if layout.zone(sentence) == "preamble" and rule("issues").search(head) and not lead(before, 0, len(head)):
            return cue.relation
    if not enacts:
        return ""
    after = layout.text.folded[mention.end : min(layout.sentences.ends[sentence], mention.end + 400)]
    if rule("before_target").match(rule("marker").sub("", before)) and rule("ends_after").match(after):
        return "REPEALS"
    return _listed(layout, sentence, before)


def _opens_with(head: str) -> bool:
    """Whether a verb of change opens the sentence: "Điều 3. Sửa đổi", "2. Bãi bỏ", "Sửa đổi khoản 1 … và bãi bỏ"."""
    words = rule("marker").sub("", head)
    return not words.strip() or bool(rule("changes").match(words))


def _listed(layout: Layout, sentence: int, before: str) -> str:
    """An item of a list of targets: "Các văn bản sau đây hết hiệu lực:" and its items."""
    if not rule("before_target").match(rule("marker").sub("", before)):
        return ""
    at = layout.blocks[layout.sentences.block[sentence]].parent
    for _ in range(2):
        if at < 0:
            return ""
        block = layout.blocks[at]
        words = layout.text.folded[block.start : min(block.end, block.start + 400)].rstrip()
        if words.endswith(":") or " sau" in words:
            if rule("list_ends").search(words):
                return "REPEALS"
            if rule("list_replaced").search(words):
                return "REPLACES"
        at = block.parent
    return ""


def _in_basis(layout: Layout, sentence: int, mention: Mention) -> str:
    """An item of a section "Căn cứ pháp lý" that begins with the document."""
    before = rule("marker").sub("", _before(layout, sentence, mention))
    return "BASED_ON" if rule("listed_basis").match(before) else "CITES"


def _in_preamble(layout: Layout, sentence: int, mention: Mention) -> str:
    before = _before(layout, sentence, mention)
    first = _lead(layout, sentence, mention)
    if first and first != "CITES":
        return _issued(before) or first
    if first is None:
        first = _directed(before) or _subject_says(layout, before)
    return _issued(before) or first or _looked_back(layout, sentence, mention)


def _looked_back(layout: Layout, sentence: int, mention: Mention) -> str:
    """The next sentence may say it: "… đã ban hành Chỉ thị số 19/CT-TTg. Để triển khai thực hiện Chỉ thị nêu trên"."""
    after = sentence + 1
    if after >= len(layout.sentences.starts) or layout.zone(after) != "preamble":
        return "CITES"
    start, end = layout.sentences.starts[after], layout.sentences.ends[after]
    words = layout.text.folded[start : min(end, start + 300)]
    found = rule("back_reference").search(words)
    if not found or rule("passes_on").search(words) or found["kind"] not in (mention.kind, "van ban"):
        return "CITES"
    return "IMPLEMENTS"


def _lead(layout: Layout, sentence: int, mention: Mention) -> str | None:
    """The relation of the clause's lead words; of its lead-in for an item ("Căn cứ:" / "- Luật …")."""
    found = lead(layout.text.folded, layout.sentences.starts[sentence], mention.start)
    if found:
        governed = layout.text.folded[max(found.end, mention.start - 900) : mention.start]
        return None if rule("new_clause").search(governed) else found.relation
    carried_on = layout.leads[sentence]
    if carried_on and not layout.marked(sentence) and _issued(_before(layout, sentence, mention)):
        return None
    return carried_on


def _issued(before: str) -> str:
    """The relation in the sentence that issues the act: "Ủy ban nhân dân … ban hành Kế hoạch triển khai thi hành …"."""
    cue = active(before, 0, len(before))
    if cue is None or cue.relation == "CITES":
        return ""
    clause = re.split(r"[;:]", before[: cue.start])[-1]
    clause = rule("body_opens").sub("", clause)
    handed = rule("handed_over").search(before[cue.end :])
    if rule("issues").search(clause) and not lead(clause, 0, len(clause)) and not handed:
        return cue.relation
    if cue.relation == "GUIDES" and rule("new_clause").search("," + clause + before[cue.start :]):
        return "GUIDES"
    return ""


def _directed(before: str) -> str:
    """As in "Để triển khai thực hiện …, Ủy ban nhân dân tỉnh yêu cầu", "yêu cầu các sở triển khai thực hiện …"."""
    cue = active(before, 0, len(before))
    if cue is None or cue.relation != "IMPLEMENTS" or rule("handed_over").search(before[cue.end :]):
        return ""
    return "IMPLEMENTS" if rule("directs").search(before[: cue.start]) else ""


def _subject_says(layout: Layout, before: str) -> str:
    """As in "Về Kết luận của … tại [Thông báo số …]" in an act whose subject is "triển khai Kết luận của …"."""
    subject = layout.text.folded[slice(*layout.title)]
    found = rule("subject_carries").match(subject)
    if not found:
        return ""
    words = re.findall(r"\w+", subject[found.end() :])[:5]
    return "IMPLEMENTS" if len(words) == 5 and " ".join(words) in " ".join(re.findall(r"\w+", before)) else ""


def _purpose(layout: Layout, sentence: int, mention: Mention) -> str:
    before = _before(layout, sentence, mention)
    cue = active(before, 0, len(before))
    if (
        cue
        and cue.relation == "IMPLEMENTS"
        and not rule("handed_over").search(before[cue.end :])
        and ";" not in before[cue.end :]
    ):
        return "IMPLEMENTS"
    return "CITES"


def _in_object(layout: Layout, sentence: int, mention: Mention) -> str:
    before = _before(layout, sentence, mention)
    cue = active(before, 0, len(before))
    guides = _self_guides(layout, sentence, mention)
    if guides:
        return guides
    if cue is None or cue.relation != "IMPLEMENTS" or rule("handed_over").search(before[cue.end :]):
        return "CITES"
    says = rule("issues").search(before[: cue.start]) or rule("self_guides").search(before[: cue.start])
    return "IMPLEMENTS" if says else "CITES"


def _self_guides(layout: Layout, sentence: int, mention: Mention) -> str:
    """As in "Thông tư này quy định chi tiết …", "Thông tư này hướng dẫn …"."""
    before = _before(layout, sentence, mention)
    cue = active(before, 0, len(before))
    if cue and cue.relation == "GUIDES" and rule("self_guides").search(before[: cue.start]):
        return "GUIDES"
    return ""
