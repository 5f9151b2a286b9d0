"""Around every request: an id, a line in the log, a bound on its body, and a bound on how many one address may send."""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass, field

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.metrics import Metrics
from api.problems import problem
from api.settings import Settings

MOST_ADDRESSES = 10_000
_LOG = logging.getLogger("vanban.access")


@dataclass(slots=True)
class Guard:
    """An ASGI application around another."""

    app: ASGIApp
    settings: Settings
    metrics: Metrics
    _rates: Rates = field(init=False)

    def __post_init__(self) -> None:
        self._rates = Rates(self.settings.rate)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        visit = _Visit(scope, send, self.settings.max_body)
        scope.setdefault("state", {})["request_id"] = visit.id
        try:
            await self._answer(visit, receive)
        finally:
            visit.log()
            route = getattr(scope.get("route"), "path", None)
            self.metrics.seen(scope["method"], route, visit.status, time.perf_counter() - visit.since)

    async def _answer(self, visit: _Visit, receive: Receive) -> None:
        wait = self._rates.wait(visit.address)
        if wait:
            await visit.refuse(
                429, "Too many requests", f"more than {self.settings.rate} a minute", {"Retry-After": str(wait)}
            )
            return
        length = Headers(scope=visit.scope).get("content-length", "0")
        if not length.isdigit() or int(length) > self.settings.max_body:
            await visit.refuse(413, "Too large", _too_large(self.settings.max_body))
            return
        await self.app(visit.scope, visit.bounded(receive), visit.send)


def _too_large(most: int) -> str:
    return f"a body may have {most} bytes; split it"


@dataclass(slots=True)
class _Visit:
    """One request under way."""

    scope: Scope
    _send: Send
    most: int
    id: str = field(init=False)
    since: float = field(default_factory=time.perf_counter)
    status: int = 500
    started: bool = False

    def __post_init__(self) -> None:
        given = Headers(scope=self.scope).get("x-request-id", "")
        self.id = given if re.fullmatch(r"[\w.-]{1,64}", given, re.ASCII) else secrets.token_hex(6)

    @property
    def address(self) -> str:
        """Where the request comes from."""
        client = self.scope.get("client")
        return str(client[0]) if client else ""

    async def send(self, message: Message) -> None:
        """Pass a message on, with the id of the request on the first."""
        if message["type"] == "http.response.start":
            self.started, self.status = True, message["status"]
            MutableHeaders(scope=message)["X-Request-ID"] = self.id
        await self._send(message)

    def bounded(self, receive: Receive) -> Receive:
        """`receive` that raises 413 when the body is longer than it may be, whatever its header said."""
        count = 0

        async def counted() -> Message:
            nonlocal count
            message = await receive()
            count += len(message.get("body", b""))
            if count > self.most:
                raise HTTPException(413, _too_large(self.most))
            return message

        return counted

    async def refuse(self, status: int, title: str, detail: str, headers: dict[str, str] | None = None) -> None:
        """Answer with a problem."""

        async def nothing() -> Message:
            return {"type": "http.disconnect"}

        await problem(Request(self.scope), status, title, detail, headers=headers)(self.scope, nothing, self.send)

    def log(self) -> None:
        """One line: no query, since people's questions are their own."""
        line = {
            "request": self.id,
            "method": self.scope["method"],
            "path": self.scope["path"],
            "status": self.status,
            "milliseconds": round((time.perf_counter() - self.since) * 1000, 1),
            "address": self.address,
        }
        _LOG.info(line)


@dataclass(slots=True)
class Rates:
    """How many requests each address may still send: a bucket of a minute's worth that fills evenly; 0 is no bound."""

    a_minute: int
    _buckets: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def wait(self, address: str) -> int:
        """0 when the address may send now, else the seconds until it may."""
        if not self.a_minute:
            return 0
        now = time.monotonic()
        left, at = self._buckets.pop(address, (float(self.a_minute), now))
        left = min(float(self.a_minute), left + (now - at) * self.a_minute / 60)
        allowed = left >= 1
        self._buckets[address] = (left - 1 if allowed else left, now)
        while len(self._buckets) > MOST_ADDRESSES:
            self._buckets.popitem(last=False)
        return 0 if allowed else max(1, round((1 - left) * 60 / self.a_minute))
