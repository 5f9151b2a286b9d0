"""docker-compose.yml and Dockerfile: they keep to the specification and to our rules, and what they start starts."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

import neo4j_server
import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from ingest import read_scan

ROOT = Path(__file__).parent.parent
SECRETS = ("NEO4J_AUTH", "VANBAN_STORE_PASSWORD")
WAIT_SECONDS = 180


def compose() -> dict[str, Any]:
    read: dict[str, Any] = YAML(typ="safe").load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    return read


def services() -> dict[str, dict[str, Any]]:
    return dict(compose()["services"])


def interpolated(text: str, given: dict[str, str]) -> str:
    """As compose does: `$$`, `${NAME:-default}`, `${NAME:?message}`."""

    def value(match: re.Match[str]) -> str:
        if match[0] == "$$":
            return "$"
        if match["how"] == ":?" and not given.get(match["name"]):
            raise KeyError(match["rest"])
        return given.get(match["name"]) or (match["rest"] or "")

    return re.sub(r"\$\$|\$\{(?P<name>\w+)(?:(?P<how>:[-?])(?P<rest>[^}]*))?\}", value, text)


def test_it_keeps_to_the_specification() -> None:
    schema = json.loads(files("check_jsonschema.builtin_schemas.vendor").joinpath("compose-spec.json").read_text())
    checker = Draft202012Validator(schema)
    assert not [error.message for error in checker.iter_errors(compose())]
    assert list(checker.iter_errors({"services": {"app": {"imaje": "x"}}})), "the schema must refuse something"


@pytest.mark.parametrize("name", ["neo4j", "app"])
def test_a_service_runs_without_rights_is_watched_and_bounded(name: str) -> None:
    service = services()[name]
    assert not service["user"].startswith(("0", "root"))
    assert service["healthcheck"]["test"][0] == "CMD"
    assert service["mem_limit"] and service["restart"] == "unless-stopped"
    assert "no-new-privileges:true" in service["security_opt"]
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])
    named = set(compose()["volumes"])
    assert service["volumes"] and all(volume.partition(":")[0] in named for volume in service["volumes"])
    assert not service["image"].endswith(":latest")


def test_there_is_no_default_secret() -> None:
    said = {name: text for one in services().values() for name, text in one["environment"].items()}
    for name in SECRETS:
        with pytest.raises(KeyError, match="set VANBAN_STORE_PASSWORD"):
            interpolated(said[name], {})
    assert interpolated(said["VANBAN_API_KEY"], {}) == ""


def test_the_app_waits_until_the_server_is_well() -> None:
    assert services()["app"]["depends_on"] == {"neo4j": {"condition": "service_healthy"}}


def test_the_image_is_slim_without_rights_and_watched() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", "").splitlines()
    words = [line.split(maxsplit=1) for line in lines if line and not line.startswith("#")]
    said = dict(words)
    assert all("slim" in rest for word, rest in words if word == "FROM")
    assert said["USER"] == services()["app"]["user"]
    assert json.loads(said["CMD"]) == ["vanban", "serve"]
    check = said["HEALTHCHECK"].partition("CMD ")[2]
    assert json.loads(check) == services()["app"]["healthcheck"]["test"][1:]
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert {"api", "cypher", "graph", "ingest", "queries", "pyproject.toml", "uv.lock"} <= kept


def test_the_image_has_what_scans_and_old_word_files_are_read_with() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", "").splitlines()
    said = next(line for line in lines if "apt-get install" in line).split()
    advised = re.search(r"apt-get install ([^)]+)", read_scan.ADVICE)
    assert advised and {*advised[1].split(), "antiword"} <= set(said)


def test_the_images_server_is_the_tested_one() -> None:
    version = re.search(r"neo4j:([\d.]+)-community", services()["neo4j"]["image"])
    assert version and f"<version>{version[1]}</version>" in neo4j_server.POM.read_text()


def neo4j_settings(environment: dict[str, str]) -> str:
    """The lines of neo4j.conf that the official image makes of its NEO4J_… variables."""
    said = {
        name.removeprefix("NEO4J_"): interpolated(text, {}) for name, text in environment.items() if name not in SECRETS
    }
    return "".join(
        f"{name.replace('__', '%').replace('_', '.').replace('%', '_')}={text}\n" for name, text in said.items()
    )


@pytest.fixture(scope="module")
def composed_neo4j(tmp_path_factory: pytest.TempPathFactory) -> Iterator[neo4j_server.Address]:
    """A server that takes the settings of the file, each of which it must know."""
    reason = neo4j_server.missing(own=True)
    if reason:
        pytest.fail(f"no Neo4j to run: {reason}; or set ALLOW_MISSING=neo4j", pytrace=False)
    home = tmp_path_factory.mktemp("composed-neo4j")
    server = neo4j_server.create(home, neo4j_settings(services()["neo4j"]["environment"]))
    yield server.address
    server.kill()


def app_environment(home: Path, port: int, address: neo4j_server.Address) -> dict[str, str]:
    given = {"VANBAN_STORE_PASSWORD": address.password}
    said = {name: interpolated(text, given) for name, text in services()["app"]["environment"].items()}
    here = {"VANBAN_HOME": str(home), "VANBAN_STORE": address.url, "VANBAN_PORT": str(port), "VANBAN_HOST": "127.0.0.1"}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {"PATH": path, "HOME": str(home), **said, **here}


def healthy(environment: dict[str, str]) -> bool:
    """The file's own health check, run beside the app."""
    test = services()["app"]["healthcheck"]["test"][1:]
    return subprocess.run(test, env=environment, stderr=subprocess.DEVNULL, timeout=30, check=False).returncode == 0


@contextmanager
def started(environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [interpolated(word, {}) for word in services()["app"]["command"]]
    with open(log, "wb") as out:
        app = subprocess.Popen(command, env=environment, stdout=out, stderr=out, cwd=environment["VANBAN_HOME"])
    try:
        until = time.monotonic() + WAIT_SECONDS
        while not healthy(environment):
            assert app.poll() is None and time.monotonic() < until, log.read_text()
            time.sleep(0.2)
        yield app
    finally:
        app.kill()
        app.wait()


def asked(environment: dict[str, str], path: str) -> Any:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{environment['VANBAN_PORT']}{path}", timeout=30) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        return {"status": error.code, "said": error.read().decode()}


@pytest.mark.neo4j
def test_what_the_file_starts_serves_the_demo_stops_and_starts_again(
    composed_neo4j: neo4j_server.Address, tmp_path: Path
) -> None:
    home = tmp_path / "data"
    home.mkdir()
    environment = app_environment(home, neo4j_server._free_port(), composed_neo4j)
    with started(environment, tmp_path / "first.log") as app:
        assert asked(environment, "/health")["engine"] == "bolt"
        first = asked(environment, "/api/v1/lineage?document=20-NQ/TW")
        assert "status" not in first and "Chương trình" in json.dumps(first, ensure_ascii=False)
        app.send_signal(signal.SIGTERM)
        assert app.wait(60) in (0, -signal.SIGTERM), (tmp_path / "first.log").read_text()
    with started(environment, tmp_path / "second.log"):
        assert asked(environment, "/api/v1/lineage?document=20-NQ/TW") == first
    assert "vanban lineage" in (tmp_path / "first.log").read_text()
    assert "vanban lineage" not in (tmp_path / "second.log").read_text()
