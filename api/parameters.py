"""The parameters that routes share: which document, and the scope."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Annotated, Literal

from fastapi import Depends, Query, Request
from pydantic import BeforeValidator

from api.access import is_known
from api.desk import Desk
from queries.ask import MOST_WORDS, Wanted
from queries.corpus import Corpus
from queries.scope import MAX_DEPTH, MAX_LIMIT, Scope

Relation = Literal["IMPLEMENTS", "BASED_ON", "GUIDES", "AMENDS", "REPLACES", "REPEALS", "CORRECTS", "CITES", "APPROVES"]


def _as_printed(value: object) -> object:
    """A day as 2025-07-01 and no other way: a bare number is no day."""
    if not isinstance(value, date) and not (isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value)):
        raise ValueError("write a day as 2025-07-01")
    return value


Day = Annotated[date, BeforeValidator(_as_printed)]

_DOCUMENT = {
    "partial": {"summary": "As people write it", "value": "20-NQ/TW"},
    "full": {"summary": "With type and date", "value": "Nghị quyết 20-NQ/TW ngày 25/10/2017"},
    "key": {"summary": "By key", "value": "vn:party:tw:nq:k12:20"},
}

Words = Annotated[
    str,
    Query(
        min_length=1,
        max_length=MOST_WORDS,
        description="A key, or the document as people write it",
        openapi_examples=_DOCUMENT,
    ),
]
Exact = Annotated[bool, Query(description="Of a partial key, ask for what hangs on that very key")]
Name = Annotated[str, Query(min_length=1, max_length=200)]


def wanted_of(document: Words, exact: Exact = False) -> Wanted:
    """The document asked for."""
    return Wanted(document, exact)


def whole_scope_of(
    relation: Annotated[list[Relation], Query(description="Only these relations", max_length=9)] = [],  # noqa: B006
    depth: Annotated[int | None, Query(ge=1, le=MAX_DEPTH, description="Hops to walk")] = None,
    as_of: Annotated[Day | None, Query(description="Leave out documents dated after this day")] = None,
    confidence: Annotated[float, Query(ge=0, le=1, description="The least confidence of an edge")] = 0.0,
    held: Annotated[bool | None, Query(description="Only documents that are held, or only those that are not")] = None,
    issuer: Annotated[
        list[Name], Query(description="Only documents of these bodies, by name or code", max_length=100)
    ] = [],  # noqa: B006
    place: Annotated[
        list[Name], Query(description="Only documents of these places, by name or code", max_length=100)
    ] = [],  # noqa: B006
) -> Scope:
    """The scope that the parameters describe, without a limit."""
    day = as_of.isoformat() if as_of else None
    return Scope(tuple(relation), depth, day, confidence, held, tuple(issuer), tuple(place))


def scope_of(
    scope: Annotated[Scope, Depends(whole_scope_of)],
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT, description="The most documents")] = 200,
) -> Scope:
    """The scope that the parameters describe."""
    return replace(scope, limit=limit)


def desk_of(request: Request) -> Desk:
    """The desk of the app."""
    desk: Desk = request.app.state.desk
    return desk


def corpus_of(request: Request, desk: Annotated[Desk, Depends(desk_of)]) -> Corpus:
    """The corpus of the app, without documents of limited circulation for unknown callers. Raises `StoreError`."""
    return desk.asked() if is_known(request) else desk.public()


AskedFor = Annotated[Wanted, Depends(wanted_of)]
Scoped = Annotated[Scope, Depends(scope_of)]
AllScoped = Annotated[Scope, Depends(whole_scope_of)]
Asked = Annotated[Corpus, Depends(corpus_of)]
