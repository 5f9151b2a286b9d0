"""The HTTP application: the routes of the questions, health, one plain page."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

from fastapi import Depends, FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.middleware.gzip import GZipMiddleware

from api import (
    pages,
    pages_key,
    pages_reference,
    problems,
    routes,
    routes_bulk,
    routes_changes,
    routes_decide,
    routes_export,
    routes_files,
    routes_guides,
    routes_judge,
    routes_lookup,
    routes_more,
    routes_places,
    routes_search,
    routes_service,
    routes_tasks,
    routes_write,
)
from api.access import may_read
from api.desk import Desk
from api.etag import Etag
from api.guard import Guard
from api.jobs import JobBook
from api.lookups import Lookups
from api.metrics import Metrics
from api.problems import Problem
from api.running import Running, announce, withdraw
from api.schema_names import named_apart
from api.settings import Settings
from api.static_files import Static
from api.tending import Tender

GZIP_FROM, GZIP_LEVEL = 1000, 5
_ABOUT = """Which Vietnamese documents carry out, rest on, change and order what.

A document is asked for by its key or as people write it.
Errors are application/problem+json and name the parameter; 300 lists the documents that may be meant."""


def create_app(settings: Settings, run: Running | None = None) -> FastAPI:
    """The application on the store of the settings; `run` is set when commands on this machine may write through it."""
    app = FastAPI(
        title="vanban-graph",
        version=version("vanban-graph"),
        description=_ABOUT,
        lifespan=_life,
        docs_url=None,  # those of FastAPI load their scripts from another host
        redoc_url=None,
    )
    app.state.settings = settings
    app.state.run = run
    app.state.desk = Desk(settings, writes=True, run=run.run if run else None)
    app.state.jobs = JobBook()
    app.state.lookups = Lookups(app.state.desk)
    app.state.metrics = Metrics()
    app.state.metrics.watch(app.state.desk, app.state.jobs)
    problems.install(app)
    for doors in (
        routes,
        routes_more,
        routes_search,
        routes_tasks,
        routes_lookup,
        routes_bulk,
        routes_changes,
        routes_judge,
        routes_decide,
        routes_write,
        routes_export,
        routes_files,
        routes_places,
        pages,
    ):
        app.include_router(doors.router, dependencies=[Depends(may_read)])
    app.include_router(routes_service.router)
    app.include_router(routes_guides.router)
    app.include_router(pages_key.router)
    app.include_router(pages_reference.router)
    app.mount("/static", Static(packages=[("api", "static")]))
    app.add_middleware(Etag, public=settings.public_read)
    app.add_middleware(GZipMiddleware, minimum_size=GZIP_FROM, compresslevel=GZIP_LEVEL)
    app.add_middleware(Guard, settings=settings, metrics=app.state.metrics)
    if settings.cors:
        app.add_middleware(
            routes_guides.Cors,
            allow_origins=list(settings.cors),
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "X-API-Key", "If-None-Match"],
            expose_headers=["ETag", "Location", "Retry-After", "X-Request-ID"],
        )
    app.openapi = lambda: described(app)  # type: ignore[method-assign]
    return app


def described(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI schema; the problems that routes refer to are among its components."""
    if app.openapi_schema is None:
        schema = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
        shape = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        parts = schema.setdefault("components", {}).setdefault("schemas", {})
        schema["components"]["schemas"] = {**shape.pop("$defs", {}), **parts, "Problem": shape}
        named_apart(schema["components"]["schemas"])
        app.openapi_schema = schema
    return app.openapi_schema


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncIterator[None]:
    """Announced while it serves; when it stops, work under way comes to its end, and the store is let go of."""
    settings: Settings = app.state.settings
    run: Running | None = app.state.run
    tender = Tender(app.state.desk)
    tender.start()
    if run:
        announce(settings.home, run)
        gc.freeze()  # what is there now stays: the collector need not go through it while it clears up after answers
    yield
    if run:
        withdraw(settings.home, run)
    app.state.jobs.close()
    app.state.lookups.close()
    tender.stop()
    app.state.desk.close()
