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
from graph.exports import FORMS, Form, FormName

_PIECE = 1 << 16

router = APIRouter(prefix="/api/v1", tags=["documents"])


@router.get("/export", responses={200: {"content": {form.media: {} for form in FORMS.values()}}, **wrong()})
def export_route(
    request: Request, desk: Annotated[Desk, Depends(desk_of)], format: FormName = "jsonl"
) -> StreamingResponse:
    """The whole graph; equal graphs give equal bytes. csv: an archive for neo4j-admin database import."""
    form = FORMS[format]
    named = {"Content-Disposition": f'attachment; filename="vanban.{form.ending}"'}
    return StreamingResponse(_pieces(_set_down(desk, form, is_known(request))), media_type=form.media, headers=named)


def _set_down(desk: Desk, form: Form, known: bool) -> IO[bytes]:
    """Set down first, with commits held off, so that it is of one state and a slow reader does not hold up writing."""
    store = desk.whole().store if known else desk.public(timed=False).store
    with ExitStack() as opened:
        file = opened.enter_context(tempfile.TemporaryFile())
        with desk.commits.held_off():
            file.writelines(form.pieces(store))
        file.seek(0)
        opened.pop_all()
    return file


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE):
            yield piece
