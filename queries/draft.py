"""A draft checked before it is signed: is each document that it cites there, which is meant, is its date right, was it
changed since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.key import Key
from graph.model import Citation
from ingest.candidates import Asked as Mention
from ingest.extract import extract
from queries.answer import Candidate, CorpusNote, Document, Edge
from queries.ask import MOST_CANDIDATES, candidates_of
from queries.corpus import Corpus
from queries.errors import BadQuestion
from queries.scope import MAX_LIMIT, Scope
from queries.text import Mark, Passage, Status, passages_of
from queries.walk import SHOWN, edges_at

MOST_CHARACTERS = 400_000
_NO_LONGER = ("expired", "partly_in_force", "suspended", "unsuitable")


@dataclass(frozen=True, slots=True)
class Changed:
    """What amends, replaces, repeals or corrects a document that the draft cites, with the words that say so."""

    edge: Edge
    by: Document

    @property
    def whole(self) -> bool:
        """Whether all of it is replaced or repealed, as far as the words say."""
        return self.edge.relation in ("REPLACES", "REPEALS") and not self.edge.pinpoints


@dataclass(frozen=True, slots=True)
class Checked:
    """One document that the draft cites, and what is to be looked at.

    `places` are where it is cited (code points of the draft), `words` and `date` as written there first. `misdated`:
    another date is known of it. `near`: documents with its number and another date, where none has the one written.
    `lapsed`: a register says that it is not, or not wholly, in force. `formal` is the citation in full, None where it
    is not certain which document is meant.
    """

    words: str
    places: tuple[tuple[int, int], ...]
    status: Status
    key: str
    date: str | None
    document: Document | None
    candidates: tuple[Candidate, ...] = ()
    misdated: bool = False
    near: tuple[Document, ...] = ()
    changes: tuple[Changed, ...] = ()
    lapsed: bool = False
    formal: str | None = None

    @property
    def known(self) -> bool:
        """Whether it is certain which document is meant, and something here holds or cites it."""
        return self.document is not None and self.document.complete

    @property
    def fine(self) -> bool:
        """Whether nothing is to be looked at."""
        return self.known and not (self.misdated or self.changes or self.lapsed)


@dataclass(frozen=True, slots=True)
class Draft:
    """The documents that a draft cites in the order of their first mention, and its text with their places.

    `secrecy` is a mark of state secrets that the draft bears: then nothing of it is looked at.
    """

    cited: tuple[Checked, ...]
    passages: tuple[Passage, ...]
    marks: tuple[Mark, ...]
    secrecy: str | None
    corpus: CorpusNote


def check(corpus: Corpus, text: str) -> Draft:
    """Every citation of a draft of at most 400,000 characters, checked; nothing of the draft is kept.

    Raises `BadQuestion`, `StoreError`.
    """
    if len(text) > MOST_CHARACTERS:
        raise BadQuestion("text", f"give a draft of at most {MOST_CHARACTERS} characters")
    reading = extract("", text)
    if reading.header.secrecy:
        return Draft((), (), (), reading.header.secrecy, corpus.note())
    found = [one for one in reading.citations if one.key]
    known = corpus.documents(one.key for one in found if one.key)
    changes = _changes(corpus, [id for id, one in known.items() if one.complete])
    last = reading.header.date
    cited = tuple(_checked(corpus, some, known.get(key), changes, last) for key, some in _grouped(found))
    marks = _marks(cited)
    return Draft(cited, passages_of(text, marks), marks, None, corpus.note())


def _grouped(found: Sequence[Citation]) -> list[tuple[str, list[Citation]]]:
    """The mentions of each document, apart where different dates are written; those without one go with the first."""
    first: dict[str, str] = {}
    for one in found:
        if one.date:
            first.setdefault(one.key or "", one.date)
    groups: dict[tuple[str, str | None], list[Citation]] = defaultdict(list)
    for one in found:
        groups[one.key or "", one.date or first.get(one.key or "")].append(one)
    return [(key, some) for (key, _), some in groups.items()]


def _checked(
    corpus: Corpus,
    some: Sequence[Citation],
    document: Document | None,
    changes: Mapping[str, tuple[Changed, ...]],
    last: str | None,
) -> Checked:
    one = some[0]
    date = next((each.date for each in some if each.date), None)
    key = Key.parse(one.key or "")
    said = Checked(one.text, tuple((each.start, each.end) for each in some), "cited_not_held", str(key), date, document)
    if not key.complete:
        found = candidates_of(corpus, Mention(key, one.subject or one.name, one.issuer, last=last))
        return replace(said, status="ambiguous" if found else "unresolvable", candidates=found)
    if document is None:
        return replace(said, near=_near(corpus, key))
    return replace(
        said,
        status="resolved" if document.held else "cited_not_held",
        misdated=not _agree(date, document.date),
        changes=changes.get(document.id, ()),
        lapsed=document.validity in _NO_LONGER,
        formal=formal(document),
    )


def _agree(written: str | None, known: str | None) -> bool:
    """Whether two dates differ at most in how much of them is said."""
    return not written or not known or written.startswith(known) or known.startswith(written)


def _near(corpus: Corpus, key: Key) -> tuple[Document, ...]:
    """The documents with the same number, type and issuer."""
    rows = corpus.read("documents_block", blocks=[key.block], limit=MOST_CANDIDATES)
    near = corpus.known(row for row in rows if row["complete"])
    place = (key.place or "").split(".")[0]
    return tuple(one for id, one in near.items() if (Key.parse(id).place or "").split(".")[0] == place)


def _changes(corpus: Corpus, ids: Sequence[str]) -> dict[str, tuple[Changed, ...]]:
    edges = edges_at(corpus, ids, "edges_in", SHOWN, Scope(limit=MAX_LIMIT))[0] if ids else ()
    by = corpus.documents(edge.from_id for edge in edges)
    found: dict[str, dict[tuple[str, str], Changed]] = defaultdict(dict)
    for edge in edges:
        if edge.from_id in by:
            found[edge.to_id].setdefault((edge.from_id, edge.relation), Changed(edge, by[edge.from_id]))
    return {id: tuple(some.values()) for id, some in found.items()}


def formal(document: Document) -> str | None:
    """A citation in full, as the rules on drafting have it; None where the number is not known.

    "Nghị quyết số 20-NQ/TW ngày 25 tháng 10 năm 2017 của Ban Chấp hành Trung ương Đảng", "Luật Đất đai số 31/2024/QH15
    ngày 18 tháng 01 năm 2024".
    """
    if not document.number:
        return None
    named = document.kind in ("Luật", "Bộ luật") and document.subject
    parts = [document.subject if named else document.kind, f"số {document.number}", _written(document.date)]
    parts.append(f"của {document.issuer}" if document.issuer and not named else None)
    return " ".join(part for part in parts if part)


def _written(date: str | None) -> str | None:
    """A day as it is written: "2022-09-03" → "ngày 03 tháng 9 năm 2022"; less where less is known."""
    if not date:
        return None
    year, *rest = date.split("-")
    month = f"tháng {rest[0] if int(rest[0]) < 3 else int(rest[0])} " if rest else ""
    return f"ngày {rest[1]} {month}năm {year}" if len(rest) > 1 else f"{month}năm {year}"


def _marks(cited: Iterable[Checked]) -> tuple[Mark, ...]:
    """The places of all of them in order; `key` is the number of the one that stands there, as text."""
    placed = sorted((start, -end, number, one) for number, one in enumerate(cited) for start, end in one.places)
    marks: list[Mark] = []
    for start, end, number, one in placed:
        if not marks or marks[-1].end <= start:
            marks.append(Mark(start, -end, one.status, str(number), one.document, "CITES"))
    return tuple(marks)
