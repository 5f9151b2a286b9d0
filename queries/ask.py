"""Which one document is asked for by a key or by words as people write them."""

from __future__ import annotations

from dataclasses import dataclass

from graph.key import UNKNOWN, BadKey, Key
from graph.model import RELATIONS
from ingest.key_query import Context, Malformed, key_of
from queries.answer import Asked, Candidate, Document, Loose
from queries.corpus import Corpus
from queries.errors import AmbiguousDocument, BadQuestion, UnknownDocument
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


def ask(corpus: Corpus, wanted: Wanted | str) -> Asked:
    """The document that is meant, assumed when the words leave something open and one document alone fits.

    Raises `UnknownDocument`, `AmbiguousDocument` when several fit, `BadQuestion` when the words are empty or too long.
    """
    wanted = Wanted(wanted) if isinstance(wanted, str) else wanted
    key = key_asked(wanted)
    found = _one(corpus, str(key))
    if found and (found.complete or wanted.exact):
        return Asked(wanted.words, str(key), found, exact=wanted.exact)
    if wanted.exact:
        raise UnknownDocument(wanted.words, str(key), wanted.parameter)
    return _by_candidates(corpus, wanted, key, found)


def _one(corpus: Corpus, key: str) -> Document | None:
    """The document with the key, or with the one that took its place."""
    return corpus.documents([key]).get(key) or corpus.documents([corpus.now(key)]).get(corpus.now(key))


def _by_candidates(corpus: Corpus, wanted: Wanted, key: Key, partial: Document | None) -> Asked:
    candidates = candidates_of(corpus, key)
    if len(candidates) == 1:
        return Asked(wanted.words, str(key), candidates[0].document, assumed=not key.hashed)
    if candidates:
        raise AmbiguousDocument(wanted.words, str(key), candidates)
    if partial is None:
        raise UnknownDocument(wanted.words, str(key), wanted.parameter)
    return Asked(wanted.words, str(key), partial)


def key_asked(wanted: Wanted) -> Key:
    """The key that the words print or are read as. Raises `BadQuestion` when they name no document."""
    words = wanted.words.strip()
    if not words or len(words) > MOST_WORDS:
        raise BadQuestion(wanted.parameter, f"give a key or a document as written, of 1 to {MOST_WORDS} characters")
    try:
        return Key.parse(words) if words.startswith("vn:") else key_of(words, wanted.context)
    except (BadKey, Malformed) as error:
        raise BadQuestion(wanted.parameter, str(error)) from error


def candidates_of(corpus: Corpus, key: Key) -> tuple[Candidate, ...]:
    """The documents of the graph that a partial key may mean, in the order of their keys, each with the reason."""
    fitting = [one for one in _same_number(corpus, key) if one.complete and _may_be(key, one)]
    return tuple(Candidate(one, _reasons(key, one)) for one in fitting)


def _same_number(corpus: Corpus, key: Key) -> list[Document]:
    if key.number == UNKNOWN:
        return []
    if key.hashed or UNKNOWN in (key.type, key.issuer):
        rows = corpus.read("documents_number", prefix=f"{key.number}|", limit=MOST_CANDIDATES)
    else:
        rows = corpus.read("documents_block", blocks=[key.block], limit=MOST_CANDIDATES)
    return list(corpus.known(rows).values())


def _may_be(key: Key, document: Document) -> bool:
    """Whether the partial `key` may mean `document`; a hash alone finds its file, whatever else was known when it was
    printed."""
    other = Key.parse(document.id)
    return (key.hashed and key.number == other.number) or key.could_be(other)


_FILLED = {"period": "of", "place": "in", "issuer": "by", "type": "as", "system": "within"}


def _reasons(key: Key, document: Document) -> tuple[str, ...]:
    other = Key.parse(document.id)
    open_ = [name for name in _FILLED if getattr(key, name) == UNKNOWN]
    left = ", ".join(f"{name} {getattr(other, name)}" for name in open_)
    return ("same number" if not left else f"same number; left open: {left}",)


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
