"""The page that tells API clients what each route takes and says, made from the OpenAPI schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.page import FormRoute, page

router = APIRouter(include_in_schema=False, route_class=FormRoute)
Schema = Mapping[str, Any]
_LIMITS = (("minimum", "≥"), ("maximum", "≤"), ("maxLength", "characters ≤"), ("maxItems", "items ≤"))


@dataclass(frozen=True, slots=True)
class Parameter:
    """What may be given: its name, where (query, path, body), of what kind, what it means."""

    name: str
    where: str
    kind: str
    required: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class Door:
    """One method on one path; `answers` are statuses with what they mean."""

    method: str
    path: str
    about: str
    parameters: tuple[Parameter, ...]
    answers: tuple[tuple[str, str], ...]


@router.get("/docs")
def reference_page(request: Request) -> Response:
    """Every route with its parameters and answers, group by group."""
    schema = request.app.openapi()
    return page(request, "reference", about=schema["info"]["description"], groups=doors_of(schema))


def doors_of(schema: Schema) -> dict[str, list[Door]]:
    """The routes of an OpenAPI schema by tag, in its order."""
    groups: dict[str, list[Door]] = {}
    for path, methods in schema["paths"].items():
        for method, said in methods.items():
            groups.setdefault((said.get("tags") or ["service"])[0], []).append(_door(method, path, said))
    return groups


def _door(method: str, path: str, said: Schema) -> Door:
    parameters = [
        Parameter(
            one["name"], one["in"], _kind(one["schema"]), one.get("required", False),
            one.get("description") or one["schema"].get("description", ""),
        )
        for one in said.get("parameters", ())
    ]  # fmt: skip
    body = said.get("requestBody")
    if body:
        kinds = ", ".join(f"{media}: {_kind(form['schema'])}" for media, form in body["content"].items())
        parameters.append(Parameter("body", "body", kinds, body.get("required", False), body.get("description", "")))
    answers = ((status, one.get("description", "")) for status, one in said["responses"].items())
    return Door(method.upper(), path, said.get("description", ""), tuple(parameters), tuple(answers))


def _kind(schema: Schema) -> str:
    """A schema in few words: "string (up | down | both) = both", "integer ≥ 1 ≤ 200"."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(_kind(one) for one in schema["anyOf"] if one.get("type") != "null") + _default(schema)
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}{_limits(schema)}{_default(schema)}"
    choices = f" ({' | '.join(map(str, schema['enum']))})" if "enum" in schema else ""
    return f"{schema.get('format') or schema.get('type', 'any')}{choices}{_limits(schema)}{_default(schema)}"


def _limits(schema: Schema) -> str:
    return "".join(f" {sign} {schema[name]}" for name, sign in _LIMITS if name in schema)


def _default(schema: Schema) -> str:
    given = schema.get("default")
    return "" if given in (None, "", []) else f" = {given}"
