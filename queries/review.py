"""What people should look at: what is known in part and what it may mean, contradictions, misreadings, doubles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from graph.judgement import NOT_SAME, Judgement, standing
from graph.key import Key
from graph.library_rows import Mention as Place
from graph.library_rows import Read
from graph.model import Citation, Programme, Reading
from ingest.candidates import Asked as Mention
from ingest.candidates import Reason
from ingest.tables import table
from queries.answer import Candidate, CorpusNote, Document
from queries.ask import candidates_of
from queries.corpus import Corpus, Shelf

Kind = Literal["partial", "dates", "texts", "flag", "weak", "double", "judgement"]
Doubt = Literal["partial", "contradicting", "suspicious"]
KINDS: Mapping[Doubt, tuple[Kind, ...]] = {
    "partial": ("partial",),
    "contradicting": ("dates", "texts", "flag"),
    "suspicious": ("weak", "double", "judgement"),
}
MOST_MENTIONS = 5
_MOST_LISTED = 2000


@dataclass(frozen=True, slots=True)
class Mentioned:
    """One mention: its place (code points of `source`), its words, the sentence around it, the document that cites."""

    source: str
    start: int
    end: int
    words: str
    quote: str
    citing: Document | None
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Something to judge, `why` in words.

    `partial`: a document known in part only; `dates`, `texts`: several dates are printed, or several texts held, of
    one document; `flag`: a document contradicts itself; `weak`: known from mentions put right alone; `double`:
    near-equal texts under two keys; `judgement`: a decision that lost its ground. `more`: mentions beside those shown.
    """

    kind: Kind
    key: str
    cited_by: int
    why: Reason
    document: Document | None = None
    mentions: tuple[Mentioned, ...] = ()
    more: int = 0
    candidates: tuple[Candidate, ...] = ()
    other: str | None = None
    sources: tuple[str, ...] = ()
    judgement: str | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """One page of what to look at, most cited first; `next` is the cursor of the page after, None on the last."""

    doubts: tuple[Doubtful, ...]
    next: int | None
    corpus: CorpusNote


def review(corpus: Corpus, doubt: Doubt | None = None, limit: int = 20, cursor: int = 0) -> Review:
    """What to look at, of one kind of doubt or of all. Without a library only what the graph knows. Raises
    `StoreError`."""
    kinds = KINDS[doubt] if doubt else tuple(kind for some in KINDS.values() for kind in some)
    most = cursor + limit + 1
    found = [one for kind in kinds for one in _of_kind(corpus, kind, most)]
    found.sort(key=lambda one: (-one.cited_by, kinds.index(one.kind), one.key, one.other or "", one.judgement or ""))
    page = found[cursor : cursor + limit]
    known = corpus.documents(one.key for one in page)
    reader = Reader(corpus)
    shown = tuple(_shown(reader, replace(one, document=known.get(one.key))) for one in page)
    return Review(shown, cursor + limit if len(found) > cursor + limit else None, corpus.note())


def _of_kind(corpus: Corpus, kind: Kind, most: int) -> Iterator[Doubtful]:
    if kind == "partial":
        yield from (
            Doubtful(kind, row["id"], row["cited_by"], _PARTIAL) for row in corpus.read("review_partial", limit=most)
        )
    elif corpus.library:
        found = list(_FROM_LIBRARY[kind](corpus.library))
        ids = sorted({one.key for one in found})
        counts = {row["id"]: row["cited_by"] for row in corpus.read("cited_by", ids=ids)} if ids else {}
        yield from (replace(one, cited_by=counts.get(one.key, 0)) for one in found)


_PARTIAL = Reason("chỉ biết một phần: chưa rõ là văn bản nào", "known in part only: which document is not certain")


def _dates(library: Shelf) -> Iterator[Doubtful]:
    for one in library.disputed(_MOST_LISTED):
        said = ", ".join(f"{date} ({count})" for date, count in one.dates)
        yield Doubtful(
            "dates", one.key, 0, Reason(f"ngày in khác nhau: {said}", f"different dates are printed: {said}")
        )


def _texts(library: Shelf) -> Iterator[Doubtful]:
    for one in library.contested(_MOST_LISTED):
        why = Reason("nhiều văn bản khác nhau mang cùng khóa này", "different texts are held under this key")
        yield Doubtful("texts", one.key, 0, why, sources=one.sources)


def _doubles(library: Shelf) -> Iterator[Doubtful]:
    different = _not_same(library)
    for one in library.likely(_MOST_LISTED):
        same = library.now(one.key) == library.now(one.other_key)
        if not same and frozenset((one.key, one.other_key)) not in different:
            why = Reason(f"gần như cùng một văn bản ({one.likeness})", f"near-equal texts ({one.likeness})")
            yield Doubtful("double", one.key, 0, why, other=one.other_key, sources=(one.source, one.other))


def _loose(library: Shelf) -> Iterator[Doubtful]:
    for one in library.dangling():
        said = one.judgement
        why = Reason(f"phán quyết không còn căn cứ: {one.why}", f"a judgement without ground: {one.why}")
        sources = (said.source,) if said.source else ()
        yield Doubtful("judgement", said.key or "", 0, why, sources=sources, judgement=said.id)


def _flags(library: Shelf) -> Iterator[Doubtful]:
    for one in library.flagged(_MOST_LISTED):
        yield Doubtful(
            "flag", one.key, 0, Reason(f"văn bản tự mâu thuẫn: {one.flag}", f"it contradicts itself: {one.flag}")
        )


def _weak(library: Shelf) -> Iterator[Doubtful]:
    for one in library.repaired(table("review")["risky"], _MOST_LISTED):
        said = ", ".join(one.rules)
        why = Reason(f"chỉ thấy ở số, ký hiệu phải sửa ({said})", f"known only from numbers put right ({said})")
        yield Doubtful("weak", one.key, 0, why)


_FROM_LIBRARY: Mapping[Kind, Callable[[Shelf], Iterator[Doubtful]]] = {
    "dates": _dates,
    "texts": _texts,
    "flag": _flags,
    "weak": _weak,
    "double": _doubles,
    "judgement": _loose,
}


def _not_same(library: Shelf) -> frozenset[frozenset[str]]:
    """The pairs of keys that people judged to be different documents."""
    pairs = (
        frozenset((one.key or "", one.other or "")) for one in standing(library.judgements()) if one.what == NOT_SAME
    )
    return frozenset(pairs)


class Reader:
    """Reads mentions where they stand, with what each may mean; a document is unpacked once."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.different = _not_same(corpus.library) if corpus.library else frozenset()
        self._last: tuple[str, Read | None, Document | None] | None = None
        self._ranked: dict[Mention, tuple[Candidate, ...]] = {}

    def mentions(self, key: str) -> list[Place]:
        """The places where documents cite the key."""
        places = self.corpus.library.mentions(key) if self.corpus.library else ()
        return [one for one in places if one.part in ("citation", "programme")]

    def mentioned(self, place: Place) -> Mentioned | None:
        """The mention at a place, with its candidates; None where the reading has none."""
        read, citing = self._read(place.source)
        here = _at(read.judged or read.said, place.start) if read else []
        if read is None or not here:
            return None
        one = here[0]
        quote = read.text[one.quote_start : one.quote_end] or one.text
        asked = _as_asked(place.key, one, citing)
        found = () if asked.key.complete else self.meant(asked)
        return Mentioned(place.source, one.start, one.end, one.text, quote, citing, found)

    def meant(self, mention: Mention) -> tuple[Candidate, ...]:
        """The candidates of a mention that people did not rule out."""
        if mention not in self._ranked:
            self._ranked[mention] = tuple(
                one
                for one in candidates_of(self.corpus, mention)
                if frozenset((str(mention.key), one.document.id)) not in self.different
            )
        return self._ranked[mention]

    def _read(self, source: str) -> tuple[Read | None, Document | None]:
        if self._last is None or self._last[0] != source:
            library = self.corpus.library
            read = library.read(source) if library else None
            key = read and (read.judged or read.said).key
            self._last = source, read, self.corpus.documents([key]).get(key) if key else None
        return self._last[1], self._last[2]


def _at(reading: Reading, start: int) -> list[Citation | Programme]:
    return [one for part in (reading.citations, reading.programmes) for one in part if one.start == start]


def _as_asked(key: str, one: Citation | Programme, citing: Document | None) -> Mention:
    title, issuer = (one.subject or one.name, one.issuer) if isinstance(one, Citation) else (one.name, None)
    return Mention(Key.parse(key), title, issuer, last=citing.date_last if citing else None)


def _shown(reader: Reader, one: Doubtful) -> Doubtful:
    """A doubt with the first mentions of its document, and all that these may mean."""
    if one.kind in ("flag", "double", "judgement"):
        return one
    places = reader.mentions(one.key)
    mentions = [found for place in places[:MOST_MENTIONS] if (found := reader.mentioned(place))]
    candidates = merged([said.candidates for said in mentions])
    if one.kind == "partial" and not mentions and one.document:
        candidates = reader.meant(Mention(Key.parse(one.key), one.document.subject, one.document.issuer))
    return replace(one, mentions=tuple(mentions), more=len(places) - len(mentions), candidates=candidates)


def merged(found: Sequence[tuple[Candidate, ...]]) -> tuple[Candidate, ...]:
    """The candidates of several mentions, each with its best score, best first."""
    best: dict[str, Candidate] = {}
    for one in (candidate for some in found for candidate in some):
        if one.document.id not in best or best[one.document.id].score < one.score:
            best[one.document.id] = one
    return tuple(sorted(best.values(), key=lambda one: (-one.score, one.document.id)))


@dataclass(frozen=True, slots=True)
class Proposals:
    """Judgements that candidates with a high score stand for. `tied`: mentions whose best candidates score the same;
    `below`: those without one that scores enough."""

    judgements: tuple[Judgement, ...]
    tied: int
    below: int


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of the mentions known in part: judged as their best candidates say (`judgements`, by id), tied, or
    below the score."""

    judgements: tuple[str, ...]
    tied: int
    below: int


def proposals(corpus: Corpus, least: float, signed: Judgement) -> Proposals:
    """For every mention known in part whose best candidate scores `least` or more the judgement that it is meant, with
    who and when of `signed`. Raises `StoreError`."""
    reader = Reader(corpus)
    found: list[Judgement] = []
    tied = below = 0
    keys = [row["id"] for row in corpus.read("review_partial", limit=1_000_000_000)]
    for place in sorted(
        (place for key in keys for place in reader.mentions(key)), key=lambda one: (one.source, one.start)
    ):
        said = reader.mentioned(place)
        fitting = [one for one in (said.candidates if said else ()) if one.score >= least]
        if said is None or not fitting:
            below += 1
        elif len(fitting) > 1 and fitting[0].score == fitting[1].score:
            tied += 1
        else:
            found.append(_accepted(said, fitting[0], signed))
    return Proposals(tuple(found), tied, below)


def _accepted(said: Mentioned, best: Candidate, signed: Judgement) -> Judgement:
    reasons = "; ".join(reason.en for reason in best.reasons)
    note = f"accepted with score {best.score}: {reasons}"
    return replace(
        signed, what="key", source=said.source, start=said.start, key=best.document.id, quote=said.quote, note=note
    )
