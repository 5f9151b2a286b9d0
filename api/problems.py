"""Every error as application/problem+json, with the status that its kind has."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from api.deadline import TookTooLong
from graph.library import LibraryError
from graph.store import StoreError
from queries.answer import Candidate
from queries.errors import AmbiguousDocument, BadQuestion, NamesNothing, QuestionError, UnknownDocument

_LOG = logging.getLogger("vanban.api")
RETRY_SECONDS = 2
NOTHING = "Names nothing"


class Wrong(BaseModel):
    """One parameter that cannot be used."""

    parameter: str
    reason: str


class Problem(BaseModel):
    """What went wrong, after RFC 9457: `type` names the kind, `detail` says what to do."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "/problems/unknown-document",
                    "title": "Unknown document",
                    "status": 404,
                    "detail": "'9/QĐ-TTg' (read as vn:state:ttg:qd:_:9) is neither held nor cited here.",
                    "parameter": "document",
                    "request": "5f2d7c",
                }
            ]
        }
    )

    type: str
    title: str
    status: int
    detail: str
    parameter: str | None = None
    errors: list[Wrong] = []
    key: str | None = None
    candidates: list[Candidate] = []
    request: str | None = None


def problem(request: Request, status: int, title: str, detail: str, **more: Any) -> Response:
    """A problem as a response; its `type` follows from the title."""
    headers = more.pop("headers", None)
    said = Problem(
        type=f"/problems/{title.lower().replace(' ', '-')}",
        title=title,
        status=status,
        detail=detail,
        request=getattr(request.state, "request_id", None),
        **more,
    )
    content = said.model_dump_json(exclude_none=True)
    return Response(content, status, headers, media_type="application/problem+json")


def install(app: FastAPI) -> None:
    """Answer every error of `app` with a problem."""
    app.add_exception_handler(QuestionError, _question)
    app.add_exception_handler(StoreError, _store)
    app.add_exception_handler(LibraryError, _store)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unforeseen)


def _question(request: Request, error: Exception) -> Response:
    if isinstance(error, AmbiguousDocument):
        return problem(request, 300, "Ambiguous document", str(error), key=error.key, candidates=list(error.candidates))
    if isinstance(error, UnknownDocument):
        return problem(request, 404, "Unknown document", str(error), key=error.key, parameter=error.parameter)
    if isinstance(error, NamesNothing):
        wrong = [Wrong(parameter=error.parameter, reason=error.reason)]
        return problem(request, 404, NOTHING, str(error), parameter=error.parameter, errors=wrong)
    if isinstance(error, BadQuestion):
        wrong = [Wrong(parameter=error.parameter, reason=error.reason)]
        return problem(request, 422, "Bad parameter", str(error), parameter=error.parameter, errors=wrong)
    return problem(request, 400, "Bad question", str(error))


def _store(request: Request, error: Exception) -> Response:
    _LOG.error("store: %s", error)
    title = "Took too long" if isinstance(error, TookTooLong) else "Store unavailable"
    return problem(request, 503, title, str(error), headers={"Retry-After": str(RETRY_SECONDS)})


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    wrong = [Wrong(parameter=_parameter(one["loc"]), reason=str(one["msg"])) for one in error.errors()]
    detail = "; ".join(f"{one.parameter}: {one.reason}" for one in wrong)
    return problem(request, 422, "Bad parameter", detail, parameter=wrong[0].parameter if wrong else None, errors=wrong)


def _parameter(where: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in where[1:]) or str(where[0])


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    titles = {
        404: "Not found",
        405: "Method not allowed",
        401: "Not allowed",
        403: "Not allowed",
        413: "Too large",
        429: "Too many requests",
    }
    title = titles.get(error.status_code, "Bad request" if error.status_code < 500 else "Server error")
    headers = dict(error.headers or {}) | ({"Allow": _methods(request)} if error.status_code == 405 else {})
    return problem(request, error.status_code, title, str(error.detail), headers=headers)


def _methods(request: Request) -> str:
    """Every method that the path takes: one route alone would name only its own."""
    paths: dict[str, Any] = request.app.openapi()["paths"]
    path = str(request.scope["path"]).removeprefix(request.scope.get("root_path", ""))
    fitting = [path] if path in paths else [one for one in paths if compile_path(one)[0].match(path)]
    methods = {method.upper() for one in fitting for method in paths[one]}
    return ", ".join(sorted(methods or {"GET"}))


def _unforeseen(request: Request, error: Exception) -> Response:
    _LOG.error("unforeseen", exc_info=error)
    return problem(
        request, 500, "Server error", "Something went wrong here; the log has the details under this request id."
    )
