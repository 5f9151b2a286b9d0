"""The page of the tasks: who is told to do what by when, what is past due, and marking what is done."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from api.jobs import Job, JobBook
from api.page import FormRoute, PageRoute, page
from api.pages_key import local
from api.parameters import Asked, Scoped
from api.routes_decide import DecisionRequest, DecisionsRequest, IdsRequest, judge_route, undo_route
from api.routes_more import Cursor
from api.routes_tasks import which_of
from api.routes_write import At, Jobs
from api.session import checked
from api.wire import from_json
from graph.judgement import DONE
from queries.tasks import Which, tasks

MOST_SECONDS = 60
FEW = 50
_LOOK_SECONDS = 0.02
router = APIRouter(include_in_schema=False, route_class=PageRoute)
forms = APIRouter(include_in_schema=False, route_class=FormRoute)

Token = Annotated[str, Form(max_length=200)]
BackTo = Annotated[str, Form(max_length=4000)]


@router.get("/tasks")
def tasks_page(
    request: Request, corpus: Asked, which: Annotated[Which, Depends(which_of)], scope: Scoped, cursor: Cursor = 0
) -> Response:
    """The tasks that fit, the earliest deadline first, with what is past due marked."""
    answer = tasks(corpus, which, replace(scope, limit=min(scope.limit, FEW)), cursor)
    known = {one.id: one for one in (*answer.others, *(task.document for task in answer.tasks))}
    return page(request, "tasks", answer=answer, which=which, known=known, cursor=cursor)


@forms.post("/tasks/done")
def done_form(
    request: Request,
    desk: At,
    jobs: Jobs,
    task: Annotated[str, Form(pattern=r"^vn:task:[0-9a-f]{16}:\d{1,12}$")],
    token: Token = "",
    undone: Annotated[bool, Form()] = False,
    back: BackTo = "/tasks",
) -> Response:
    """Mark a task as done, or as not done after all."""
    name = checked(request, token)
    source, start = task.split(":")[2:]
    marked = [one.id for one in desk.library().judgements_of(source) if one.what == DONE and one.start == int(start)]
    if undone and marked:
        over(jobs, undo_route(name, desk, jobs, IdsRequest(ids=marked)))
    elif not undone:
        said = DecisionRequest(what="done", source=source, start=int(start), value=None, note="")
        over(jobs, judge_route(name, desk, jobs, DecisionsRequest(decisions=[said], who=name)))
    return RedirectResponse(f"{local(request, back)}#t-{source}-{start}", 303)


def over(jobs: JobBook, started: Response) -> Job:
    """The job of an answer when it is over; 503 where that takes too long, 422 with the reason where it failed."""
    job = from_json(Job, bytes(started.body))
    until = time.monotonic() + MOST_SECONDS
    while (now := jobs.get(job.id)) and not now.over:
        if time.monotonic() > until:
            raise HTTPException(503, "the work is still waiting; look again later")
        time.sleep(_LOOK_SECONDS)
    if now is None or now.problem:
        raise HTTPException(422, now.problem if now and now.problem else "the work is not known any more")
    return now
