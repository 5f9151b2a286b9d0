"""Requests made up from the OpenAPI schema, good and bad: no answer breaks what the schema says, and none is a 500."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from small_graph import health, store_of

from api.app import create_app
from api.settings import Settings

KEY = "0123456789abcdef0123"
EXAMPLES = int(os.environ.get("VANBAN_EXAMPLES", "12"))


@cache
def served() -> FastAPI:
    """The application on the small graph; writing needs a key, so that what is made up cannot write."""
    home = Path(mkdtemp())
    store_of(home, health()).close()
    return create_app(Settings(home=home, store=str(home / "graph.kgl"), api_keys={"office": KEY}))


@pytest.mark.slow
def test_every_answer_is_as_the_schema_says() -> None:
    for found in schemathesis.openapi.from_asgi("/openapi.json", served()).get_all_operations():
        operation = found.ok()

        @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def answers(case: schemathesis.Case) -> None:
            case.call_and_validate()

        answers()
