"""Says how a document stands to those it cites, and how those stand to each other."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from graph.model import Citation, Header, Programme, Statement
from ingest.blocks import Block
from ingest.clean import Text
from ingest.relate_carried import carried, read_aims
from ingest.relate_cues import passive, read_cues, rule
from ingest.relate_layout import Layout, read_layout
from ingest.relate_links import Link, Mention, chain, link
from ingest.relate_own import own_relation
from ingest.relate_programmes import Named, as_citation, find_programmes, programme
from ingest.sentences import quote_bounds

_NEAR = 6
_CHANGES = ("AMENDS", "REPLACES", "CORRECTS")


@dataclass(frozen=True, slots=True)
class Related:
    """The citations with relation, `from_number`, `nested` and quote; edges between cited documents; programmes."""

    citations: tuple[Citation, ...]
    extra_edges: tuple[Statement, ...]
    programmes: tuple[Programme, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """What one sentence says: the relation and the holder's name of each of its mentions, and edges between them."""

    relations: tuple[tuple[str, str | None], ...]
    edges: tuple[Statement, ...]


def relate(
    text: Text, header: Header, citations: tuple[Citation, ...], blocks: tuple[Block, ...] | None = None
) -> Related:
    """The relations of `citations` (offsets into `text.raw`, in any order); linear in the length of the text.

    "Chương trình số 40-CTr/TU … thực hiện Nghị quyết số 20-NQ/TW": the second one IMPLEMENTS, from "40-CTr/TU".
    `blocks` are those of `text`, split here when they are not given.
    """
    layout = read_layout(text, header, blocks)
    mentions = [_mention(text, one) for one in citations]
    order = sorted(range(len(mentions)), key=lambda i: (mentions[i].start, -mentions[i].end))
    by_sentence: dict[int, list[int]] = defaultdict(list)
    for index in order:
        by_sentence[layout.sentences.index(mentions[index].start)].append(index)
    named = find_programmes(layout, [mentions[i] for i in order])
    layout = _prepared(layout, mentions, named)
    said: dict[int, tuple[str, str | None]] = {}
    edges: list[Statement] = []
    for sentence, indices in sorted(by_sentence.items()):
        one = _sentence(layout, sentence, [mentions[i] for i in indices])
        said.update(zip(indices, one.relations, strict=True))
        edges += one.edges
    edges += _listed_changes(layout, by_sentence, mentions)
    done = tuple(_filled(layout, mentions[i], *said[i]) for i in range(len(mentions)))
    programmes = _programmes(layout, [mentions[i] for i in order], named)
    return Related(_carried_out(layout, done), tuple(dict.fromkeys(edges)), programmes)


def _prepared(layout: Layout, mentions: Sequence[Mention], named: Sequence[Named]) -> Layout:
    """The layout with the cues of the sentences that hold a mention, up to the last one, and the document's aims."""
    reach: dict[int, int] = {}
    for start, end in [*((one.start, one.end) for one in mentions), *((one.start, one.end) for one in named)]:
        sentence = layout.sentences.index(start)
        reach[sentence] = max(reach.get(sentence, 0), end)
    spans = [(layout.sentences.starts[sentence], end) for sentence, end in sorted(reach.items()) if sentence >= 0]
    return replace(layout, cues=read_cues(layout.text.folded, spans), aims=read_aims(layout))


def _programmes(layout: Layout, mentions: Sequence[Mention], named: Sequence[Named]) -> tuple[Programme, ...]:
    """The programmes with their relations, each read beside the mentions of its sentence."""
    starts = [mention.start for mention in mentions]
    said: list[Programme] = []
    for one in named:
        sentence = layout.sentences.index(one.start)
        first = bisect_left(starts, layout.sentences.starts[sentence])
        last = bisect_left(starts, one.start)
        near = [*mentions[max(first, last - _NEAR) : last], Mention(one.start, one.end, as_citation(layout, one))]
        said.append(programme(layout, one, _sentence(layout, sentence, near).relations[-1], len(near) > 1))
    return tuple(said)


def _mention(text: Text, citation: Citation) -> Mention:
    return Mention(_view(text, citation.start), _view(text, citation.end), citation)


def _view(text: Text, raw: int) -> int:
    return raw if text.starts is None else bisect_left(text.starts, raw)


def _sentence(layout: Layout, sentence: int, mentions: Sequence[Mention]) -> _Said:
    links = link(layout, mentions)
    bare: list[tuple[str, str | None]] = []
    for at, one in enumerate(links):
        bare.append(_relation(layout, sentence, mentions, bare, (at, one)))
    relations = [_aimed(layout, sentence, mention, said) for mention, said in zip(mentions, bare, strict=True)]
    return _Said(tuple(relations), tuple(_edges(layout, mentions, links)))


def _relation(
    layout: Layout,
    sentence: int,
    mentions: Sequence[Mention],
    before: Sequence[tuple[str, str | None]],
    own: tuple[int, Link],
) -> tuple[str, str | None]:
    at, one = own
    if one.holder is not None:
        return one.relation, mentions[one.holder].name
    if one.like is not None:
        relation, holder = before[one.like]
        return ("CITES", holder) if one.changes is not None and relation in _CHANGES else (relation, holder)
    return own_relation(layout, sentence, mentions[at]) if sentence >= 0 else "CITES", None


def _aimed(layout: Layout, sentence: int, mention: Mention, said: tuple[str, str | None]) -> tuple[str, str | None]:
    """A basis that approves or issues what the document carries out is carried out."""
    if said == ("BASED_ON", None) and carried(layout, sentence, mention):
        return "IMPLEMENTS", None
    return said


def _edges(layout: Layout, mentions: Sequence[Mention], links: Sequence[Link]) -> list[Statement]:
    """Second statements: "X được sửa đổi bởi Y" is Y AMENDS X; "A và B về thực hiện C" is A IMPLEMENTS C besides."""
    edges = []
    for at, one in enumerate(links):
        if one.changes is not None and mentions[at].name != mentions[one.changes].name:
            edges.append(_statement(mentions[at], one.by, mentions[one.changes]))
        if one.holder is not None and one.relation == "IMPLEMENTS":
            edges += _shared(layout, mentions, links, at, one.holder)
    return edges


def _listed_changes(
    layout: Layout, by_sentence: dict[int, list[int]], mentions: Sequence[Mention]
) -> Iterator[Statement]:
    """As in "Nghị định A …, được sửa đổi, bổ sung bởi:" and the paragraphs after it, each beginning with a document."""
    starts, ends, folded = layout.sentences.starts, layout.sentences.ends, layout.text.folded
    target: Mention | None = None
    relation = ""
    for sentence in sorted(by_sentence):
        first = mentions[by_sentence[sentence][0]]
        if sentence - 1 not in by_sentence and not (target and layout.marked(sentence)):
            target = None
        if target and rule("before_target").match(
            rule("marker").sub("", folded[starts[sentence] : first.start][-200:])
        ):
            yield _statement(first, relation, target)
        tail = folded[max(starts[sentence], ends[sentence] - 120) : ends[sentence]].rstrip()
        said = folded[starts[sentence] : ends[sentence]].rstrip(" :") if tail.endswith(":") else ""
        cue = passive(folded, starts[sentence], starts[sentence] + len(said)) if said else None
        if cue:
            target, relation = first, cue.relation
        elif not tail.endswith(";") and not layout.marked(sentence):
            target = None


def _shared(
    layout: Layout, mentions: Sequence[Mention], links: Sequence[Link], at: int, holder: int
) -> list[Statement]:
    """As in "Nghị quyết 71 … và Chương trình 10 … về thực hiện Nghị quyết 57": the first one carries it out as well."""
    folded = layout.text.folded
    first = holder - 1
    if first < 0 or mentions[first].name in (mentions[at].name, mentions[holder].name):
        return []
    if chain(links, first)[1:] != chain(links, holder)[1:]:
        return []
    between = folded[mentions[first].end : mentions[holder].start]
    said = folded[mentions[holder].end : mentions[at].start]
    joined = re.fullmatch(r"(?:[^;,]|,(?= ngay\b))*\bva\s*", between) and not rule("title_opens").search(between)
    about = re.search(r"\bve (?:viec )?(?:to chuc )?(?:trien khai|thuc hien)", said)
    if not joined or not (about or mentions[first].kind == mentions[holder].kind):
        return []
    return [_statement(mentions[first], "IMPLEMENTS", mentions[at])]


def _statement(subject: Mention, relation: str, target: Mention) -> Statement:
    start = min(subject.citation.start, target.citation.start)
    end = max(subject.citation.end, target.citation.end)
    return Statement(subject.name, relation, target.name, start, end)


def _filled(layout: Layout, mention: Mention, relation: str, holder: str | None) -> Citation:
    text = layout.text
    start, end = quote_bounds(text, mention.start, mention.end, layout.sentences)
    return replace(
        mention.citation,
        relation=relation,
        from_number=holder,
        nested=holder is not None,
        quote_start=text.raw_offset(start),
        quote_end=text.raw_offset(end),
    )


def _carried_out(layout: Layout, citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """A basis that the title carries out by its number or name is carried out in the preamble too."""
    start, end = layout.text.raw_offset(layout.title[0]), layout.text.raw_offset(layout.title[1])
    titled = {
        name
        for one in citations
        if start <= one.start < end and one.relation == "IMPLEMENTS" and not one.from_number
        for name in (one.number, one.name)
        if name
    }
    return tuple(
        replace(one, relation="IMPLEMENTS") if one.relation == "BASED_ON" and titled & {one.number, one.name} else one
        for one in citations
    )
