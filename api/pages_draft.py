"""The page that checks a draft: pasted or dropped, every citation looked at, a corrected list to copy."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, UploadFile
from fastapi.responses import Response

from api.page import FormRoute, PageRoute, page
from api.pages_document import groups_of
from api.parameters import Asked
from api.session import own_form
from ingest.read import Unreadable, read_bytes
from queries.draft import check
from queries.errors import BadQuestion

LARGEST = 20 * 1024 * 1024
router = APIRouter(include_in_schema=False, route_class=PageRoute)
forms = APIRouter(include_in_schema=False, route_class=FormRoute)


@router.get("/draft")
def draft_page(request: Request, corpus: Asked) -> Response:
    """A form for the draft."""
    return _page(request, note=corpus.note())


@forms.post("/draft")
def check_form(
    request: Request, corpus: Asked, text: Annotated[str, Form()] = "", file: UploadFile | None = None
) -> Response:
    """What there is to be looked at in a draft; nothing of it is kept."""
    own_form(request)
    try:
        if file is not None and file.filename:
            text = read_bytes(file.file.read(LARGEST + 1), file.filename, LARGEST).text
        answer = check(corpus, text.replace("\r\n", "\n")) if text.strip() else None
    except Unreadable as error:
        return _page(request, 422, text=text, problem=f"{error.why}; {error.advice}", note=corpus.note())
    except BadQuestion as error:
        return _page(request, 422, text="", problem=error.reason, note=corpus.note())
    groups = groups_of(answer.passages) if answer else ()
    return _page(request, text=text, answer=answer, groups=groups, note=corpus.note())


def _page(request: Request, status: int = 200, **values: object) -> Response:
    return page(request, "draft", status, **{"text": "", "answer": None, "groups": (), "problem": None, **values})
