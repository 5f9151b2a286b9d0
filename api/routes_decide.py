"""Deciding over HTTP: judgements come in and go, registers and exports of others are taken in; as jobs."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Body, UploadFile
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from api.access import Local, Writer
from api.deciding import accept, now
from api.desk import Desk
from api.jobs import Job, JobBook
from api.routes_write import At, Jobs, refused, started
from graph.judgement import BadJudgement, Judgement
from graph.library import Library
from graph.store import Store
from ingest.bring_in import Taken, bring_in, check
from ingest.decisions import Decision, What, stated
from ingest.judging import judge, take_back
from ingest.register import BadRegister
from ingest.upkeep import bring_up_to_date
from queries.errors import BadQuestion

MOST_DECISIONS = 10_000
_PIECE = 1 << 20

router = APIRouter(prefix="/api/v1", tags=["judging"])
Words = Annotated[str, Field(min_length=1, max_length=1000)]
Who = Annotated[str | None, Field(max_length=200, description="Who decides; the name of the key when left out")]


class DecisionRequest(BaseModel):
    """A decision: see `Decision`."""

    model_config = ConfigDict(extra="forbid")

    what: What
    source: Words | None = None
    start: int | None = Field(None, ge=0, strict=True)
    key: Words | None = None
    other: Words | None = None
    field: Words | None = None
    value: str | None = Field(None, max_length=4000)
    note: str = Field("", max_length=4000)


class DecisionsRequest(BaseModel):
    """Decisions that are kept together or not at all."""

    model_config = ConfigDict(extra="forbid")

    decisions: list[DecisionRequest] = Field(min_length=1, max_length=MOST_DECISIONS)
    who: Who = None


class AcceptRequest(BaseModel):
    """The least score of a candidate to be accepted."""

    model_config = ConfigDict(extra="forbid")

    score: float = Field(ge=0, le=1, strict=True)
    who: Who = None


class IdsRequest(BaseModel):
    """Judgements by their ids."""

    model_config = ConfigDict(extra="forbid")

    ids: list[Annotated[str, Field(pattern="^[0-9a-f]{16}$")]] = Field(min_length=1, max_length=MOST_DECISIONS)


class PathRequest(BaseModel):
    """A file on the server's machine."""

    model_config = ConfigDict(extra="forbid")

    path: Annotated[str, Field(min_length=1, max_length=4096)]


@router.post("/judgements", status_code=202, response_model=Job, responses=refused(400, 401))
def judge_route(writer: Writer, desk: At, jobs: Jobs, asked: Annotated[DecisionsRequest, Body()]) -> Response:
    """Decide: same, not-same, key, split, correct, done; a job whose outcome names what lost its ground."""
    given = [Decision(**one.model_dump()) for one in asked.decisions]
    try:
        judgements = stated(desk.library(), given, asked.who or writer, now())
    except BadJudgement as bad:
        raise BadQuestion("decisions", str(bad)) from bad

    return kept(desk, jobs, judgements)


def kept(desk: Desk, jobs: JobBook, judgements: Sequence[Judgement]) -> Response:
    """The job that keeps judgements and brings them to the graph."""

    def work(_: Any) -> Any:
        bring_up_to_date(*_both(desk))
        return judge(*_both(desk), judgements)

    return started(jobs, desk, "judge", work)


@router.post("/judgements/accept", status_code=202, response_model=Job, responses=refused(400, 401))
def accept_route(writer: Writer, desk: At, jobs: Jobs, asked: Annotated[AcceptRequest, Body()]) -> Response:
    """Judge every mention known in part to mean its best candidate where that scores enough and no other scores the
    same."""
    signed = Judgement("key", who=asked.who or writer, when=now())
    return started(jobs, desk, "accept", lambda _: accept(desk.corpus(), desk.library(), asked.score, signed))


@router.post("/judgements/undo", status_code=202, response_model=Job, responses=refused(400, 401))
def undo_route(writer: Writer, desk: At, jobs: Jobs, asked: Annotated[IdsRequest, Body()]) -> Response:
    """Forget judgements: the graph is what it was without them."""

    def work(_: Any) -> Any:
        bring_up_to_date(*_both(desk))
        return take_back(*_both(desk), asked.ids)

    return started(jobs, desk, "undo", work)


@router.post("/import", status_code=202, response_model=Job, responses=refused(400, 401, 413))
async def import_route(writer: Writer, desk: At, jobs: Jobs, file: UploadFile) -> Response:
    """Take in a register (CSV), an export, or judgements (JSON lines)."""
    folder = tempfile.TemporaryDirectory()
    path = os.path.join(folder.name, os.path.basename(file.filename or "") or "import")
    with open(path, "wb") as copy:
        while piece := await file.read(_PIECE):
            copy.write(piece)
    _check(path, os.path.basename(path))

    def work(_: Any) -> Taken:
        with folder:
            return bring_in(path, *_both(desk))

    return started(jobs, desk, "import", work)


@router.post("/import/paths", status_code=202, response_model=Job, responses=refused(400, 401, 403))
def import_path_route(writer: Local, desk: At, jobs: Jobs, asked: Annotated[PathRequest, Body()]) -> Response:
    """Take in such a file of this machine; for commands that run on it."""
    _check(asked.path, asked.path)
    return started(jobs, desk, "import", lambda _: bring_in(asked.path, *_both(desk)))


def _check(path: str, shown: str) -> None:
    try:
        check(path)
    except (BadRegister, OSError, ValueError) as bad:
        raise BadQuestion("file", str(bad).replace(path, shown)) from bad


def _both(desk: Desk) -> tuple[Library, Store]:
    return desk.library(), desk.corpus().store
