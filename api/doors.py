"""One question asked either of the server that runs on this machine or of the store directly, with the same answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from api.desk import opened
from api.running import Running, running
from api.settings import Settings
from api.wire import from_json
from graph.store import StoreBusy, StoreError
from queries.answer import Candidate
from queries.corpus import Corpus
from queries.errors import AmbiguousDocument, BadQuestion, NamesNothing, QuestionError, UnknownDocument
from queries.scope import Scope

if TYPE_CHECKING:
    import httpx2

T = TypeVar("T")
_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Question(Generic[T]):
    """A question by both doors: its route with parameters (a body: it is posted), and the function that answers it."""

    route: str
    answer: type[T]
    run: Callable[[Corpus], T]
    parameters: Mapping[str, Any]
    body: Mapping[str, Any] | None = None


def answer(settings: Settings, question: Question[T]) -> T:
    """The answer to a question. Raises `QuestionError`, `StoreError`."""
    server = running(settings.home, settings.store)
    if server is not None:
        return _asked(server, question)
    with opened(settings) as desk:
        return question.run(desk.asked())


def scope_parameters(scope: Scope) -> dict[str, Any]:
    """A scope as the parameters of a route; what is not set is left out."""
    said = {
        "relation": scope.relations, "depth": scope.depth, "as_of": scope.as_of, "confidence": scope.confidence or None,
        "held": None if scope.held is None else str(scope.held).lower(), "issuer": scope.issuers, "place": scope.places,
        "limit": scope.limit,
    }  # fmt: skip
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in said.items()
        if value not in (None, ())
    }


def _asked(server: Running, question: Question[T]) -> T:
    parameters = {name: value for name, value in question.parameters.items() if value is not None}
    path = f"/api/v1/{question.route}"
    if question.body is None:
        said = call(server, "GET", path, params=parameters)
    else:
        said = call(
            server, "POST", path, json={name: value for name, value in question.body.items() if value is not None}
        )
    return from_json(question.answer, said.content)


def call(server: Running, method: str, path: str, **request: Any) -> httpx2.Response:
    """A request to our server with the token of its run, its problems as the errors that they were there."""
    import httpx2  # here, since most commands run without a server

    headers = {"Authorization": f"Bearer {server.token}"}
    try:
        said = httpx2.request(
            method, server.address + path, headers=headers, timeout=_SECONDS, trust_env=False, **request
        )
    except httpx2.HTTPError as error:
        raise StoreBusy(f"the server at {server.address} does not answer ({error})") from error
    if said.status_code >= 300:
        raise error_of(said)
    return said


def fetched(server: Running, path: str, parameters: Mapping[str, Any]) -> Iterator[bytes]:
    """What our server answers to a GET, piece by piece, however long it takes to begin; its problems as in `call`."""
    import httpx2  # here, since most commands run without a server

    said = {name: value for name, value in parameters.items() if value is not None}
    headers = {"Authorization": f"Bearer {server.token}"}
    try:
        with (
            httpx2.Client(base_url=server.address, headers=headers, timeout=None, trust_env=False) as client,
            client.stream("GET", path, params=said) as answered,
        ):
            if answered.status_code >= 300:
                answered.read()
                raise error_of(answered)
            yield from answered.iter_bytes()
    except httpx2.HTTPError as error:
        raise StoreBusy(f"the server at {server.address} does not answer ({error})") from error


def error_of(said: httpx2.Response) -> Exception:
    """The error that a problem stands for."""
    try:
        problem = said.json()
    except ValueError:
        problem = {}
    detail = str(problem.get("detail", said.text[:500]))
    parameter = str(problem.get("parameter") or "document")
    if said.status_code == 300:
        candidates = from_json(tuple[Candidate, ...], json.dumps(problem["candidates"]).encode())
        return AmbiguousDocument(said.url.params.get("document", ""), str(problem.get("key")), candidates)
    if str(problem.get("type")).endswith("names-nothing"):
        return NamesNothing(parameter, detail.removeprefix(f"{parameter}: "))
    if said.status_code == 404:
        return UnknownDocument(said.url.params.get(parameter, ""), problem.get("key"), parameter)
    if said.status_code == 422:
        return BadQuestion(parameter, detail.removeprefix(f"{parameter}: "))
    return StoreError(detail) if said.status_code >= 500 else QuestionError(detail)
