"""Look-ups by the thousand over HTTP: a job fed by lines of JSON; reading only, so that no key is needed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import IO, Annotated

from fastapi import APIRouter, HTTPException, Path, Request
from fastapi.responses import Response, StreamingResponse

from api.jobs import Job
from api.lookups import Lookups, TooMany
from api.routes import said, wrong
from api.wire import to_json
from queries.bulk import MOST_LINES
from queries.errors import BadQuestion

router = APIRouter(prefix="/api/v1", tags=["questions"])

_PIECE = 1 << 16
_LINES = {
    "type": "string",
    "minLength": 1,
    "examples": [
        '{"id": "1", "text": "Thực hiện Nghị quyết số 20-NQ/TW ngày 25/10/2017", "place": "Bình Thuận"}\n'
        '{"id": "2", "citation": {"number": "1511/QĐ-UBND", "date": "2022-07-08"}, "as_of": "2022-12-31"}\n'
    ],
}
_NO_JOB = {
    **wrong(),
    404: {
        "description": "No such look-up",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    },
}

JobId = Annotated[str, Path(pattern="^[0-9a-f]{16}$", examples=["5f2d7c0a9b3e1d46"])]


@router.post(
    "/lookup/jobs",
    status_code=202,
    response_model=Job,
    responses=wrong(body=True),
    openapi_extra={
        "requestBody": {
            "content": {"application/x-ndjson": {"schema": _LINES}, "text/plain": {"schema": _LINES}},
            "required": True,
        }
    },
)
async def lookup_job_route(request: Request) -> Response:
    """Look up as many citations or texts as lines: each an object with a text or a citation, and what is taken for
    granted. The answers are fetched when the job is done."""
    lookups: Lookups = request.app.state.lookups
    with ExitStack() as opened:
        lines = opened.enter_context(tempfile.TemporaryFile())
        count = await _taken(request, lines)
        try:
            job = lookups.start(lines, count)
        except TooMany as error:
            raise HTTPException(429, str(error), {"Retry-After": "10"}) from error
        opened.pop_all()
    where = {"Location": f"{lookups.desk.settings.root_path}/api/v1/lookup/jobs/{job.id}"}
    return Response(to_json(job), 202, where, media_type="application/json")


async def _taken(request: Request, out: IO[bytes]) -> int:
    """Set the lines down; how many there are. Raises `BadQuestion`."""
    count, last = 0, b"\n"
    async for piece in request.stream():
        count += piece.count(b"\n")
        last = piece[-1:] or last
        if count > MOST_LINES:
            raise BadQuestion("body", f"give at most {MOST_LINES} lines")
        out.write(piece)
    if not out.tell():
        raise BadQuestion("body", "give lines of JSON, each with a text or a citation")
    return count + (last != b"\n")


@router.get("/lookup/jobs/{id}", response_model=Job, responses=_NO_JOB)
def lookup_job_state_route(request: Request, id: JobId) -> Response:
    """How far a look-up is, and how many citations have each status."""
    return said(_job(request.app.state.lookups, id))


@router.get(
    "/lookup/jobs/{id}/answers",
    responses={200: {"content": {"application/x-ndjson": {}}}, **_NO_JOB},
    response_class=StreamingResponse,
)
def lookup_answers_route(request: Request, id: JobId) -> StreamingResponse:
    """The answers of a look-up that is over, a line for each that was asked; 404 before, and when they are kept no
    more."""
    lookups: Lookups = request.app.state.lookups
    file = lookups.answers(id) if _job(lookups, id).over else None
    if file is None:
        raise HTTPException(404, f"look-up {id} is not over, or its answers are kept no more")
    return StreamingResponse(_pieces(file), media_type="application/x-ndjson")


def _job(lookups: Lookups, id: str) -> Job:
    job = lookups.job(id)
    if job is None:
        raise HTTPException(404, f"no look-up {id} in this run of the server")
    return job


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece
