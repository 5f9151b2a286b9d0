"""Requests made up from the OpenAPI schema, good and bad: no answer breaks what the schema says, and none is a 500."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from served import letters, put, served, settled

EXAMPLES = os.environ.get("VANBAN_EXAMPLES", "6")
SEED = os.environ.get("VANBAN_SEED", "1")
CASES = 1_000


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["kglite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def test_every_answer_is_as_the_schema_says(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """Writing needs a key, which is not given, so that what is made up cannot write."""
    with served(tmp_path / "home", **_store(engine, request)) as server:
        with server.client() as client:
            settled(client)
            for name, text in letters(3).items():
                put(client, name, text)
        told = subprocess.run(
            [
                *(sys.executable, "-m", "schemathesis.cli", "run", f"{server.address}/openapi.json", "--checks", "all"),
                *("--phases", "examples,coverage,fuzzing", "--max-examples", EXAMPLES, "--seed", SEED, "--no-color"),
                *("--request-timeout", "60", "--continue-on-failure"),
            ],
            env={**os.environ, "SCHEMATHESIS_HOOKS": "schema_lines", "PYTHONPATH": str(Path(__file__).parent)},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
    assert told.returncode == 0, told.stdout + told.stderr
    cases = re.search(r"([\d,]+) generated", told.stdout)
    assert cases and int(cases[1].replace(",", "")) >= CASES, told.stdout


def _store(engine: str, request: pytest.FixtureRequest) -> dict[str, Any]:
    if engine == "kglite":
        return {}
    request.getfixturevalue("neo4j_store")
    address = request.getfixturevalue("neo4j_address")
    return {
        "VANBAN_STORE": address.url,
        "VANBAN_STORE_USER": address.user,
        "VANBAN_STORE_PASSWORD": address.password,
    }
