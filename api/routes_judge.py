"""Doubts and decisions over HTTP: what to look at, and what people judged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response, StreamingResponse

from api.parameters import Asked
from api.routes import said, wrong
from api.routes_more import Cursor
from api.routes_write import At
from api.whole import WholeRoute
from graph.library import Library
from ingest.exchange import export_judgements
from queries.judgements import Judgements, judgements
from queries.review import Doubt, Review, review
from queries.scope import MAX_LIMIT

router = APIRouter(prefix="/api/v1", route_class=WholeRoute, tags=["judging"])

MaybeDoubt = Annotated[Doubt | None, Query(description="Only doubts of this kind")]
Most = Annotated[int, Query(ge=1, le=MAX_LIMIT, description="The most to list")]
MaybeKey = Annotated[str | None, Query(min_length=1, max_length=300, description="Only those that name this key")]
MaybeSource = Annotated[str | None, Query(pattern="^[0-9a-f]{16}$", description="Only those on this source")]


@router.get("/review", response_model=Review, responses=wrong())
def review_route(corpus: Asked, doubt: MaybeDoubt = None, limit: Most = 20, cursor: Cursor = 0) -> Response:
    """What people should look at, most cited first: mentions with candidates, scores, reasons and the words."""
    return said(review(corpus, doubt, limit, cursor))


@router.get("/judgements", response_model=Judgements, responses=wrong())
def judgements_route(
    corpus: Asked, key: MaybeKey = None, source: MaybeSource = None, limit: Most = 50, cursor: Cursor = 0
) -> Response:
    """What people decided, the latest first, with who, when and why."""
    return said(judgements(corpus, key, source, limit, cursor))


@router.get("/judgements/export", responses={200: {"content": {"application/x-ndjson": {}}}, **wrong()})
def judgements_export_route(desk: At) -> StreamingResponse:
    """Every judgement, a line each, to be taken in by another library."""
    return StreamingResponse(_lines(desk.library()), media_type="application/x-ndjson")


def _lines(library: Library) -> Iterator[bytes]:
    return (line.encode() + b"\n" for line in export_judgements(library))
