"""Looking citations up over HTTP: a text, or citations one by one; reading only, so that no key is needed."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Body, Query
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from api.parameters import Asked, Day
from api.routes import said, wrong
from api.whole import GraphRoute
from ingest.key_query import Context
from queries.errors import BadQuestion
from queries.lookup import MOST_CHARACTERS, MOST_CITATIONS, Cited, Lookup, lookup_citations, lookup_text

router = APIRouter(prefix="/api/v1", route_class=GraphRoute, tags=["questions"])

Words = Annotated[str, Field(min_length=1, max_length=500)]
Place = Annotated[str | None, Query(min_length=1, max_length=200, description="The place taken for granted")]
Issuer = Annotated[str | None, Query(min_length=1, max_length=200, description="The body taken for granted")]
AsOf = Annotated[Day | None, Query(description="The day of the asking text")]


class Fields(BaseModel):
    """A citation by its fields."""

    model_config = ConfigDict(extra="forbid")

    number: Words
    date: str | None = Field(None, pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$", max_length=10)
    issuer: str | None = Field(None, min_length=1, max_length=200)
    type: str | None = Field(None, min_length=1, max_length=100)


class LookupRequest(BaseModel):
    """A text, citations as written or by fields, or both; with what is taken for granted."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "anyOf": [{"required": ["text"]}, {"required": ["citations"]}],
            "examples": [
                {
                    "text": "Thực hiện Nghị quyết số 20-NQ/TW ngày 25/10/2017 và Chỉ thị số 16/CT-TTg.",
                    "place": "Bình Thuận",
                },
                {"citations": ["20-NQ/TW", {"number": "1511/QĐ-UBND", "date": "2022-07-08"}], "place": "Bình Thuận"},
            ],
        },
    )

    text: str | None = Field(None, min_length=1, max_length=MOST_CHARACTERS)
    citations: list[Words | Fields] | None = Field(None, min_length=1, max_length=MOST_CITATIONS)
    place: str | None = Field(None, min_length=1, max_length=200)
    issuer: str | None = Field(None, min_length=1, max_length=200)
    as_of: Day | None = None


@router.get("/lookup", response_model=Lookup, responses=wrong())
def lookup_route(
    corpus: Asked,
    text: Annotated[str, Query(min_length=1, max_length=4000, examples=["Nghị quyết 20-NQ/TW, 16/CT-TTg"])],
    place: Place = None, issuer: Issuer = None, as_of: AsOf = None,
) -> Response:  # fmt: skip
    """The citations in a short text; longer ones by POST."""
    return said(lookup_text(corpus, text, _context(place, issuer, as_of)))


@router.post("/lookup", response_model=Lookup, responses=wrong(body=True))
def lookup_many_route(corpus: Asked, asked: Annotated[LookupRequest, Body()]) -> Response:
    """The citations in a text, and each of those given, in that order."""
    context = _context(asked.place, asked.issuer, asked.as_of)
    if not asked.model_fields_set & {"text", "citations"}:
        raise BadQuestion("text", "give a text, or citations")
    given = [one if isinstance(one, str) else Cited(**one.model_dump()) for one in asked.citations or ()]
    found = lookup_text(corpus, asked.text or "", context)
    alone = lookup_citations(corpus, given, context)
    return said(Lookup((*found.citations, *alone.citations), found.corpus))


def _context(place: str | None, issuer: str | None, as_of: date | None) -> Context:
    return Context(place, issuer, as_of.isoformat() if as_of else None)
