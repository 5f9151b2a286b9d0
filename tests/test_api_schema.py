"""Requests made up from the OpenAPI schema, good and bad: no answer breaks what the schema says, and none is a 500."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from small_graph import health, store_of

from api.app import create_app
from api.settings import Settings
from graph.writing import steps

KEY = "0123456789abcdef0123"
EXAMPLES = int(os.environ.get("VANBAN_EXAMPLES", "8"))


@pytest.fixture(params=["kglite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def served(request: pytest.FixtureRequest, tmp_path: Path) -> FastAPI:
    """The application on the small graph; writing needs a key, so that what is made up cannot write."""
    settings = Settings(home=tmp_path, store=str(tmp_path / "graph.kgl"), api_keys={"office": KEY})
    if request.param == "neo4j":
        request.getfixturevalue("neo4j_store").write(steps(health()))
        address = request.getfixturevalue("neo4j_address")
        login = {"store_user": address.user, "store_password": address.password}
        return create_app(replace(settings, store=address.url, **login))
    store_of(tmp_path, health()).close()
    return create_app(settings)


@pytest.mark.slow
def test_every_answer_is_as_the_schema_says(served: FastAPI) -> None:
    for found in schemathesis.openapi.from_asgi("/openapi.json", served).get_all_operations():
        operation = found.ok()

        @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def answers(case: schemathesis.Case) -> None:
            case.call_and_validate()

        answers()
