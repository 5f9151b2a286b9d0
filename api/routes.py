"""The questions as routes: each reads its parameters, asks one function and prints the answer."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api.parameters import Asked, AskedFor, Name, Scoped
from api.problems import Problem
from api.whole import GraphRoute
from api.wire import to_json
from queries.document import DocumentCard, DocumentPage, document, documents
from queries.impact import Impact, impact
from queries.lineage import Direction, Lineage, lineage
from queries.missing import Missing, missing
from queries.stats import Stats, stats

MOST_ROWS = 1_000_000_000

_WRONG = {
    422: {"model": Problem, "description": "A parameter that cannot be used, named"},
    429: {"model": Problem, "description": "Too many requests from this address"},
    503: {"model": Problem, "description": "The store cannot answer now; Retry-After says when to try again"},
}
_ONE = {
    300: {"model": Problem, "description": "Several documents may be meant; the candidates are listed"},
    404: {"model": Problem, "description": "The document is neither held nor cited"},
}
_BODY = {
    400: {"model": Problem, "description": "A body that cannot be taken apart"},
    413: {"model": Problem, "description": "A body that is too large"},
}
_TYPE = "application/problem+json"


def wrong(*, one: bool = False, body: bool = False) -> dict[int | str, dict[str, Any]]:
    """The errors that a route declares; `one` for those that ask for one document, `body` for those that take one."""
    said = {**_WRONG, **(_ONE if one else {}), **(_BODY if body else {})}
    return {
        status: {
            "description": row["description"],
            "content": {_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status, row in said.items()
    }


def said(answer: Any) -> Response:
    """A frozen answer as a response."""
    return Response(to_json(answer), media_type="application/json")


router = APIRouter(prefix="/api/v1", route_class=GraphRoute)


@router.get("/documents", response_model=DocumentPage, responses=wrong(), tags=["documents"])
def documents_route(
    corpus: Asked,
    scope: Scoped,
    kind: Annotated[list[Name], Query(description="Only these kinds: Nghị quyết, Kế hoạch", max_length=50)] = [],  # noqa: B006
    cursor: Annotated[str, Query(max_length=500, description="The `next` of the page before")] = "",
) -> Response:
    """The documents, page by page in the order of their keys."""
    return said(documents(corpus, scope, tuple(kind), cursor))


@router.get("/documents/card", response_model=DocumentCard, responses=wrong(one=True), tags=["documents"])
def document_route(corpus: Asked, wanted: AskedFor, scope: Scoped) -> Response:
    """One document, what it says of others and what they say of it."""
    return said(document(corpus, wanted, scope))


@router.get("/lineage", response_model=Lineage, responses=wrong(one=True), tags=["questions"])
def lineage_route(
    corpus: Asked,
    wanted: AskedFor,
    scope: Scoped,
    direction: Annotated[Direction, Query(description="up: what it rests on; down: what rests on it")] = "both",
) -> Response:
    """What a document rests on and what rests on it, hop by hop, with the words that say so."""
    return said(lineage(corpus, wanted, scope, direction))


@router.get("/impact", response_model=Impact, responses=wrong(one=True), tags=["questions"])
def impact_route(
    corpus: Asked,
    wanted: AskedFor,
    scope: Scoped,
    article: Annotated[
        str | None,
        Query(pattern=r"^\s*([Đđ]iều\s+)?\d{1,4}[a-zđ]?\s*$", description="Only what names this article, or none"),
    ] = None,
) -> Response:
    """What is touched if a document, or one article of it, is amended, replaced or repealed."""
    return said(impact(corpus, wanted, scope, article))


@router.get("/missing", response_model=Missing, responses=wrong(), tags=["questions"])
def missing_route(
    corpus: Asked,
    scope: Scoped,
    cursor: Annotated[int, Query(ge=0, le=MOST_ROWS, description="The `next` of the page before")] = 0,
) -> Response:
    """The documents that are cited and not held, most cited first."""
    return said(missing(corpus, scope, cursor))


@router.get("/stats", response_model=Stats, responses=wrong(), tags=["questions"])
def stats_route(corpus: Asked) -> Response:
    """How many documents, relationships, tasks and bodies there are."""
    return said(stats(corpus))
