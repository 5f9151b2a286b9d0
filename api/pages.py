"""The pages that people read: search, a document with its citations, its relations, its lineage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from api import pages_add, pages_coverage, pages_draft, pages_review, pages_tasks
from api.page import PageRoute, page, words_of
from api.pages_document import groups_of
from api.parameters import Asked, AskedFor, Scoped
from api.routes_more import Cursor
from api.routes_places import MaybeSource, Source, Start
from api.routes_search import narrow_of
from graph.model import RELATIONS
from queries.answer import Document, Edge
from queries.ask import MOST_WORDS, Wanted, ask
from queries.corpus import Corpus
from queries.document import document, documents
from queries.errors import AmbiguousDocument, BadQuestion, QuestionError
from queries.lineage import Lineage, lineage
from queries.scope import Scope
from queries.search import Narrow, Results, search
from queries.stale import stale
from queries.text import NotHeld, text_of, told
from queries.walk import Way, lower, upper

FEW = 20
MOST_SHOWN = 100
router = APIRouter(include_in_schema=False, route_class=PageRoute)
for doors in (pages_coverage, pages_tasks, pages_draft, pages_review):
    router.include_router(doors.router)
for takers in (pages_tasks.forms, pages_draft.forms, pages_review.forms, pages_add.router):
    router.include_router(takers)


@router.get("/")
def home(
    request: Request, corpus: Asked, scope: Scoped, narrow: Annotated[Narrow, Depends(narrow_of)],
    q: Annotated[str, Query(max_length=MOST_WORDS)] = "",
    after: Annotated[str, Query(max_length=500)] = "",
    cursor: Cursor = 0,
) -> Response:  # fmt: skip
    """What is asked for in one line: a document, what may be meant, what has the words; else what is held."""
    words = q.strip()
    found: dict[str, Any] = {"asked": None, "candidates": (), "results": None, "held": None}
    if words:
        found |= _meant(corpus, words) | {"results": _found(corpus, words, replace(scope, limit=FEW), narrow, cursor)}
    else:
        listed = replace(scope, held=True if scope.held is None else scope.held, limit=FEW)
        found["held"] = documents(corpus, listed, narrow.kinds, after)
    return page(request, "home", words=words, after=after, cursor=cursor, note=corpus.note(), **found)


def _meant(corpus: Corpus, words: str) -> dict[str, Any]:
    try:
        return {"asked": ask(corpus, words)}
    except AmbiguousDocument as error:
        return {"candidates": error.candidates}
    except QuestionError:
        return {}


def _found(corpus: Corpus, words: str, scope: Scope, narrow: Narrow, cursor: int) -> Results | None:
    try:
        return search(corpus, words, scope, narrow, cursor)
    except BadQuestion:
        return None


@router.get("/document")
def document_page(
    request: Request, corpus: Asked, wanted: AskedFor, start: Start = 0, source: MaybeSource = None
) -> Response:
    """The text of a document with its citations; of one that is not held, its relations."""
    try:
        text = text_of(corpus, wanted, start, source)
    except NotHeld:
        return _relations(request, corpus, wanted, not_held=True)
    aging = stale(corpus, Wanted(text.asked.document.id), Scope(limit=FEW))
    return page(request, "document", text=text, groups=groups_of(text.passages), stale=aging)


@router.get("/mention")
def mention_page(request: Request, corpus: Asked, source: Source, start: Start) -> Response:
    """One citation: what it means, why, what else it may mean."""
    return page(request, "mention", told=told(corpus, source, start))


@router.get("/relations")
def relations_page(request: Request, corpus: Asked, wanted: AskedFor) -> Response:
    """What a document says of others and others of it, by kind, each with its sentence."""
    return _relations(request, corpus, wanted)


def _relations(request: Request, corpus: Corpus, wanted: Wanted, not_held: bool = False) -> Response:
    card = document(corpus, wanted, Scope(limit=MOST_SHOWN))
    known = {one.id: one for one in (card.asked.document, *card.others)}
    known |= {one.id: one for loose in card.loose for one in (loose.document, *loose.citing)}
    says, said = _by_kind(card.says), _by_kind(card.said)
    return page(request, "relations", card=card, known=known, says=says, said=said, not_held=not_held)


def _by_kind(edges: Sequence[Edge]) -> list[tuple[str, list[Edge]]]:
    kinds = ((kind, [edge for edge in edges if edge.relation == kind]) for kind in RELATIONS)
    return [(kind, some) for kind, some in kinds if some]


@router.get("/lineage")
def lineage_page(request: Request, corpus: Asked, wanted: AskedFor) -> Response:
    """What a document rests on and what rests on it, as a tree with quotes."""
    answer = lineage(corpus, wanted, Scope(limit=MOST_SHOWN))
    known = known_of(answer)
    up, down = (tree(answer, way, known) for way in ("up", "down"))
    return page(request, "lineage", answer=answer, known=known, up=up, down=down, few=FEW)


@router.get("/graph")
def graph_page(request: Request, corpus: Asked, wanted: AskedFor) -> Response:
    """The same as a graph, which the browser unfolds by asking the route of the lineage."""
    card = document(corpus, wanted, Scope(limit=1))
    words = words_of(request)
    said = {**words.graph, "relations": words.relations, "by_word_of": words.by_word_of.format("").strip()}
    return page(request, "graph", card=card, kinds=RELATIONS, said=said)


def known_of(answer: Lineage) -> dict[str, Document]:
    """Every document that a lineage names, by key."""
    found = (answer.asked.document, *(one.document for one in answer.documents), *answer.others)
    found += tuple(document for one in answer.loose for document in (one.document, *one.citing))
    return {one.id: one for one in found}


@dataclass(frozen=True, slots=True)
class Twig:
    """A document in a tree, the edges that tie it to the one above; `again`: it is unfolded elsewhere already."""

    document: Document
    edges: tuple[Edge, ...]
    again: bool
    twigs: list[Twig] = field(default_factory=list)

    @property
    def relations(self) -> tuple[str, ...]:
        """The kinds of its edges."""
        return tuple(dict.fromkeys(edge.relation for edge in self.edges))


def tree(answer: Lineage, way: Way, known: dict[str, Document]) -> list[Twig]:
    """The documents one way, each under the one that it was reached from first."""
    root = answer.asked.document.id
    within = {one.document.id for one in answer.documents if one.way == way} | {root}
    onward: dict[str, dict[str, list[Edge]]] = defaultdict(lambda: defaultdict(list))
    for edge in answer.edges:
        here, there = (lower(edge), upper(edge)) if way == "up" else (upper(edge), lower(edge))
        if {here, there} <= within and there != root:
            onward[here][there].append(edge)
    twigs: list[Twig] = []
    unfolded = {root}
    waiting = [(twigs, root)]
    while waiting:
        branch, here = waiting.pop(0)
        for there, edges in onward[here].items():
            twig = Twig(known[there], tuple(edges), there in unfolded)
            branch.append(twig)
            if not twig.again:
                unfolded.add(there)
                waiting.append((twig.twigs, there))
    return twigs
