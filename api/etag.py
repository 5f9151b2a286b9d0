"""Answers that a client has already are not sent again: ETag, If-None-Match, 304."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_KEPT_OFF_304 = ("content-type", "content-length")


@dataclass(frozen=True, slots=True)
class Etag:
    """An ASGI application around another: what a GET answers in JSON at once gets a tag made of its bytes.

    Clients may keep an answer and must ask whether it still holds; caches between them keep it only when `public`.
    """

    app: ASGIApp
    public: bool = True

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        known = Headers(scope=scope).get("if-none-match", "")
        start: Message | None = None

        async def tagged(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and _taggable(message):
                start = message  # held back until it is known whether the body comes in one piece
                return
            if start is not None:
                first, start = start, None
                if message["type"] == "http.response.body" and not message.get("more_body", False):
                    message = self._tag(first, message, known)
                await send(first)
            await send(message)

        await self.app(scope, receive, tagged)

    def _tag(self, start: Message, body: Message, known: str) -> Message:
        """Put the tag on the first message; the body, or nothing where the client has it."""
        tag = f'W/"{hashlib.blake2b(body.get("body", b""), digest_size=12).hexdigest()}"'
        headers = MutableHeaders(scope=start)
        headers["ETag"] = tag
        headers.setdefault("Cache-Control", "no-cache" if self.public else "private, no-cache")
        if not _is_known(tag, known):
            return body
        start["status"] = 304
        for name in _KEPT_OFF_304:
            del headers[name]
        return {"type": "http.response.body", "body": b""}


def _taggable(start: Message) -> bool:
    kind = Headers(raw=start["headers"]).get("content-type", "")
    return bool(start["status"] == 200 and kind.partition(";")[0] == "application/json")


def _is_known(tag: str, known: str) -> bool:
    """Whether the client named the tag; weak and strong ones are the same here."""
    named = {one.strip().removeprefix("W/") for one in known.split(",")}
    return "*" in named or tag.removeprefix("W/") in named
