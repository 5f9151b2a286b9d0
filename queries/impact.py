"""What is touched if a document, or one article of it, is amended, replaced or repealed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from ingest.clean import fold
from queries.answer import Asked, CorpusNote, Document, Edge, Loose
from queries.ask import Wanted, ask, loose_ends
from queries.authority import mere_authority
from queries.corpus import Corpus
from queries.scope import Scope
from queries.walk import RESTS_ON, SHOWN, Path, Reached, edges_among, edges_at, shortest, walk, wanted

Strength = Literal["strong", "weak"]
Basis = Literal["content", "authority"]
DEPTH = 4


@dataclass(frozen=True, slots=True)
class Touched:
    """A document that rests on the one asked for.

    `path` leads from the document asked for to this one, each edge with its quotes; `strength` is weak when a hop is a
    mere mention;
    `basis` is authority when a hop names its basis only for the power to act; `part` says whether the first hop names
    the article asked for
    ("named"), none ("whole") or was not asked ("").
    """

    document: Document
    distance: int
    strength: Strength
    basis: Basis
    path: tuple[Edge, ...]
    part: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The touched documents of one body in one place, by key."""

    place: str | None
    issuer: str | None
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Impact:
    """All that is touched, strongest and nearest first; `changes` already amend, replace, repeal or correct the
    document itself."""

    asked: Asked
    article: str | None
    touched: tuple[Touched, ...]
    groups: tuple[Group, ...]
    changes: tuple[Edge, ...]
    others: tuple[Document, ...]
    loose: tuple[Loose, ...]
    truncated: bool
    frontier: tuple[str, ...]
    as_of: str | None
    corpus: CorpusNote


def impact(corpus: Corpus, document: Wanted | str, scope: Scope | None = None, article: str | None = None) -> Impact:
    """The documents down from one, by IMPLEMENTS, BASED_ON, GUIDES and APPROVES first, by mere mentions (CITES) after.

    `article` ("Điều 5", "5") leaves out what names only other articles. Raises `UnknownDocument`, `AmbiguousDocument`,
    `StoreError`.
    """
    scope = scope or Scope()
    asked = ask(corpus, document, scope.as_of)
    root = asked.document.id
    strong = tuple(one for one in scope.relations or RESTS_ON if one != "CITES")
    every = scope.relations or (*RESTS_ON, "CITES")
    reached = _reached(corpus, root, (strong, every), scope)
    edges, cut = edges_among(corpus, reached.distances, every, scope)
    edges = tuple(edge for edge in edges if _part(edge, root, article) != "other")
    paths = _paths(root, edges, strong, scope.hops(DEPTH))
    known = corpus.documents(reached.distances)
    touched = _touched(known, paths, article, scope)
    changes, more = edges_at(corpus, {root}, "edges_in", SHOWN, scope)
    return Impact(
        asked,
        article,
        touched,
        _groups(touched),
        changes,
        others=_speakers(corpus, touched, changes, root),
        loose=loose_ends(corpus, asked.document, incoming=True),
        truncated=cut or more or reached.truncated,
        frontier=tuple(sorted(reached.frontier)),
        as_of=scope.as_of,
        corpus=corpus.note(),
    )


def _reached(corpus: Corpus, root: str, kinds: tuple[tuple[str, ...], tuple[str, ...]], scope: Scope) -> Reached:
    """What rests on the document by strong edges and, as far as the limit leaves room, what is tied to it by any."""
    strong, every = (walk(corpus, root, Path("down", one, scope.hops(DEPTH)), scope) for one in kinds)
    further = [item for item in every.distances.items() if item[0] not in strong.distances]
    room = scope.limit + 1 - len(strong.distances)
    distances = {**strong.distances, **dict(further[:room])}
    frontier = dict.fromkeys((*strong.frontier, *every.frontier, *(id for id, _ in further[:room])))
    truncated = strong.truncated or every.truncated or len(further) > room
    return Reached(distances, tuple(frontier) if truncated else every.frontier, truncated)


def _paths(root: str, edges: tuple[Edge, ...], strong: tuple[str, ...], depth: int) -> dict[str, tuple[Edge, ...]]:
    """The shortest way by strong edges, where there is none the shortest by any."""
    weak = shortest(root, edges, "down")
    firm = shortest(root, (edge for edge in edges if edge.relation in strong), "down")
    return {id: path for id, path in (weak | firm).items() if id != root and len(path) <= depth}


def _touched(
    known: dict[str, Document], paths: dict[str, tuple[Edge, ...]], article: str | None, scope: Scope
) -> tuple[Touched, ...]:
    found = [
        Touched(known[id], len(path), _strength(path), _basis(path, known), path, _part(path[0], None, article))
        for id, path in paths.items()
        if id in known and wanted(known[id], scope)
    ]
    return tuple(sorted(found, key=_order))


def _order(one: Touched) -> tuple[bool, bool, int, str]:
    return one.strength == "weak", one.basis == "authority", one.distance, one.document.id


def _strength(path: Iterable[Edge]) -> Strength:
    return "weak" if any(edge.relation == "CITES" for edge in path) else "strong"


def _basis(path: Iterable[Edge], known: dict[str, Document]) -> Basis:
    return "authority" if any(mere_authority(edge, known.get(edge.to_id)) for edge in path) else "content"


def _part(edge: Edge, root: str | None, article: str | None) -> str:
    """How an edge to the document asked for speaks of the article: "named", "whole" when it names none, "other"; ""
    when not asked."""
    number = _article(article or "")
    if number is None or (root is not None and edge.to_id != root):
        return ""
    named = {found for pinpoint in edge.pinpoints if (found := _article(pinpoint))}
    if not named:
        return "whole"
    return "named" if number in named else "other"


def _article(text: str) -> str | None:
    """The number of the article in a pinpoint: "khoản 2 Điều 5" → "5", "5" → "5"."""
    folded = fold(text)
    found = re.search(r"dieu (\d+[a-z]?)", folded) or re.fullmatch(r"\s*(\d+[a-z]?)\s*", folded)
    return found[1] if found else None


def _groups(touched: tuple[Touched, ...]) -> tuple[Group, ...]:
    groups: dict[tuple[str | None, str | None], list[str]] = defaultdict(list)
    for one in touched:
        groups[one.document.place, one.document.issuer].append(one.document.id)
    ordered = sorted(groups.items(), key=lambda item: (item[0][0] or "", item[0][1] or ""))
    return tuple(Group(place, issuer, tuple(ids)) for (place, issuer), ids in ordered)


def _speakers(
    corpus: Corpus, touched: tuple[Touched, ...], changes: tuple[Edge, ...], root: str
) -> tuple[Document, ...]:
    """The documents by whose word the edges stand, and those that change the document asked for."""
    edges = [*changes, *(edge for one in touched for edge in one.path)]
    named = {id for edge in edges for id in (edge.from_id, edge.to_id, edge.asserted_by) if id}
    return tuple(document for _, document in sorted(corpus.documents(named - {root}).items()))
