"""The shipped tables: one TOML file a table, read when first asked for."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The content of `ingest/{name}.toml`."""
    return tomllib.loads(files("ingest").joinpath(f"{name}.toml").read_text(encoding="utf-8"))
