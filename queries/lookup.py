"""Which documents are meant in a text, or by citations one by one: offsets, status, key, candidates with reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from graph.key import Key
from graph.model import Citation, Reading
from ingest.candidates import Asked as Mention
from ingest.cite import find_citations
from ingest.clean import clean
from ingest.header import read_header
from ingest.key import with_keys
from ingest.key_period import Days
from ingest.key_query import Context, Malformed
from ingest.key_query import ask as read
from ingest.key_scene import Said
from queries.answer import Candidate, CorpusNote, Document
from queries.ask import candidates_of
from queries.corpus import Corpus
from queries.errors import BadQuestion

MOST_CHARACTERS = 64_000
MOST_CITATIONS = 250
Status = Literal["resolved", "cited_not_held", "ambiguous", "unresolvable", "not_a_citation"]


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation by its fields; `number` is as printed, or the whole citation as written."""

    number: str
    date: str | None = None
    issuer: str | None = None
    type: str | None = None

    @property
    def words(self) -> str:
        """The type and the number, as people would write them."""
        return " ".join(part for part in (self.type, self.number) if part)


@dataclass(frozen=True, slots=True)
class Looked:
    """One citation: its words, their place in the text (None for one given alone), what they say and what they mean.

    `status`: resolved (one document, held), cited_not_held (one document, not held), ambiguous (several candidates, or
    one that
    is not certain), unresolvable (in part known, no candidate), not_a_citation. `document` is None for one that
    nothing here cites.
    """

    words: str
    start: int | None
    end: int | None
    status: Status
    key: str | None = None
    document: Document | None = None
    candidates: tuple[Candidate, ...] = ()
    type: str | None = None
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    pinpoint: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Lookup:
    """The citations in the order of the text, or as given."""

    citations: tuple[Looked, ...]
    corpus: CorpusNote


def lookup_text(corpus: Corpus, text: str, context: Context | None = None) -> Lookup:
    """Every citation in a text of at most 64,000 characters; what the context gives holds against the text's own
    header.

    Raises `BadQuestion`, `StoreError`.
    """
    if len(text) > MOST_CHARACTERS:
        raise BadQuestion("text", f"give a text of at most {MOST_CHARACTERS} characters")
    reading = _reading(text, context or Context())
    keys = [Key.parse(one.key) if one.key else Key() for one in reading.citations]
    known = _known(corpus, keys)
    last = Days.of(reading.header.date).last if reading.header.date else None
    looked = [
        _mention(corpus, one, Mention(key, one.subject, one.issuer, last=last), known.get(str(key)))
        for one, key in zip(reading.citations, keys, strict=True)
    ]
    return Lookup(tuple(looked), corpus.note())


def lookup_citations(corpus: Corpus, citations: Sequence[Cited | str], context: Context | None = None) -> Lookup:
    """Each of at most 250 citations, as written or by fields. Raises `BadQuestion`, `StoreError`."""
    if len(citations) > MOST_CITATIONS:
        raise BadQuestion("citations", f"give at most {MOST_CITATIONS} citations")
    context = context or Context()
    return Lookup(tuple(_alone(corpus, one, context) for one in citations), corpus.note())


def several(words: str) -> bool:
    """Whether `words` are a text that cites more than one document, not one citation."""
    view = clean(words)
    return len(find_citations(view, read_header(view))) > 1


def _reading(text: str, context: Context) -> Reading:
    view = clean(text)
    header = read_header(view)
    header = replace(
        header,
        place=context.place or header.place,
        issuer=context.issuer or header.issuer,
        date=context.as_of or header.date,
    )
    found = find_citations(view, header)
    return with_keys(Reading("", header, found), view)


def _mention(corpus: Corpus, one: Citation, mention: Mention, document: Document | None) -> Looked:
    status, document, candidates = _meant(corpus, mention, document)
    return Looked(
        one.text, one.start, one.end, status, str(mention.key), document, candidates,
        one.type, one.number, one.date, one.issuer, one.pinpoint,
    )  # fmt: skip


def _alone(corpus: Corpus, cited: Cited | str, context: Context) -> Looked:
    cited = Cited(cited) if isinstance(cited, str) else cited
    words = cited.words
    try:
        said = read(words, context, Said(date=cited.date, issuer=cited.issuer))
    except Malformed as error:
        return Looked(words, None, None, "not_a_citation", reason=str(error))
    known = _known(corpus, [said.key]).get(str(said.key))
    mention = Mention(said.key, said.title, said.issuer, last=context.as_of)
    status, document, candidates = _meant(corpus, mention, known)
    return Looked(
        words, None, None, status, str(said.key), document, candidates,
        said.known.type, said.known.number, said.known.date, said.issuer,
    )  # fmt: skip


def _known(corpus: Corpus, keys: Sequence[Key]) -> dict[str, Document]:
    """The documents with these keys, or with the ones that took their place."""
    known = corpus.documents(map(str, keys))
    now = {str(key): corpus.now(str(key)) for key in keys if str(key) not in known}
    moved = corpus.documents(there for key, there in now.items() if there != key)
    return known | {key: moved[there] for key, there in now.items() if there in moved}


def _meant(
    corpus: Corpus, mention: Mention, document: Document | None
) -> tuple[Status, Document | None, tuple[Candidate, ...]]:
    """A mention stays ambiguous also with one candidate: what it leaves open is not for us to fill."""
    if mention.key.complete:
        return ("resolved" if document and document.held else "cited_not_held"), document, ()
    candidates = candidates_of(corpus, mention)
    return ("ambiguous" if candidates else "unresolvable"), document, candidates
