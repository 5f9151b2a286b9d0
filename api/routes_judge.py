"""Doubts and decisions over HTTP: what to look at, and what people judged."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api.parameters import Asked
from api.routes import said, wrong
from api.routes_more import Cursor
from queries.review import Doubt, Review, review
from queries.scope import MAX_LIMIT

router = APIRouter(prefix="/api/v1", tags=["judging"])

MaybeDoubt = Annotated[Doubt | None, Query(description="Only doubts of this kind")]
Most = Annotated[int, Query(ge=1, le=MAX_LIMIT, description="The most to list")]


@router.get("/review", response_model=Review, responses=wrong())
def review_route(corpus: Asked, doubt: MaybeDoubt = None, limit: Most = 20, cursor: Cursor = 0) -> Response:
    """What people should look at, most cited first: mentions with candidates, scores, reasons and the words."""
    return said(review(corpus, doubt, limit, cursor))
