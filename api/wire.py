"""Answers as JSON and back, for the routes and for commands that ask a running server."""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter

T = TypeVar("T")


@cache
def _adapter(kind: Hashable) -> TypeAdapter[Any]:
    return TypeAdapter(cast(Any, kind))


def to_json(answer: Any, indent: int | None = None) -> bytes:
    """A frozen answer as UTF-8 JSON."""
    return _adapter(cast(Hashable, type(answer))).dump_json(answer, indent=indent)


def from_json(kind: type[T], said: bytes) -> T:
    """The answer of that kind which `to_json` printed. Raises `ValueError`."""
    answer: T = _adapter(cast(Hashable, kind)).validate_json(said)
    return answer
