"""Which one document is asked for by a key or by words as people write them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from graph.key import UNKNOWN, Key
from graph.model import RELATIONS
from graph.store import Row
from ingest.candidates import Asked as Mention
from ingest.candidates import Reason, rank
from ingest.key_name import law_name, versions
from ingest.key_query import Asked as Read
from ingest.key_query import Context, Malformed
from ingest.key_query import ask as read
from queries.answer import Asked, Candidate, Document, Loose
from queries.corpus import Corpus
from queries.errors import AmbiguousDocument, NamesNothing, UnknownDocument
from queries.scope import ANY_DAY

MOST_CANDIDATES = 200
MOST_WORDS = 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document as asked for: a key or words; `exact` asks for the very node of a partial key.

    `parameter` names it in errors, `context` is what the asker takes for granted.
    """

    words: str
    exact: bool = False
    parameter: str = "document"
    context: Context | None = None


def ask(corpus: Corpus, wanted: Wanted | str, as_of: str | None = None) -> Asked:
    """The document that is meant, assumed when the words leave something open and one document alone fits.

    `as_of` is the day (ISO) from which it is asked, where the context gives none: "Luật Đất đai" in 2022 is that of
    2013.

    Raises `UnknownDocument`, `AmbiguousDocument` when several fit, `NamesNothing` when the words are no document's.
    """
    wanted = _on(Wanted(wanted) if isinstance(wanted, str) else wanted, as_of)
    said = read_words(wanted)
    key = said.key
    found = _one(corpus, str(key))
    if found and (found.complete or wanted.exact):
        return Asked(wanted.words, str(key), found, exact=wanted.exact)
    if wanted.exact:
        raise UnknownDocument(wanted.words, str(key), wanted.parameter)
    return _by_candidates(corpus, wanted, said, found)


def _on(wanted: Wanted, as_of: str | None) -> Wanted:
    """The same document asked for from a day; one that the asker named stands."""
    context = wanted.context or Context()
    return wanted if context.as_of or not as_of else replace(wanted, context=replace(context, as_of=as_of))


def _one(corpus: Corpus, key: str) -> Document | None:
    """The document with the key, or with the one that took its place."""
    return corpus.documents([key]).get(key) or corpus.documents([corpus.now(key)]).get(corpus.now(key))


def _by_candidates(corpus: Corpus, wanted: Wanted, said: Read, partial: Document | None) -> Asked:
    key = said.key
    last = wanted.context.as_of if wanted.context else None
    candidates = candidates_of(corpus, Mention(key, said.title, said.issuer, last=last))
    if len(candidates) == 1:
        return Asked(wanted.words, str(key), candidates[0].document, assumed=not key.hashed)
    if candidates:
        raise AmbiguousDocument(wanted.words, str(key), candidates)
    if partial is None:
        raise UnknownDocument(wanted.words, str(key), wanted.parameter)
    return Asked(wanted.words, str(key), partial)


def read_words(wanted: Wanted) -> Read:
    """The words as read: a key and what else they say. Raises `NamesNothing` when they name no document."""
    words = wanted.words.strip()
    if not words or len(words) > MOST_WORDS:
        raise NamesNothing(wanted.parameter, f"give a key or a document as written, of 1 to {MOST_WORDS} characters")
    try:
        return read(words, wanted.context or Context())
    except Malformed as error:
        raise NamesNothing(wanted.parameter, str(error)) from error


def candidates_of(corpus: Corpus, mention: Mention) -> tuple[Candidate, ...]:
    """The documents of the graph that a partial key may mean, best first, each with the reasons.

    A hash alone finds its file, whatever else was known when the key was printed.
    """
    rows = _same_number(corpus, mention.key)
    if mention.key.number.startswith("~") and not mention.key.hashed:
        return _by_name(corpus, mention.key) or _ranked(corpus, mention, rows)
    if mention.key.hashed:
        hashed = [row for row in rows if Key.parse(row["id"]).number == mention.key.number]
        return tuple(Candidate(one, 1.0, one.date is not None) for one in corpus.known(hashed).values())
    return _ranked(corpus, mention, rows)


def _by_name(corpus: Corpus, key: Key) -> tuple[Candidate, ...]:
    """The versions of a law that are in the graph, newest first: a law is cited by name, and held by number."""
    name = law_name(key.number.removeprefix("~").replace("-", " "))
    ids = [str(law.key) for law in versions(name)] if name else []
    known = corpus.documents(ids)
    reason = (Reason("cùng tên", "same name"),)
    return tuple(Candidate(known[id], 1.0, known[id].date is not None, reason) for id in reversed(ids) if id in known)


def _ranked(corpus: Corpus, mention: Mention, rows: list[Row]) -> tuple[Candidate, ...]:
    ranked = rank(mention, rows)
    known = corpus.known(row for row in rows if row["id"] in {one.id for one in ranked})
    return tuple(Candidate(known[one.id], one.score, one.dated, one.reasons) for one in ranked)


def _same_number(corpus: Corpus, key: Key) -> list[Row]:
    if key.number == UNKNOWN:
        return []
    if key.hashed or UNKNOWN in (key.type, key.issuer):
        return corpus.read("documents_number", prefix=f"{key.number}|", limit=MOST_CANDIDATES)
    return corpus.read("documents_block", blocks=[key.block], limit=MOST_CANDIDATES)


def loose_ends(corpus: Corpus, document: Document, incoming: bool) -> tuple[Loose, ...]:
    """What hangs on partly known documents that may be this one: edges to them (`incoming`) or from them, apart from
    its own.

    A mention in a document older than this one cannot mean it and is left out.
    """
    if not document.complete:
        return ()
    key = Key.parse(document.id)
    blocks = sorted(
        {f"{key.number}|{type_}|{issuer}" for type_ in (key.type, UNKNOWN) for issuer in (key.issuer, UNKNOWN)}
    )
    near = corpus.known(corpus.read("documents_block", blocks=blocks, limit=MOST_CANDIDATES)).values()
    partial = [one for one in near if not one.complete and Key.parse(one.id).could_be(key)]
    return tuple(loose for one in partial if (loose := _loose(corpus, one, document, incoming)))


def _loose(corpus: Corpus, partial: Document, document: Document, incoming: bool) -> Loose | None:
    edges = corpus.edges(
        "edges_in" if incoming else "edges_out",
        ids=[partial.id],
        relations=list(RELATIONS),
        confidence=0.0,
        as_of=ANY_DAY,
        limit=MOST_CANDIDATES,
    )
    speakers = corpus.documents(edge.asserted_by for edge in edges if edge.asserted_by)
    first = document.date_first or ""
    fitting = tuple(
        edge
        for edge in edges
        if not (said := speakers.get(edge.asserted_by or "")) or not said.date_last or said.date_last >= first
    )
    if not fitting:
        return None
    citing = tuple(speakers[id] for id in sorted({edge.asserted_by or "" for edge in fitting}) if id in speakers)
    many = f"{len(citing)} more citing documents" if len(citing) != 1 else "1 more citing document"
    return Loose(partial, fitting, citing, f"{many} may mean this one")
