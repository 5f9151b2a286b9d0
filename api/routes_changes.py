"""What changed since a cursor, and the searches that it can be narrowed by, over HTTP."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Body, Path, Query
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field, StrictBool

from api.access import Writer
from api.parameters import Asked, Scoped
from api.routes import said, wrong
from api.routes_write import At, refused
from api.whole import WholeRoute
from queries.changes import Changes, changes
from queries.errors import NamesNothing
from queries.saved import Saved, Search, Searches, searches
from queries.search import MOST_LETTERS

router = APIRouter(prefix="/api/v1", route_class=WholeRoute, tags=["questions"])

_ID = "^[0-9a-f]{16}$"
Since = Annotated[
    str | None,
    Query(
        pattern=r"^[0-9a-f]{8}\.[0-9]{1,18}$",
        description="The `cursor` of the answer before; without one nothing is listed, and `cursor` is that of now",
    ),
]
Narrowed = Annotated[str | None, Query(pattern=_ID, description="Only what this saved search finds, and what went")]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Names = Annotated[list[Name], Field(max_length=50)]


class SearchRequest(BaseModel):
    """A search to be saved: words as in /search, and filters."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"name": "y tế cơ sở", "words": "y te co so", "held": True}]}
    )

    name: Name
    words: str = Field("", max_length=MOST_LETTERS)
    kinds: Names = []
    years: Annotated[list[Annotated[str, Field(pattern="^[0-9]{4}$")]], Field(max_length=100)] = []
    issuers: Names = []
    places: Names = []
    held: StrictBool | None = None


@router.get("/changes", response_model=Changes, responses=wrong(one=True))
def changes_route(corpus: Asked, scope: Scoped, since: Since = None, search: Narrowed = None) -> Response:
    """What came, changed, was judged and went since a cursor, the oldest first, each node once and as it is now."""
    return said(changes(corpus, since, scope, search))


@router.get("/searches", response_model=Searches, responses=wrong())
def searches_route(corpus: Asked) -> Response:
    """The saved searches, which changes can be narrowed by."""
    return said(searches(corpus))


@router.post("/searches", status_code=201, response_model=Saved, responses=refused(400, 401))
def save_search_route(writer: Writer, desk: At, asked: Annotated[SearchRequest, Body()]) -> Response:
    """Save a search; one that says the same has the same id."""
    kinds, years, issuers, places = map(tuple, (asked.kinds, asked.years, asked.issuers, asked.places))
    search = Search(asked.name, asked.words, kinds, years, issuers, places, asked.held)
    desk.library().save_search(search.id, asdict(search))
    kept = said(Saved(search.id, search))
    kept.status_code = 201
    return kept


@router.post("/searches/{id}/forget", response_model=Searches, responses=refused(401, 404))
def forget_search_route(writer: Writer, desk: At, id: Annotated[str, Path(pattern=_ID)]) -> Response:
    """Forget a saved search; the others are left."""
    if not desk.library().forget_search(id):
        raise NamesNothing("id", f"no search {id!r} is saved")
    return said(searches(desk.asked()))
