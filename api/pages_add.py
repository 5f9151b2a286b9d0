"""The pages that take documents in: files dropped or chosen, how far the work is, what became of each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query, Request, UploadFile
from fastapi.responses import RedirectResponse, Response, StreamingResponse

from api.desk import Desk
from api.jobs import Job
from api.page import FormRoute, page
from api.pages_tasks import Token
from api.routes_write import At, Jobs, events_of, job_named, started
from api.session import checked, may_add
from api.wire import from_json
from ingest.intake import Report, ingest_given
from queries.answer import Document

MOST_FILES = 200
_MOST_NAME = 150
router = APIRouter(include_in_schema=False, route_class=FormRoute)

JobId = Annotated[str, Query(pattern="^[0-9a-f]{16}$")]
Given = tuple[str, bytes]


@router.get("/add")
def add_page(request: Request, desk: At) -> Response:
    """A form for files; where no key was given, a way to give it."""
    return page(request, "add", job=None, rows=(), note=desk.asked().note(), problem=None)


@router.post("/add")
async def add_form(request: Request, desk: At, jobs: Jobs, files: list[UploadFile], token: Token = "") -> Response:
    """Take the files in, one after the other, and go to where that is watched."""
    checked(request, token)
    named = [file for file in files if file.filename]
    if len(named) > MOST_FILES:
        raise HTTPException(413, f"at most {MOST_FILES} files at once; nothing was taken in")
    contents = [(file.filename or "", await file.read()) for file in named]
    given = [(_path(name, data), data) for name, data in contents]
    if not given:
        return RedirectResponse(f"{request.scope.get('root_path', '')}/add", 303)
    job = from_json(Job, bytes(started(jobs, desk, "ingest", lambda tell: _one_by_one(desk, given, tell)).body))
    return RedirectResponse(f"{request.scope.get('root_path', '')}/added?job={job.id}", 303)


def _path(name: str, data: bytes) -> str:
    """Where the library has it: under its content, so that files of one name do not take each other's place."""
    shown = "".join(char for char in name.replace("\\", "/").rsplit("/", 1)[-1] if char.isprintable())[-_MOST_NAME:]
    return f"{hashlib.sha256(data).hexdigest()[:12]}/{shown.strip('. ') or 'document'}"


def _one_by_one(desk: Desk, given: Sequence[Given], tell: Any) -> Report:
    whole = Report()
    for number, one in enumerate(given):
        tell(number, len(given), _shown(one[0]))
        report = ingest_given([one], desk.library(), desk.corpus().store)
        joined = {each.name: getattr(whole, each.name) + getattr(report, each.name) for each in fields(Report)}
        whole = Report(**joined | {"interrupted": False})
    tell(len(given), len(given), "")
    return whole


def _shown(path: str) -> str:
    """The name of a file without the mark of its content."""
    return path.partition("/")[2] or path


@dataclass(frozen=True, slots=True)
class Became:
    """What became of a file: its document, or why there is none."""

    name: str
    state: Literal["added", "unchanged", "failed", "left_out"]
    why: str | None = None
    document: Document | None = None


@router.get("/added")
def added_page(request: Request, desk: At, jobs: Jobs, job: JobId) -> Response:
    """How far the work is, and what became of each file."""
    _writer(request)
    now = job_named(jobs, job)
    rows = tuple(_became(desk, now.report)) if now.report else ()
    return page(request, "add", job=now, rows=rows, note=desk.asked().note(), problem=now.problem)


def _became(desk: Desk, report: Report) -> Iterator[Became]:
    for one in report.failed:
        yield Became(_shown(one.path), "failed", one.why)
    yield from (Became(_shown(path), "left_out") for path in report.left_out)
    library, corpus = desk.library(), desk.asked()
    states: tuple[tuple[Literal["added", "unchanged"], tuple[str, ...]], ...] = (
        ("added", (*report.added, *report.changed)),
        ("unchanged", (*report.unchanged, *report.moved)),
    )
    for state, paths in states:
        for path in paths:
            row = library.source(library.source_at(path) or "")
            key = library.now(row.key) if row else ""
            yield Became(_shown(path), state, document=corpus.documents([key]).get(key) if key else None)


@router.get("/added/events")
async def added_events(request: Request, jobs: Jobs, job: JobId) -> StreamingResponse:
    """The job at each change, as server-sent events, until it is over."""
    _writer(request)
    job_named(jobs, job)
    return StreamingResponse(
        events_of(jobs, job), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
    )


def _writer(request: Request) -> None:
    if may_add(request) is None:
        raise HTTPException(401, "this needs a key of the server")
