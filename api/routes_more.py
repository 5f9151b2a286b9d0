"""The further questions as routes: stale, coverage, path, timeline, common, rank, cycles, islands."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from api.parameters import Asked, AskedFor, Exact, Name, Scoped, Words
from api.routes import MOST_ROWS, said, wrong
from api.whole import GraphRoute
from queries.ask import MOST_WORDS, Wanted
from queries.common import Common, common
from queries.coverage import Among, Coverage, coverage
from queries.path import Way, path
from queries.shape import Groups, Ranking, cycles, islands, rank
from queries.stale import StaleList, stale
from queries.timeline import Timeline, timeline

router = APIRouter(prefix="/api/v1", route_class=GraphRoute, tags=["questions"])

Cursor = Annotated[int, Query(ge=0, le=MOST_ROWS, description="The `next` of the page before")]
MaybeWords = Annotated[
    str | None, Query(min_length=1, max_length=MOST_WORDS, description="A key, or the document as people write it")
]
Other = Annotated[
    str, Query(min_length=1, max_length=MOST_WORDS, description="The other document", examples=["16/CT-TTg"])
]


@router.get("/stale", response_model=StaleList, responses=wrong(one=True))
def stale_route(
    corpus: Asked, scope: Scoped, document: MaybeWords = None, exact: Exact = False, cursor: Cursor = 0
) -> Response:
    """Held documents whose basis was amended, replaced or repealed after them: to be looked at again."""
    return said(stale(corpus, Wanted(document, exact) if document else None, scope, cursor))


@router.get("/coverage", response_model=Coverage, responses=wrong(one=True))
def coverage_route(
    corpus: Asked,
    wanted: AskedFor,
    scope: Scoped,
    among: Annotated[Among, Query(description="Over which bodies")] = "provinces",
    body: Annotated[list[Name], Query(description="Over these bodies instead, by code or name", max_length=200)] = [],  # noqa: B006
) -> Response:
    """Which provinces, ministries or bodies carry out a document: held, attested only, none known."""
    return said(coverage(corpus, wanted, scope, among, tuple(body)))


def _ends(
    start: Annotated[str, Query(alias="from", min_length=1, max_length=MOST_WORDS, examples=["20-NQ/TW"])],
    goal: Annotated[str, Query(alias="to", min_length=1, max_length=MOST_WORDS, examples=["40-CTr/TU"])],
    exact: Exact = False,
) -> tuple[Wanted, Wanted]:
    return Wanted(start, exact, "from"), Wanted(goal, exact, "to")


@router.get("/path", response_model=Way, responses=wrong(one=True))
def path_route(corpus: Asked, ends: Annotated[tuple[Wanted, Wanted], Depends(_ends)], scope: Scoped) -> Response:
    """The shortest way from one document to another, with the words of each hop."""
    return said(path(corpus, *ends, scope))


@router.get("/timeline", response_model=Timeline, responses=wrong(one=True))
def timeline_route(corpus: Asked, wanted: AskedFor, scope: Scoped) -> Response:
    """What happened around a document, in the order of the days."""
    return said(timeline(corpus, wanted, scope))


@router.get("/common", response_model=Common, responses=wrong(one=True))
def common_route(corpus: Asked, document: Words, other: Other, scope: Scoped, exact: Exact = False) -> Response:
    """What two documents both rest on."""
    return said(common(corpus, Wanted(document, exact), Wanted(other, exact, "other"), scope))


@router.get("/rank", response_model=Ranking, responses=wrong())
def rank_route(corpus: Asked, scope: Scoped) -> Response:
    """The documents that others rest on most, by PageRank and plain counts."""
    return said(rank(corpus, scope))


@router.get("/cycles", response_model=Groups, responses=wrong())
def cycles_route(corpus: Asked, scope: Scoped) -> Response:
    """Documents that rest on each other in a circle."""
    return said(cycles(corpus, scope))


@router.get("/islands", response_model=Groups, responses=wrong())
def islands_route(corpus: Asked, scope: Scoped) -> Response:
    """Sets of documents that no edge ties to the others."""
    return said(islands(corpus, scope))
