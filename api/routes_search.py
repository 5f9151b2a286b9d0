"""Searching as routes: words and numbers in titles and texts, and texts that are alike."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from api.parameters import Asked, AskedFor, Name, Scoped
from api.routes import said, wrong
from api.routes_more import Cursor
from api.whole import WholeRoute
from queries.search import MOST_LETTERS, Narrow, Results, search
from queries.similar import Similar, similar

router = APIRouter(prefix="/api/v1", route_class=WholeRoute, tags=["questions"])

Sought = Annotated[
    str,
    Query(
        min_length=1,
        max_length=MOST_LETTERS,
        description='Words, with or without marks, or a number however written; "in quotes": one after the other',
        examples=["suc khoe nhan dan"],
    ),
]


def narrow_of(
    kind: Annotated[list[Name], Query(description="Only these kinds: Nghị quyết", max_length=50)] = [],  # noqa: B006
    year: Annotated[
        list[Annotated[str, Query(pattern=r"^[0-9]{4}$")]], Query(description="Only of these years", max_length=100)
    ] = [],  # noqa: B006
) -> Narrow:
    """The filters of a search beside the scope."""
    return Narrow(tuple(kind), tuple(year))


@router.get("/search", response_model=Results, responses=wrong())
def search_route(
    corpus: Asked, q: Sought, scope: Scoped, narrow: Annotated[Narrow, Depends(narrow_of)], cursor: Cursor = 0
) -> Response:
    """The documents that have all the words in number, subject or text, best first, with passages and counts."""
    return said(search(corpus, q, scope, narrow, cursor))


@router.get("/similar", response_model=Similar, responses=wrong(one=True))
def similar_route(corpus: Asked, wanted: AskedFor, scope: Scoped) -> Response:
    """The held documents that share text with a held one: how much, which passages, which of the two is older."""
    return said(similar(corpus, wanted, scope))
