"""What all pages share: templates, words in two languages, headers of safety, errors that people can read."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Awaitable, Callable, Coroutine
from functools import cache
from importlib.resources import files
from types import SimpleNamespace
from typing import Any, Literal
from urllib.parse import urlencode

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.routing import APIRoute
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.exceptions import HTTPException

from api.session import may_add, token_of
from api.whole import WholeRoute
from graph.library import LibraryError
from graph.store import StoreError
from queries.errors import AmbiguousDocument, NamesNothing, QuestionError, UnknownDocument

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, Language] = ("vi", "en")
YEAR_SECONDS = 365 * 24 * 3600
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_SAFE = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "private, no-cache",
    "Vary": "Cookie, HX-Request",
}
# Signs that turn what follows or hide: shown by their number, so that a text cannot pose as another.
_TURNING = {
    code: f"[U+{code:04X}]" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)
}
_TURNING |= dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000)), "\ufffd")


@cache
def _words() -> dict[str, SimpleNamespace]:
    """For each language its words, groups of words as dicts."""
    said = tomllib.loads(files("api").joinpath("words.toml").read_text(encoding="utf-8"))
    return {language: SimpleNamespace(**_of(said, number)) for number, language in enumerate(LANGUAGES)}


def _of(said: dict[str, Any], number: int) -> dict[str, Any]:
    return {name: _of(one, number) if isinstance(one, dict) else one[number] for name, one in said.items()}


@cache
def templates() -> Environment:
    """The templates, which escape what they are given and fail on what they are not."""
    made = Environment(
        loader=PackageLoader("api"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters |= {"day": day, "plain": plain, "count": count, "flag": flag, "deadline": deadline}
    return made


def day(iso: str | None) -> str:
    """An ISO day, month or year as it is printed: "2017-10-25" → "25/10/2017"."""
    return "/".join(part.lstrip("0") if len(iso) < 10 else part for part in reversed(iso.split("-"))) if iso else ""


def deadline(read: str) -> str:
    """A deadline as read, as people say it: "2022-Q3" → "quý III/2022", "2018-03" → "3/2018"; words stay."""
    if found := re.fullmatch(r"(\d{4})-Q([1-4])", read):
        return f"quý {('I', 'II', 'III', 'IV')[int(found[2]) - 1]}/{found[1]}"
    return day(read) if re.fullmatch(r"\d{4}(-\d\d){0,2}", read) else read


def plain(text: object) -> Markup:
    """Words of a document: escaped, with characters that would turn or hide others shown by their number."""
    return escape(str(text).translate(_TURNING))


def count(number: int, language: str = "vi") -> str:
    """A number with its thousands set apart: 20.000 in Vietnamese, 20,000 in English."""
    return f"{number:,}".replace(",", "." if language == "vi" else ",")


@cache
def _flags() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = tomllib.loads(files("api").joinpath("flags.toml").read_text(encoding="utf-8"))["flag"]
    return tuple((re.compile(row["pattern"], re.DOTALL), row["vi"]) for row in rows)


def flag(said: str, language: str) -> str:
    """A doubt in the language of the page: "read as VNI and converted …" → "Đọc theo bảng mã VNI và chuyển …"."""
    found = ((pattern.match(said), words) for pattern, words in _flags() if language == "vi")
    return next((words.format(*match.groups()) for match, words in found if match), said)


@cache
def asset(name: str) -> str:
    """The path of a static file with a mark of its content, so that browsers may keep it."""
    content = files("api").joinpath("static", *name.split("/")).read_bytes()
    return f"static/{name}?v={hashlib.blake2b(content, digest_size=6).hexdigest()}"


def language_of(request: Request) -> Language:
    """The language asked for in the address, else chosen before, else Vietnamese."""
    for given in (request.query_params.get("lang"), request.cookies.get("lang")):
        for language in LANGUAGES:
            if given == language:
                return language
    return "vi"


def words_of(request: Request) -> SimpleNamespace:
    """The words of the page's language."""
    return _words()[language_of(request)]


def page(request: Request, name: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A template as an answer. A request of htmx gets the part of it that changes (the block `part`), if it has one."""
    language = language_of(request)
    template = templates().get_template(f"{name}.html")
    shared = {
        "w": _words()[language], "lang": language, "name": name, "at": request.scope.get("root_path", "").rstrip("/"),
        "asset": asset, "here": _here(request), "writer": may_add(request), "token": token_of(request),
    }  # fmt: skip
    context = template.new_context(shared | values)
    partly = request.headers.get("hx-request") == "true" and "part" in template.blocks
    html = "".join(template.blocks["part"](context)) if partly else template.render(context)
    response = HTMLResponse(html, status, _SAFE)
    if request.query_params.get("lang") == language:
        path = request.scope.get("root_path", "") or "/"
        response.set_cookie("lang", language, YEAR_SECONDS, path=path, httponly=True, samesite="lax")
    return response


def _here(request: Request) -> Callable[..., str]:
    """Makes the address of this page with some parameters changed; None takes one away."""
    given = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    base = request.scope.get("root_path", "").rstrip("/") + "/" + request.url.path.rsplit("/", 1)[-1]

    def here(**changed: Any) -> str:
        kept = [(name, value) for name, value in given if name not in changed]
        query = urlencode([*kept, *((name, value) for name, value in changed.items() if value is not None)])
        return f"{base}?{query}" if query else base

    return here


Handler = Callable[[Request], Coroutine[Any, Any, Response]]


def _drop_empty(request: Request) -> None:
    """Fields of a form that were left empty say nothing."""
    given = request.scope["query_string"]
    if b"=&" in given or given.endswith(b"="):
        kept = [pair for pair in given.split(b"&") if not pair.endswith(b"=") or pair.count(b"=") != 1]
        request.scope["query_string"] = b"&".join(kept)


def readable(ask: Callable[[Request], Awaitable[Response]]) -> Handler:
    """A handler around another: its errors as pages."""

    async def answer(request: Request) -> Response:
        _drop_empty(request)
        try:
            return await ask(request)
        except AmbiguousDocument as error:
            return page(request, "candidates", 300, words=error.words, key=error.key, candidates=error.candidates)
        except UnknownDocument as error:
            return page(request, "problem", 404, kind="unknown", detail=error.words, key=error.key)
        except NamesNothing as error:
            return page(request, "problem", 404, kind="nothing", detail=error.reason, key=None)
        except RequestValidationError as error:
            wrong = "; ".join(f"{one['loc'][-1]}: {one['msg']}" for one in error.errors())
            return page(request, "problem", 422, kind="wrong", detail=wrong, key=None)
        except QuestionError as error:
            return page(request, "problem", 404, kind="wrong", detail=str(error), key=None)
        except (StoreError, LibraryError) as error:
            return page(request, "problem", 503, kind="away", detail=str(error), key=None)
        except HTTPException as error:
            if error.status_code == 401 and request.method == "GET":
                back = urlencode({"back": _here(request)()})
                return RedirectResponse(f"{request.scope.get('root_path', '')}/key?{back}", 303)
            kind = "refused" if error.status_code in (401, 403) else "wrong"
            return page(request, "problem", error.status_code, kind=kind, detail=str(error.detail), key=None)

    return answer


class PageRoute(WholeRoute):
    """A page that only reads: of one state of the graph."""

    def get_route_handler(self) -> Handler:
        """The handler, around that of a route that reads."""
        return readable(super().get_route_handler())


class FormRoute(APIRoute):
    """A page that takes a form."""

    def get_route_handler(self) -> Handler:
        """The handler, around that of any route."""
        return readable(super().get_route_handler())
