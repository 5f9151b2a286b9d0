"""Writing over HTTP: documents come in and go as jobs that can be watched."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, File, HTTPException, Path, Request, UploadFile
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field, StrictBool

from api.access import Local, Writer
from api.desk import Desk
from api.jobs import Job, JobBook, Work
from api.parameters import Relation, desk_of
from api.routes import said, wrong
from api.wire import to_json
from graph.model import RELATIONS
from ingest.intake import Options, ingest, ingest_given
from ingest.upkeep import rebuild, remove
from queries.analyse import analyse
from queries.scope import Scope

WATCH_SECONDS = 0.2
MOST_NAMES = 10_000

router = APIRouter(prefix="/api/v1", tags=["writing"])
At = Annotated[Desk, Depends(desk_of)]
Named = Annotated[str, Field(min_length=1, max_length=4096)]


def book_of(request: Request) -> JobBook:
    """The jobs of the app."""
    book: JobBook = request.app.state.jobs
    return book


Jobs = Annotated[JobBook, Depends(book_of)]
JobId = Annotated[str, Path(pattern="^[0-9a-f]{16}$", examples=["5f2d7c0a9b3e1d46"])]


def refused(*more: int) -> dict[int | str, dict[str, Any]]:
    """The errors that a route which writes declares."""
    words = {
        400: "A body that cannot be taken apart",
        401: "No key, or none that is known",
        403: "Not for this caller",
        404: "No such job",
        413: "Too large",
    }
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {**wrong(), **{status: {"description": words[status], "content": content} for status in more}}


class PathsRequest(BaseModel):
    """Files, folders and patterns on the server's machine; `secrets`: keep those marked as state secrets too."""

    model_config = ConfigDict(extra="forbid")

    paths: list[Named] = Field(min_length=1, max_length=MOST_NAMES)
    prune: StrictBool = False
    secrets: StrictBool = False


class NamesRequest(BaseModel):
    """Keys, paths, folders or sources."""

    model_config = ConfigDict(extra="forbid")

    names: list[Named] = Field(min_length=1, max_length=MOST_NAMES)


class RebuildRequest(BaseModel):
    """`again`: read every text anew, with today's rules."""

    model_config = ConfigDict(extra="forbid")

    again: StrictBool = False


class AnalyseRequest(BaseModel):
    """Over which edges (all when none are named), with or without the acts that are cited for the power to act only."""

    model_config = ConfigDict(extra="forbid")

    relations: list[Relation] = Field(default_factory=list, max_length=len(RELATIONS))
    without_authority: StrictBool = False


Files = Annotated[list[UploadFile], File(min_length=1)]


@router.post("/documents", status_code=202, response_model=Job, responses=refused(400, 401, 413))
async def upload_route(writer: Writer, desk: At, jobs: Jobs, files: Files) -> Response:
    """Take documents in: their bytes as form files; a job that can be watched."""
    given = [(file.filename or "document", await file.read()) for file in files]
    return started(jobs, desk, "ingest", lambda _: ingest_given(given, desk.library(), desk.corpus().store))


@router.post("/documents/paths", status_code=202, response_model=Job, responses=refused(400, 401, 403))
def paths_route(writer: Local, desk: At, jobs: Jobs, asked: Annotated[PathsRequest, Body()]) -> Response:
    """Take files of this machine in; for commands that run on it."""

    def work(tell: Any) -> Any:
        options = Options(prune=asked.prune, progress=tell, secrets=asked.secrets)
        return ingest(asked.paths, desk.library(), desk.corpus().store, options)

    return started(jobs, desk, "ingest", work)


@router.post("/remove", status_code=202, response_model=Job, responses=refused(400, 401))
def remove_route(writer: Writer, desk: At, jobs: Jobs, asked: Annotated[NamesRequest, Body()]) -> Response:
    """Take documents out by key, path, folder or source."""
    return started(jobs, desk, "remove", lambda _: remove(asked.names, desk.library(), desk.corpus().store))


@router.post("/rebuild", status_code=202, response_model=Job, responses=refused(400, 401))
def rebuild_route(writer: Writer, desk: At, jobs: Jobs, asked: Annotated[RebuildRequest, Body()]) -> Response:
    """Make the whole graph again from the library."""

    def work(tell: Any) -> int:
        with desk.remaking():
            return rebuild(desk.library(), desk.corpus().store, asked.again, lambda done, total: tell(done, total, ""))

    return started(jobs, desk, "rebuild", work)


@router.post("/analyse", status_code=202, response_model=Job, responses=refused(400, 401))
def analyse_route(writer: Writer, desk: At, jobs: Jobs, asked: Annotated[AnalyseRequest, Body()]) -> Response:
    """Write rank, community, citations and citation age beside each document, for Neo4j Browser."""
    scope = Scope(tuple(asked.relations))
    return started(jobs, desk, "analyse", lambda _: analyse(desk.whole(), scope, asked.without_authority))


def started(jobs: JobBook, desk: Desk, kind: str, work: Work) -> Response:
    """The answer to a request for work: the job, queued, and where it can be watched."""

    def alone(tell: Any) -> Any:
        try:
            with desk.writing:
                return work(tell)
        except BaseException:
            desk.owed.set()  # what the library took in before it failed is brought to the graph when that is possible
            raise

    job = jobs.start(kind, alone)
    where = {"Location": f"{desk.settings.root_path}/api/v1/jobs/{job.id}"}
    return Response(to_json(job), 202, where, media_type="application/json")


@router.get("/jobs", response_model=list[Job], responses=refused(401))
def jobs_route(writer: Writer, jobs: Jobs) -> Response:
    """The jobs of this run, the newest first."""
    return said(jobs.all())


@router.get("/jobs/{id}", response_model=Job, responses=refused(401, 404))
def job_route(writer: Writer, jobs: Jobs, id: JobId) -> Response:
    """How far a job is, and what came of it."""
    return said(job_named(jobs, id))


@router.get("/jobs/{id}/events", responses={200: {"content": {"text/event-stream": {}}}, **refused(401, 404)})
async def events_route(writer: Writer, jobs: Jobs, id: JobId) -> StreamingResponse:
    """The job again at each change, as server-sent events, until it is over."""
    job_named(jobs, id)
    return StreamingResponse(events_of(jobs, id), media_type="text/event-stream", headers={"Cache-Control": "no-store"})


async def events_of(jobs: JobBook, id: str) -> AsyncIterator[bytes]:
    """A job at each change until it is over, as server-sent events named by its state."""
    before: Job | None = None
    while (job := jobs.get(id)) is not None:
        if job != before:
            yield b"event: " + job.state.encode() + b"\ndata: " + to_json(job) + b"\n\n"
        if job.over:
            return
        before = job
        await asyncio.sleep(WATCH_SECONDS)


def job_named(jobs: JobBook, id: str) -> Job:
    """The job with this id; 404 where this run has none."""
    job = jobs.get(id)
    if job is None:
        raise HTTPException(404, f"no job {id} in this run of the server")
    return job
