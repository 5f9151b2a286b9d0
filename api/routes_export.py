"""The whole graph as a file, over HTTP."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import IO, Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import StreamingResponse

from api.access import is_known
from api.desk import Desk
from api.parameters import desk_of
from api.routes import wrong
from graph.exports import FORMS, FormName
from ingest.exchange import exported

_PIECE = 1 << 16

router = APIRouter(prefix="/api/v1", tags=["documents"])


@router.get("/export", responses={200: {"content": {form.media: {} for form in FORMS.values()}}, **wrong()})
def export_route(
    request: Request, desk: Annotated[Desk, Depends(desk_of)], format: FormName = "jsonl"
) -> StreamingResponse:
    """The whole graph; equal graphs give equal bytes. csv: an archive for neo4j-admin database import. Callers with a
    key find in jsonl what people decided, too."""
    form = FORMS[format]
    named = {"Content-Disposition": f'attachment; filename="vanban.{form.ending}"'}
    return StreamingResponse(_pieces(_set_down(desk, format, is_known(request))), media_type=form.media, headers=named)


def _set_down(desk: Desk, format: FormName, known: bool) -> IO[bytes]:
    """Set down first, with commits held off, so that it is of one state and a slow reader does not hold up writing."""
    corpus = desk.whole() if known else desk.public(timed=False)
    with ExitStack() as opened:
        file = opened.enter_context(tempfile.TemporaryFile())
        with desk.commits.held_off():
            file.writelines(exported(corpus.store, desk.kept() if known else None, format))
        file.seek(0)
        opened.pop_all()
    return file


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece
