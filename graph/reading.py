"""A reading as JSON, in the shape of a label file (more keys), and back."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any, TypeVar

from graph.model import Citation, Header, Programme, Reading, Repair, Statement, Task

_T = TypeVar("_T")
_RENAMED = {"from_number": "from"}


def to_json(reading: Reading) -> dict[str, Any]:
    """`reading` as plain lists and dicts; offsets as in the values, `from_number` printed as `from`."""
    said: dict[str, Any] = _renamed(asdict(reading))
    return said


def from_json(said: dict[str, Any]) -> Reading:
    """The reading that `to_json` printed; keys that are not known are left out."""
    parts = {
        "header": _value(Header, said.get("header") or {}),
        "citations": tuple(_citation(one) for one in said.get("citations") or ()),
        "tasks": tuple(_value(Task, one) for one in said.get("tasks") or ()),
        "extra_edges": tuple(_value(Statement, one) for one in said.get("extra_edges") or ()),
        "programmes": tuple(_value(Programme, one) for one in said.get("programmes") or ()),
        "unassigned": tuple(_value(Task, one) for one in said.get("unassigned") or ()),
    }
    return _value(Reading, said | parts)


def _citation(said: dict[str, Any]) -> Citation:
    return _value(Citation, said | {"repairs": tuple(_value(Repair, one) for one in said.get("repairs") or ())})


def _value(kind: type[_T], said: dict[str, Any]) -> _T:
    names = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    given = {_inner(name): value for name, value in said.items()}
    return kind(**{name: _frozen(value) for name, value in given.items() if name in names})


def _inner(name: str) -> str:
    return {outer: inner for inner, outer in _RENAMED.items()}.get(name, name)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _renamed(value: Any) -> Any:
    if isinstance(value, dict):
        return {_RENAMED.get(name, name): _renamed(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_renamed(inner) for inner in value]
    return value
