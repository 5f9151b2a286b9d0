"""What Neo4j Browser is given, whatever its origin: a guide in two languages, a style, saved queries."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Request
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import Response
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.types import Receive, Scope, Send

from api.routes import wrong

# The files have no day, so that the archive is the same each time.
_DAY = (1980, 1, 1, 0, 0, 0)
_FOLDER = "vanban"
_OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET",
    "Access-Control-Allow-Headers": "*, Cache-Control, Pragma",
    "Access-Control-Max-Age": "600",
    "X-Content-Type-Options": "nosniff",
}

router = APIRouter(tags=["guides"])
Name = Annotated[str, Path(max_length=40, examples=["vanban"])]


_WRONG = {**wrong(), 404: {"description": "No guide of that name"}}


class Cors(CORSMiddleware):
    """The origins that the settings name may ask; the guides answer for themselves."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if str(scope.get("path", "")).startswith("/guides/"):
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


@router.get("/guides/{name}", response_class=Response, responses=_WRONG)
def guide_route(request: Request, name: Name) -> Response:
    """For Neo4j Browser: `vanban` or `vanban.vi`, `vanban.en` (`:play`), `vanban.grass` (`:style`), `vanban.zip` (saved
    queries, to be dropped on it)."""
    if name not in _MADE:
        raise HTTPException(404, f"no guide {name!r}; there are {', '.join(_MADE)}")
    media, made = _MADE[name]
    return Response(made(str(request.base_url).rstrip("/")), media_type=media, headers=_OPEN)


@router.options("/guides/{name}", include_in_schema=False)
def may_ask(name: Name) -> Response:
    """The Browser asks first, since its requests say that they want nothing from a cache."""
    return Response(status_code=204, headers=_OPEN)


@cache
def saved_queries() -> dict[str, str]:
    """The saved queries by the names of their files; the first line of each says what it shows, the second how."""
    folder = files("api").joinpath("guides", "saved")
    found = sorted((one.name, one) for one in folder.iterdir() if one.name.endswith(".cypher"))
    return {name.removesuffix(".cypher"): one.read_text(encoding="utf-8") for name, one in found}


def archive() -> bytes:
    """The saved queries as Neo4j Browser takes them in: a folder with a file each."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in saved_queries().items():
            packed.writestr(zipfile.ZipInfo(f"{_FOLDER}/{name}.cypher", _DAY), text)
    return out.getvalue()


def guide(language: str, address: str) -> bytes:
    """The guide for `:play`, its commands with the address from which it came."""
    made = Environment(loader=PackageLoader("api", "guides"), autoescape=True, undefined=StrictUndefined)
    saved = saved_queries()
    text = made.get_template(f"vanban.{language}.html").render(
        address=address, saved=lambda name: saved[name].strip(), count=len(saved)
    )
    return text.encode("utf-8")


def _style(_: str) -> bytes:
    return files("api").joinpath("guides", "vanban.grass").read_bytes()


_MADE: Mapping[str, tuple[str, Callable[[str], bytes]]] = {
    "vanban": ("text/html", lambda address: guide("vi", address)),
    "vanban.vi": ("text/html", lambda address: guide("vi", address)),
    "vanban.en": ("text/html", lambda address: guide("en", address)),
    "vanban.grass": ("text/plain", _style),
    "vanban.zip": ("application/zip", lambda _: archive()),
}
