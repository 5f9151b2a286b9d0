"""The questions about tasks as routes."""

from __future__ import annotations

import io
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from api.parameters import AllScoped, Asked, Day, Exact, Scoped
from api.routes import said, wrong
from api.routes_more import Cursor, MaybeWords
from api.task_files import MEDIA, Format, every, file_name, write_tasks
from api.whole import GraphRoute
from queries.ask import Wanted
from queries.due import MOST_DAYS, SOON_DAYS, Window
from queries.gaps import Among, Gaps, gaps
from queries.task_search import Role, Which
from queries.tasks import Orders, tasks

router = APIRouter(prefix="/api/v1", route_class=GraphRoute, tags=["questions"])


def _window(
    due_from: Annotated[Day | None, Query(description="Due on this day or later")] = None,
    due_to: Annotated[Day | None, Query(description="Due on this day or earlier")] = None,
    due: Annotated[
        Literal["past", "soon"] | None, Query(description="Past due or due soon on the day as_of, and not marked done")
    ] = None,
    within: Annotated[int, Query(ge=0, le=MOST_DAYS, description="How many days are soon")] = SOON_DAYS,
) -> Window:
    first, last = (day.isoformat() if day else None for day in (due_from, due_to))
    return Window(first, last, due, within)


def which_of(
    window: Annotated[Window, Depends(_window)],
    body: Annotated[
        str | None, Query(min_length=1, max_length=200, description="A body as printed", examples=["Sở Y tế"])
    ] = None,
    document: MaybeWords = None,
    under: MaybeWords = None,
    role: Annotated[Role | None, Query(description="The role of the body")] = None,
    expand: Annotated[
        bool, Query(description="Also tasks of classes to which the body belongs; classes are told with their members")
    ] = False,
    unassigned: Annotated[bool, Query(description="Only tasks that name no body")] = False,
    exact: Exact = False,
) -> Which:
    """Which tasks the parameters ask for."""
    return Which(body, document, under, role, window, expand, unassigned, exact)


@router.get("/tasks", response_model=Orders, responses=wrong(one=True))
def tasks_route(
    corpus: Asked, which: Annotated[Which, Depends(which_of)], scope: Scoped, cursor: Cursor = 0
) -> Response:
    """Who is told to do what by when; as_of is the day on which tasks are past due or due soon, today by default."""
    return said(tasks(corpus, which, scope, cursor))


@router.get(
    "/tasks/export",
    response_class=Response,
    responses={200: {"content": {media.partition(";")[0]: {} for media in MEDIA.values()}}, **wrong(one=True)},
)
def export_route(
    corpus: Asked,
    which: Annotated[Which, Depends(which_of)],
    scope: AllScoped,
    format: Annotated[
        Format,
        Query(
            description="A table (csv, xlsx), a calendar of to-dos (ics) or of events (events), a Word document (docx)"
        ),
    ] = "csv",
) -> Response:
    """All the tasks that fit as a file; no cell of a table can start a formula."""
    out = io.BytesIO()
    write_tasks(format, every(corpus, which, scope), out)
    named = {"Content-Disposition": f'attachment; filename="{file_name(format)}"'}
    return Response(out.getvalue(), headers=named, media_type=MEDIA[format])


def _among(
    document: MaybeWords = None,
    exact: Exact = False,
    role: Annotated[
        Role | None, Query(description="The role in which bodies are given tasks; either by default")
    ] = None,
    expand: Annotated[bool, Query(description="Classes of bodies stand for their members")] = False,
) -> Among:
    return Among(Wanted(document, exact) if document else None, role, expand)


@router.get("/gaps", response_model=Gaps, responses=wrong(one=True))
def gaps_route(corpus: Asked, among: Annotated[Among, Depends(_among)], scope: Scoped, cursor: Cursor = 0) -> Response:
    """The bodies that a document, or one under it, gives tasks and that hold nothing here that carries it out, and its
    tasks that name no body; without a document: the held documents with tasks that nothing known here carries out."""
    return said(gaps(corpus, among, scope, cursor))
