"""What those who run the server ask it: is it well, and how is it doing."""

from __future__ import annotations

import platform
from importlib.metadata import version
from urllib.parse import urlsplit

import anyio
from anyio.lowlevel import RunVar
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from pydantic import BaseModel

from api.access import may_read
from api.desk import Desk
from api.jobs import JobBook
from api.metrics import CONTENT_TYPE, Metrics
from api.routes import wrong
from graph.library_schema import VERSION

# Questions may keep every worker busy; these two have workers of their own.
_WORKERS: RunVar[anyio.CapacityLimiter] = RunVar("service")

router = APIRouter(tags=["service"])


class Health(BaseModel):
    """Whether the process lives, whether it can answer, from which engine; `run` is the fingerprint of this run.

    `owed`: the graph lacks what the library has, and is being brought up to date. `jobs` wait or run. `schema` is that
    of the library, `driver` the version of what speaks to the engine.
    """

    live: bool
    ready: bool
    engine: str
    version: str
    driver: str
    python: str
    library: int
    owed: bool
    jobs: int
    run: str | None = None
    problem: str | None = None


def _workers() -> anyio.CapacityLimiter:
    try:
        return _WORKERS.get()
    except LookupError:
        _WORKERS.set(anyio.CapacityLimiter(2))
        return _WORKERS.get()


@router.get("/health", response_model=Health, responses={**wrong(), 503: {"model": Health}})
async def health(request: Request) -> Response:
    """200 when questions can be answered, 503 when the store cannot be reached."""
    desk: Desk = request.app.state.desk
    jobs: JobBook = request.app.state.jobs
    problem = await anyio.to_thread.run_sync(desk.ready, limiter=_workers())
    said = _health(desk, jobs, problem)
    return JSONResponse(said.model_dump(exclude_none=True), 200 if said.ready else 503)


def _health(desk: Desk, jobs: JobBook, problem: str | None) -> Health:
    scheme = urlsplit(desk.settings.store).scheme if "://" in desk.settings.store else "kglite"
    return Health(
        live=True,
        ready=problem is None,
        engine=scheme,
        version=version("vanban-graph"),
        driver=version("kglite" if scheme == "kglite" else "neo4j"),
        python=platform.python_version(),
        library=VERSION,
        owed=desk.owed.is_set(),
        jobs=sum(not job.over for job in jobs.all()),
        run=desk.run,
        problem=problem,
    )


@router.get("/metrics", response_class=PlainTextResponse, responses=wrong())
async def metrics(request: Request) -> Response:
    """Counts of requests, jobs and documents, for Prometheus; needs a key where reading does."""
    may_read(request)
    counted: Metrics = request.app.state.metrics
    text = await anyio.to_thread.run_sync(counted.text, limiter=_workers())
    return Response(text, media_type=CONTENT_TYPE)
