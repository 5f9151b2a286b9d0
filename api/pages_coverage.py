"""The page of a coverage: which provinces or ministries carry a document out, as a table and a map of tiles."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api.page import PageRoute, page
from api.parameters import Asked, AskedFor, Scoped
from queries.coverage import Among, Covered, coverage
from queries.units import MERGER

LAST_OLD = "2025-06-30"
STATES = ("none known", "attested", "held")
router = APIRouter(include_in_schema=False, route_class=PageRoute)


@cache
def tiles() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The rows of the maps before and after 1/7/2025: codes of provinces, "." where there is none."""
    said = tomllib.loads(files("api").joinpath("tiles.toml").read_text(encoding="utf-8"))
    return {name: tuple(tuple(row.split()) for row in rows) for name, rows in said.items()}


@router.get("/coverage")
def coverage_page(
    request: Request,
    corpus: Asked,
    wanted: AskedFor,
    scope: Scoped,
    among: Annotated[Among, Query(description="Over which bodies")] = "provinces",
) -> Response:
    """Held, attested only, none known: none first, since that is what one acts on."""
    answer = coverage(corpus, wanted, scope, among)
    known = {one.id: one for one in (answer.asked.document, *answer.others)}
    units = {unit.code: unit for unit in answer.units}
    rows = tiles()["after" if answer.as_of >= MERGER else "before"] if among == "provinces" else ()
    groups = [(state, _in(answer.units, state)) for state in STATES]
    return page(
        request, "coverage", answer=answer, known=known, units=units, rows=rows, groups=groups, last_old=LAST_OLD
    )


def _in(units: Sequence[Covered], state: str) -> list[Covered]:
    return [unit for unit in units if unit.state == state]
