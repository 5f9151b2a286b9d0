"""The texts and files of held documents over HTTP, and where and what citations are in them."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, HTTPException, Query
from fastapi.responses import Response

from api.desk import Desk
from api.parameters import Asked, AskedFor, Scoped, desk_of
from api.routes import MOST_ROWS, said, wrong
from api.routes_more import Cursor
from api.whole import WholeRoute
from queries.places import Places, file_of, places
from queries.text import DocumentText, Told, text_of, told

_MEDIA = {
    "text": ("text/plain", "txt"),
    "HTML": ("text/html", "html"),
    "DOCX": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    "DOC": ("application/msword", "doc"),
    "RTF": ("application/rtf", "rtf"),
    "ODT": ("application/vnd.oasis.opendocument.text", "odt"),
    "PDF": ("application/pdf", "pdf"),
}
_PICTURES = {b"\x89PNG": ("image/png", "png"), b"\xff\xd8\xff": ("image/jpeg", "jpg"), b"%PDF": _MEDIA["PDF"]}
_OTHER = ("application/octet-stream", "bin")
# Files are others' work: no script of theirs runs here, and no browser guesses what they are.
_HEADERS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}

Source = Annotated[str, Query(pattern="^[0-9a-f]{16}$", description="A text that is held, by its 16 hex digits")]
MaybeSource = Annotated[str | None, Query(pattern="^[0-9a-f]{16}$", description="Of several texts held, this one")]
Start = Annotated[int, Query(ge=0, le=MOST_ROWS, description="Where in the text, in code points")]

router = APIRouter(prefix="/api/v1", route_class=WholeRoute, tags=["documents"])


@router.get("/documents/text", response_model=DocumentText, responses=wrong(one=True))
def text_route(corpus: Asked, wanted: AskedFor, start: Start = 0, source: MaybeSource = None) -> Response:
    """One part of the text of a held document, passage by passage, each citation marked with what it means."""
    return said(text_of(corpus, wanted, start, source))


@router.get("/documents/mention", response_model=Told, responses=wrong(one=True))
def mention_route(corpus: Asked, source: Source, start: Start) -> Response:
    """One citation: what it means or may mean, why, and the sentence around it."""
    return said(told(corpus, source, start))


@router.get("/documents/places", response_model=Places, responses=wrong(one=True))
def places_route(
    corpus: Asked, wanted: AskedFor, scope: Scoped, source: MaybeSource = None, cursor: Cursor = 0
) -> Response:
    """Where the citations of a held document stand in its file: page and box, paragraph, or offset."""
    return said(places(corpus, wanted, source, scope, cursor))


@router.get(
    "/documents/file",
    response_class=Response,
    responses={200: {"content": {media: {} for media, _ in (*_MEDIA.values(), _OTHER)}}, **wrong(one=True)},
)
def file_route(
    corpus: Asked, desk: Annotated[Desk, Depends(desk_of)], wanted: AskedFor, source: MaybeSource = None
) -> Response:
    """The file of a held document as it came, the best format of several."""
    row = file_of(corpus, wanted, source)
    data = desk.library().originals.get(row.sha256)
    if data is None:
        raise HTTPException(404, "the file is not where originals are kept (any more)")
    media, ending = next(
        (kind for mark, kind in _PICTURES.items() if data.startswith(mark)), _MEDIA.get(row.format, _OTHER)
    )
    shown = "inline" if media in ("application/pdf", "image/png", "image/jpeg") else "attachment"
    if media == "text/plain" and row.encoding == "UTF-8":
        media = "text/plain; charset=utf-8"
    name = f"{row.source}.{ending}"
    said = {"Content-Disposition": f"{shown}; filename={quote(name)}", "ETag": f'"{row.sha256[:32]}"'}
    return Response(data, media_type=media, headers=_HEADERS | said)
