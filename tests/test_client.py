"""A client made from the OpenAPI schema: nothing is left out of it, it type-checks, and it is answered."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from served import served
from small_graph import NQ20, PROGRAMME, health, store_of

from api.app import create_app
from api.settings import Settings

CONFIG = {
    "project_name_override": "vanban-client",
    "package_name_override": "vanban_client",
    # Files and lines are bytes to a client.
    "content_type_overrides": dict.fromkeys(
        (
            "application/x-ndjson",
            "text/plain",
            "text/csv",
            "text/calendar",
            "text/vnd.mermaid",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        "application/octet-stream",
    ),
    "post_hooks": [],
}
# The generator's own client.py hands *args on; everything that comes from the schema is checked.
TYPES = "[mypy]\nstrict = True\n[mypy-vanban_client.client]\nignore_errors = True\n"


@pytest.mark.slow
def test_a_generated_client_lacks_nothing_type_checks_and_is_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    store_of(home, health()).close()
    schema = create_app(Settings(home=home, store=str(home / "graph.kgl"))).openapi()
    del schema["paths"]["/api/v1/lookup/jobs"]  # its body is bare lines, which the generator has no code for
    (tmp_path / "openapi.json").write_text(json.dumps(schema), encoding="utf-8")
    (tmp_path / "config.json").write_text(json.dumps(CONFIG), encoding="utf-8")
    (tmp_path / "mypy.ini").write_text(TYPES, encoding="utf-8")
    generate = "generate --path openapi.json --output-path vanban_client --meta none --config config.json"
    ran(tmp_path, "openapi_python_client", *generate.split(), "--fail-on-warning")
    ran(tmp_path, "mypy", "--config-file", "mypy.ini", "--cache-dir", "cache", "-p", "vanban_client")
    monkeypatch.syspath_prepend(str(tmp_path))
    with served(home) as server:
        client = import_module("vanban_client").Client(base_url=server.address)
        ask = import_module("vanban_client.api.questions.lineage_route_api_v1_lineage_get")
        answer = ask.sync(client=client, document="20-NQ/TW")
        assert answer.asked.document.id == NQ20 and answer.asked.assumed
        assert PROGRAMME in {one.document.id for one in answer.documents}


def ran(folder: Path, module: str, *arguments: str) -> None:
    """Run a tool of Python in a folder, to a good end."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], cwd=folder, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
