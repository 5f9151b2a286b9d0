"""What one source claims: each relation between two keys that its reading states, with the evidence for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.folding import fold
from graph.model import Citation, Programme, Reading, Statement, Task
from graph.projection_tables import Body, Tables

LONGEST_QUOTE = 600
ORGANIZATION = "vn:org:"
TASK = "vn:task:"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A source as it is projected: its judged reading, its own key, its text as decoded, the tasks marked done."""

    source: str
    key: str
    reading: Reading
    text: str
    done: frozenset[int] = field(default_factory=frozenset)


class Evidence(NamedTuple):
    """Where a source says it: the mention, the sentence around it, and how it was read. No mention: `end` is 0."""

    start: int = 0
    end: int = 0
    quote_start: int = 0
    quote_end: int = 0
    pinpoint: str = ""
    method: str = ""


class Claim(NamedTuple):
    """That a source states a relation. Ends are keys as read, before judgements of sameness."""

    start: str
    relation: str
    end: str
    evidence: Evidence
    role: str = ""


@dataclass(frozen=True, slots=True)
class GivenTask:
    """A task of a document and every place where it is printed; the first place names it."""

    id: str
    task: Task
    spans: tuple[tuple[int, int], ...]


def claims(spoken: Spoken, tables: Tables) -> Iterator[Claim]:
    """All that a source claims, in no special order."""
    for citation in spoken.reading.citations:
        yield from _of_citation(spoken, citation)
    for statement in spoken.reading.extra_edges:
        yield from _of_statement(spoken, statement)
    for programme in spoken.reading.programmes:
        yield from _of_programme(spoken, programme)
    yield from _of_bodies(spoken, tables)
    for given in tasks(spoken):
        yield from _of_task(spoken, given, tables)


def bodies(spoken: Spoken, tables: Tables) -> Iterator[tuple[str, Body]]:
    """Each body that a source names, with the name as printed."""
    header, reading = spoken.reading.header, spoken.reading
    names = [header.issuer or "", *(name for line in header.recipients for name in tables.names(line))]
    for task in reading.tasks:
        names += (*task.lead, *task.coordinate)
    for name in dict.fromkeys(names):
        body = tables.body(name, header, spoken.key) if name else None
        if body:
            yield name, body


def tasks(spoken: Spoken) -> tuple[GivenTask, ...]:
    """The tasks of a source, one for those that are printed twice in the same words to the same bodies."""
    found: dict[tuple[str, ...], list[Task]] = {}
    for task in sorted((*spoken.reading.tasks, *spoken.reading.unassigned), key=lambda one: (one.start, one.end)):
        found.setdefault(_words_of(task), []).append(task)
    return tuple(
        GivenTask(f"{TASK}{spoken.source}:{same[0].start}", same[0], tuple((one.start, one.end) for one in same))
        for same in found.values()
    )


def _words_of(task: Task) -> tuple[str, ...]:
    words = "".join(char if char.isalnum() else " " for char in fold(task.text)).split()
    return (" ".join(words), *sorted(fold(name) for name in task.lead))


def _of_citation(spoken: Spoken, citation: Citation) -> Iterator[Claim]:
    if citation.key is None:
        return
    said_by = citation.from_key or _meant(spoken.reading, citation.from_number, citation.start)
    if said_by and said_by != spoken.key:
        yield Claim(said_by, citation.relation, citation.key, _evidence(spoken.text, citation, citation.method))
    nested = said_by != spoken.key and (citation.nested or citation.from_number is not None or said_by is not None)
    relation, method = ("CITES", "nested") if nested else (citation.relation, citation.method)
    yield Claim(spoken.key, relation, citation.key, _evidence(spoken.text, citation, method))


def _of_statement(spoken: Spoken, statement: Statement) -> Iterator[Claim]:
    mention = _mention(spoken.reading, statement.to, statement.end)
    start = statement.from_key or _meant(spoken.reading, statement.from_number, statement.end)
    end = statement.to_key or (mention.key if mention else None)
    if start and end:
        yield Claim(start, statement.relation, end, _stated(spoken.text, statement, mention))


def _stated(text: str, statement: Statement, mention: Citation | None) -> Evidence:
    if statement.end:
        quoted = (mention.quote_start, mention.quote_end) if mention else (0, 0)
        inside = quoted[0] <= statement.start and statement.end <= quoted[1]
        return located(text, (statement.start, statement.end), quoted if inside else (0, 0), "statement")
    return _evidence(text, mention, "statement") if mention else Evidence(method="statement")


def _of_programme(spoken: Spoken, programme: Programme) -> Iterator[Claim]:
    """The mention goes to the act where the text ties one to the name; the programme and its approval stay."""
    if programme.key is None:
        return
    span, quote = (programme.start, programme.end), (programme.quote_start, programme.quote_end)
    evidence = located(spoken.text, span, quote, "programme")
    act = programme.approved_by_key
    if act:
        yield Claim(act, "APPROVES", programme.key, evidence)
    said_by = programme.from_key or _meant(spoken.reading, programme.from_number, programme.start)
    if said_by:
        yield Claim(said_by, programme.relation, act or programme.key, evidence)
    relation = "CITES" if programme.from_number or said_by else programme.relation
    yield Claim(spoken.key, relation, programme.key if relation == "APPROVES" else act or programme.key, evidence)


def _of_bodies(spoken: Spoken, tables: Tables) -> Iterator[Claim]:
    header, text = spoken.reading.header, spoken.text
    if header.issuer and (body := tables.body(header.issuer, header, spoken.key)):
        span = _span(text.find(header.issuer), header.issuer)
        yield Claim(spoken.key, "ISSUED_BY", body.id, located(text, span, span, "header"))
    for line in header.recipients:
        span = _span(text.rfind(line), line)
        found = (tables.body(name, header, spoken.key) for name in tables.names(line))
        yield from (
            Claim(spoken.key, "SENT_TO", one.id, located(text, span, span, "recipient")) for one in found if one
        )


def _span(at: int, words: str) -> tuple[int, int]:
    return (at, at + len(words)) if at >= 0 else (0, 0)


def _of_task(spoken: Spoken, given: GivenTask, tables: Tables) -> Iterator[Claim]:
    spans = [located(spoken.text, span, span, "task") for span in given.spans]
    for evidence in spans:
        yield Claim(spoken.key, "CONTAINS", given.id, evidence)
    for name, role in _assigned(given.task):
        body = tables.body(name, spoken.reading.header, spoken.key)
        if body:
            yield from (Claim(given.id, "ASSIGNS_TO", body.id, evidence, role) for evidence in spans)
    mentions: tuple[Citation | Programme, ...] = (*spoken.reading.citations, *spoken.reading.programmes)
    for mention in mentions:
        inside = any(start <= mention.start and mention.end <= end for start, end in given.spans)
        if inside and mention.key:
            span, quote = (mention.start, mention.end), (mention.quote_start, mention.quote_end)
            yield Claim(given.id, "UNDER", mention.key, located(spoken.text, span, quote, "task"))


def _assigned(task: Task) -> Iterator[tuple[str, str]]:
    yield from ((name, "lead") for name in task.lead)
    yield from ((name, "coordinate") for name in task.coordinate)


def _meant(reading: Reading, words: str | None, at: int) -> str | None:
    mention = _mention(reading, words, at)
    return mention.key if mention else None


def _mention(reading: Reading, words: str | None, at: int) -> Citation | None:
    """The mention of a number or name nearest before `at`, else the nearest after."""
    same = [one for one in reading.citations if one.key and words and words in (one.number, one.name)]
    before = [one for one in same if one.start <= at]
    return max(before, key=lambda one: one.start) if before else min(same, key=lambda one: one.start, default=None)


def _evidence(text: str, citation: Citation, method: str) -> Evidence:
    span, quote = (citation.start, citation.end), (citation.quote_start, citation.quote_end)
    return located(text, span, quote, method)._replace(pinpoint=citation.pinpoint or "")


def located(text: str, span: tuple[int, int], quote: tuple[int, int], method: str) -> Evidence:
    """Evidence whose quote holds the mention, is at most `LONGEST_QUOTE` long and lies in the text."""
    start, end = span
    if end <= start:
        return Evidence(method=method)
    first, last = quote if quote[0] <= start and end <= quote[1] else _line(text, start, end)
    if last - first > LONGEST_QUOTE:
        first = max(first, min(start, max(end, start + LONGEST_QUOTE // 2) - LONGEST_QUOTE))
        last = min(last, first + LONGEST_QUOTE)
    return Evidence(start, end, first, min(last, len(text)), "", method)


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """The line or lines in which a mention stands."""
    last = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, len(text) if last < 0 else last
