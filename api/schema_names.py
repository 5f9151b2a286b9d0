"""Names in the OpenAPI schema that programs can be made from: no two models of one name, none that hides its field."""

from __future__ import annotations

import re
from typing import Any


def named_apart(schemas: dict[str, dict[str, Any]]) -> None:
    """Give each model a title of its own: `queries__text__Passage` → TextPassage; a model with a field of its own name
    is called an answer: Groups with `groups` → GroupsAnswer."""
    for name, shape in schemas.items():
        if shape.get("type") != "object":
            continue
        parts = name.split("__")
        title = "".join(part[:1].upper() + part[1:] for part in parts[-2:])
        if _snake(title) in shape.get("properties", {}):
            title += "Answer"
        shape["title"] = title


def _snake(title: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", title).lower()
