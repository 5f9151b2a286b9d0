"""Answers as files, over HTTP: drawings and Word reports."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from api import reports
from api.parameters import Asked, AskedFor, Name, Scoped
from api.reports import Drawing, lineage_file
from api.routes import wrong
from api.whole import WholeRoute
from queries.coverage import Among, Coverage, coverage
from queries.lineage import Direction, lineage

_MEDIA = {"mermaid": "text/vnd.mermaid", "dot": "text/vnd.graphviz", "docx": reports.MEDIA}
_ENDINGS = {"mermaid": "mmd", "dot": "dot", "docx": "docx"}

router = APIRouter(prefix="/api/v1", route_class=WholeRoute, tags=["questions"])


@router.get(
    "/lineage/export",
    response_class=Response,
    responses={200: {"content": {media: {} for media in _MEDIA.values()}}, **wrong(one=True)},
)
def lineage_file_route(
    corpus: Asked,
    wanted: AskedFor,
    scope: Scoped,
    direction: Annotated[Direction, Query(description="up: what it rests on; down: what rests on it")] = "both",
    format: Annotated[Drawing, Query(description="A drawing (mermaid, dot) or a Word report (docx)")] = "mermaid",
) -> Response:
    """A lineage as a drawing, or as a Word report with its quotes."""
    data = lineage_file(lineage(corpus, wanted, scope, direction), format)
    return _file(data, f"lineage.{_ENDINGS[format]}", _MEDIA[format])


def _covered(
    corpus: Asked,
    wanted: AskedFor,
    scope: Scoped,
    among: Annotated[Among, Query(description="Over which bodies")] = "provinces",
    body: Annotated[list[Name], Query(description="Over these bodies instead, by code or name", max_length=200)] = [],  # noqa: B006
) -> Coverage:
    return coverage(corpus, wanted, scope, among, tuple(body))


@router.get(
    "/coverage/export",
    response_class=Response,
    responses={200: {"content": {reports.MEDIA: {}}}, **wrong(one=True)},
)
def coverage_file_route(answer: Annotated[Coverage, Depends(_covered)]) -> Response:
    """A coverage as a Word report with its quotes."""
    return _file(reports.coverage_report(answer), "coverage.docx", reports.MEDIA)


def _file(data: bytes, name: str, media: str) -> Response:
    return Response(data, headers={"Content-Disposition": f'attachment; filename="{name}"'}, media_type=media)
