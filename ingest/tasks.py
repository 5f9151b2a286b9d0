"""Reads who must do what by when: items, sentences, headings with items below, tables and labelled blocks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from graph.model import Header, Task
from ingest.blocks import Block, split_blocks
from ingest.bodies import read_bodies
from ingest.bodies_names import shown
from ingest.bodies_words import Words, words_of, words_pattern
from ingest.clean import Text, fold
from ingest.deadlines import deadline_as_printed
from ingest.patterns import compiled
from ingest.tables import table
from ingest.tasks_claims import Claim, claims, coordinating, fronted, imperative
from ingest.tasks_labels import labelled_rows
from ingest.tasks_marks import cue_pattern, quiet, sentences
from ingest.tasks_no_orders import handed_to_person, is_cell_title, is_title, only_names
from ingest.tasks_page import SHORT, Context, Page, segments, titles
from ingest.tasks_tables import Row, label_of, table_rows


@dataclass(frozen=True, slots=True)
class Tasks:
    """The tasks of a document, and the imperatives that no named body is told to carry out."""

    tasks: tuple[Task, ...] = ()
    unassigned: tuple[Task, ...] = ()


def find_tasks(text: Text, header: Header, blocks: tuple[Block, ...] | None = None) -> Tasks:
    """Every task of the document, in order; offsets into `text.raw`.

    "Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính rà soát … trước ngày 15/12/2025" → lead Sở Y tế, coordinate
    Sở Tài chính, deadline 2025-12-15. Under a heading "3. Sở Tài chính:" each item is a task of its own.
    `blocks` are those of `text`, split here when they are not given.
    """
    blocks = split_blocks(text) if blocks is None else blocks
    page = Page(text, words_of(text), blocks, _children(blocks), header.issuer, _is_report(header))
    rows = [*table_rows(text, page.words, blocks), *labelled_rows(text, page.words, blocks)]
    taken = {index for row in rows for index in row.blocks}
    said = [*(_task(page, row) for row in rows if row.lead), *_running(page, taken)]
    tasks = [task for task in said if task.lead and task.text]
    loose = [task for task in said if not task.lead and task.text]
    return Tasks(tuple(sorted(tasks, key=_place)), tuple(sorted(loose, key=_place)))


def _is_report(header: Header) -> bool:
    return header.type in table("tasks")["reports"]


def _children(blocks: Sequence[Block]) -> Mapping[int, Sequence[int]]:
    below: defaultdict[int, list[int]] = defaultdict(list)
    for index, block in enumerate(blocks):
        below[block.parent].append(index)
    return below


def _place(task: Task) -> tuple[int, int]:
    return task.start, task.end


def _running(page: Page, taken: set[int]) -> Iterator[Task]:
    """The tasks of headings, items and paragraphs."""
    contexts: dict[int, Context] = {-1: Context(past=page.reports)}
    for index, block in enumerate(page.blocks):
        above = contexts.get(block.parent, contexts[-1])
        if block.zone not in ("body", "annex") or block.kind == "rule":
            contexts[index] = above
            continue
        leaf = page.leaf(index)
        speaks = not leaf and _speaks(page, block)
        own = contexts[index] = _context(page, block, above) if speaks else above
        if index in taken:
            continue
        topics = _topics(page, index) if above.heading and not leaf else set()
        if topics:
            taken |= topics
            yield _inherited(page, block.body, page.blocks[max(topics)].end, above)
        elif not (above.silent or _quiet(page, block, above)) and (speaks or (leaf and _speaks(page, block))):
            yield from _block_tasks(page, index, above, own)


def _quiet(page: Page, block: Block, above: Context) -> bool:
    """Whether the block can hold no task: nothing above makes it an order, and none of its words begins one."""
    if above.partners or (above.orders and not above.aims) or page.words.flat.find("1)", block.start, block.end) >= 0:
        return False
    return quiet(page.words, block.body, block.end)


def _topics(page: Page, index: int) -> set[int]:
    """The items under an order that ends in a colon, when they only list its topics: "Tham mưu về: - Mức vốn …"."""
    block = page.blocks[index]
    if not page.ends_open(block) or not imperative(page.words, block.body, block.end):
        return set()
    if _partners(page, block) or _heading(page, block):
        return set()
    below = page.children[index]
    spans = [(page.blocks[one].body, page.blocks[one].end) for one in below]
    if any(imperative(page.words, start, end) or claims(page.words, start, end, page.issuer) for start, end in spans):
        return set()
    return set(below)


def _lists(page: Page, block: Block) -> bool:
    """ "gửi hồ sơ gồm:" above things, not orders."""
    return bool(titles("lists").search(page.words.low[max(block.body, block.end - 80) : block.end]))


def _partners(page: Page, block: Block) -> bool:
    """ "Chủ trì, phối hợp với:" above a list of bodies and what they do."""
    return bool(titles("partners").fullmatch(page.words.low[block.body : block.end].strip()))


def _speaks(page: Page, block: Block) -> bool:
    """Whether the block can order: not the preamble, a letterhead, a label above names, or a form to fill in."""
    text, start, end = page.text, block.body, block.end
    capitals = text.flat[start : start + 6].isupper()
    if capitals and titles("letterhead").search(text.folded, start, min(end, start + 2 * SHORT)):
        return False
    if block.table >= 0 and is_cell_title(page.words, start, end):
        return False
    if end - start < 60 and label_of(text.folded[start:end]) in ("lead", "coordinate", "time", "product"):
        return False
    dotted = text.flat.find("..", start, end) >= 0 or text.flat.find("…", start, end) >= 0
    if dotted and len(titles("form").findall(text.flat, start, end)) > 1:
        return False
    if not page.text.folded.startswith(("can cu", "chieu", "xet", "theo de nghi", "kinh gui"), block.body):
        return True
    opening = page.text.folded[block.body : block.body + 40]
    ends = page.text.flat[max(block.body, block.end - 3) : block.end].rstrip()
    return not (re.match(r"(?:can cu|chieu|xet|theo de nghi|kinh gui)\b", opening) and ends.endswith((";", ",")))


def _context(page: Page, block: Block, above: Context) -> Context:
    """The context that a block that can order sets for those below it."""
    if above.lead and _partners(page, block):
        return replace(above, partners=True)
    named = _heading(page, block)
    if named:
        return named
    if page.ends_open(block):
        said = Context() if _lists(page, block) else _lead_in(page, block)
        if said:
            return said
    return _titled(page, block, above) if block.end - block.body < SHORT else above


def _titled(page: Page, block: Block, above: Context) -> Context:
    """The context below a short heading, by the words that it opens with."""
    opening = page.text.folded[block.body : min(block.end, block.body + 60)].strip()
    ruled = block.family == "article" or (above.heading and bool(above.lead))
    if titles("silent").match(opening) or (ruled and titles("rules").match(opening)):
        return Context(silent=True)
    if titles("past").match(opening):
        return Context(aims=True, past=True)
    if above.past and titles("ahead").match(opening):
        return Context()
    return Context(aims=True, past=above.past) if titles("aims").match(opening) else above


@cache
def _fronts() -> re.Pattern[str]:
    return words_pattern("tasks", "heading_fronts", r"(?:@)\s+")


def _heading(page: Page, block: Block) -> Context | None:
    """ "3. Sở Tài chính:", "**1. Sở Nội vụ** (Cơ quan thường trực …):", "Đề nghị Ủy ban Mặt trận …" above items."""
    if not block.family and page.text.flat[block.start : block.end].isupper():
        return None
    words, at = page.words, block.body
    cue = cue_pattern().match(words.low, at, block.end)
    request = bool(cue) and " ".join(cue.group().split()) in table("tasks")["request"] if cue else False
    front = _fronts().match(words.low, at, block.end)
    at = cue.end() if cue else front.end() if front else at
    while at < block.end and words.flat[at] in " :":
        at += 1
    bodies = read_bodies(words, at, block.end)
    if not bodies or titles("no_heading").match(words.low, at, block.end):
        return None
    if front and "của" in front.group() and (whole := _whole_name(page, at, bodies.end, block.end)):
        return Context((whole,), heading=True, orders=True)
    rest = compiled(r"\([^()]*\)").sub("", words.low[bodies.end : block.end]).strip(" .;")
    if rest in ("", ":") or titles("heading_rest").fullmatch(rest) or _works_with(words, bodies.end, block.end):
        helpers = coordinating(words, bodies.end, block.end, bodies.names)
        return Context(bodies.names, request, heading=True, orders=True, coordinate=helpers)
    return None


def _works_with(words: Words, at: int, end: int) -> bool:
    """ "Sở Tài chính chủ trì, phối hợp với Sở Y tế": a heading goes on to who helps and no further."""
    cue = compiled(r"\s*chủ\s+trì\s*[,;]?\s+(?:và\s+)?phối\s+hợp(?:\s+với)?\s+").match(words.low, at, end)
    helpers = read_bodies(words, cue.end(), end) if cue else None
    return helpers is not None and not words.flat[helpers.end : end].strip(" .;:*_")


def _whole_name(page: Page, at: int, behind: int, end: int) -> str | None:
    """The rest of a heading that says whose duties follow: "Trách nhiệm của tổ chức, cá nhân khai thác khoáng sản"."""
    rest = page.words.low[behind:end]
    if end - at > SHORT or not compiled(r"\s+[^\W\d_][^.;:()]*").fullmatch(rest):
        return None
    return None if compiled(r"\s+(?:trong|đối\s+với|về|khi)(?![^\W_])").match(rest) else shown(page.words, at, end)


def _lead_in(page: Page, block: Block) -> Context | None:
    """The last bodies that a block ending in a colon tells to act."""
    found = claims(page.words, block.body, block.end, page.issuer)
    if found:
        lead, after = found[-1].lead, found[-1].after
        if page.issuer and any(fold(name) == fold(page.issuer) for name in lead):
            return None
        if titles("enacts").match(page.words.low, after):
            return None
        helpers = coordinating(page.words, after, block.end, lead)
        when = deadline_as_printed(page.text, after, block.end)
        return Context(lead, found[-1].request, orders=True, coordinate=helpers, deadline=when)
    last = list(sentences(page.words, block.body, block.end))[-1:]
    if last and cue_pattern().search(page.words.low, last[0][0], last[0][1]):
        return Context(orders=True)
    return None


def _block_tasks(page: Page, index: int, above: Context, own: Context) -> Iterator[Task]:
    block = page.blocks[index]
    parent = not page.leaf(index)
    if parent and (own.heading or own.partners or own.silent) and own != above:
        return
    lists = parent and _lists(page, block)
    lead_in = parent and page.ends_open(block) and not lists
    parts = segments(page, block)
    carried = above = _opening(page, block, parts[0][0]) or above
    for start, end in parts:
        said = list(_segment_tasks(page, start, end, carried, above))
        if lists and end == block.end:
            said = said[:-1]
        if lead_in and end == block.end:
            said = [task for task in said if task is not said[-1] or _orders_itself(page, task)]
        if parent and not lead_in:
            said = [task for task in said if page.blocks[index].end - block.body > SHORT or not block.bold]
            said = [task for task in said if task.lead != above.lead or not is_title(page.words, block.body, block.end)]
            said = [task for task in said if task.lead != above.lead or not block.bold]
        yield from said
        if said and said[0].lead:
            carried = Context(said[0].lead, said[0].request, orders=True)


def _orders_itself(page: Page, task: Task) -> bool:
    """A lead-in is a task of its own when it says more than "thực hiện các nội dung sau"."""
    found = claims(page.words, _view(page, task.start), _view(page, task.end), page.issuer)
    if re.search(table("tasks")["points"], page.words.low[max(0, _view(page, task.end) - 60) : _view(page, task.end)]):
        return False
    return bool(found) and _view(page, task.end) - found[-1].after > SHORT


def _view(page: Page, raw: int) -> int:
    """The offset of the views for an offset of the raw text."""
    starts = page.text.starts
    if starts is None:
        return raw
    from bisect import bisect_left

    return bisect_left(starts, raw)


def _opening(page: Page, block: Block, stop: int) -> Context | None:
    """What a block says before its numbered parts: "Yêu cầu Sở Y tế: (1) …; (2) …"."""
    found = claims(page.words, block.body, stop, page.issuer) if stop > block.body else []
    if not found:
        return None
    helpers = coordinating(page.words, found[-1].after, stop, found[-1].lead)
    return Context(found[-1].lead, found[-1].request, orders=True, coordinate=helpers)


def _segment_tasks(page: Page, start: int, end: int, carried: Context, above: Context) -> Iterator[Task]:
    """The tasks of one item: its own bodies first, else those of the heading or lead-in above it."""
    words = page.words
    found = [claim for claim in claims(words, start, end, page.issuer) if not _hands_on(page, claim, end)]
    if above.past:
        found = [claim for claim in found if claim.handed]
    if above.partners:
        helpers = tuple(name for claim in found for name in claim.lead)
        yield _task(page, Row(start, end, above.lead, helpers, request=above.request))
        return
    if above.heading:
        found = [claim for claim in found if _own(page, claim, start, end, above) and not _led(page, claim, above)]
    if found:
        if found[0].start - start > 80 and above.orders and imperative(words, start, found[0].start):
            yield _inherited(page, start, found[0].start, above)
        bounds = [claim.start for claim in found[1:]] + [end]
        for claim, stop in zip(found, bounds, strict=True):
            helpers = claim.helpers and claim.helpers + coordinating(words, claim.after, stop, claim.lead)
            yield _task(page, Row(claim.start, stop, claim.lead, helpers, request=claim.request))
        return
    if handed_to_person(words, start, end):
        return
    small = words.flat[start : start + 1].islower()
    context = carried if small and carried.lead else above
    if not context.orders or context.aims:
        return
    if titles("statements").match(page.text.folded, start, end) or only_names(words, start, end):
        return
    ordered = imperative(words, start, end)
    described = context.heading and not ordered and titles("describes").match(page.text.folded, start, end)
    if ordered or small or (context.heading and not described):
        yield _inherited(page, start, end, context)


def _own(page: Page, claim: Claim, start: int, end: int, above: Context) -> bool:
    """Whether an item under a heading that names a body has bodies of its own: first of all, behind words that only
    lead up to them ("Hằng năm, Sở Y tế …"), or in a closing line.
    """
    if claim.named == claim.start and (not claim.handed or claim.start == start):
        return True
    if titles("closing").match(page.words.low, claim.start, end):
        return True
    if claim.start == start and not claim.handed and fronted(page.words, start, end):
        if set(above.lead) < set(claim.lead):
            return False
        return page.words.flat[claim.after : claim.after + 1] != "," and not imperative(page.words, start, claim.named)
    return bool(compiled(r"\s+(?:có|chịu)\s+trách\s+nhiệm").match(page.words.low, claim.after, end))


def _led(page: Page, claim: Claim, above: Context) -> bool:
    """ "Lãnh đạo Ủy ban nhân dân tỉnh xây dựng …" under a Party body that leads: its verb, no office holder."""
    party = above.lead[0].lower().startswith(tuple(table("tasks")["party"]))
    return party and page.words.low.startswith(("lãnh đạo", "chỉ đạo"), claim.start)


def _hands_on(page: Page, claim: Claim, end: int) -> bool:
    folded, start, stop = page.text.folded, claim.named, min(end, claim.named + 300)
    if not any(folded.find(word, start, stop) >= 0 for word in table("tasks")["not_orders_hold"]):
        return False
    return bool(titles("not_orders").search(folded, start, stop))


def _task(page: Page, row: Row, above: Context | None = None) -> Task:
    """The task of a row; what it does not say of helpers and deadline comes from the heading above."""
    text, start, end = page.text, row.start, row.end
    while start < end and text.flat[start] in " ;,:":
        start += 1
    while end > start and text.flat[end - 1] in " ;,(-+":
        end -= 1
    partners = row.coordinate or coordinating(page.words, start, end, row.lead)
    deadline = row.deadline or deadline_as_printed(text, start, end)
    if above is not None and above.lead == row.lead:
        partners, deadline = partners or above.coordinate, deadline or above.deadline
    return Task(
        text.raw_offset(start), text.raw_offset(end), text.slice(start, end), row.lead, partners, deadline,
        row.product, row.request,
    )  # fmt: skip


def _inherited(page: Page, start: int, end: int, above: Context) -> Task:
    return _task(page, Row(start, end, above.lead, request=above.request), above)
