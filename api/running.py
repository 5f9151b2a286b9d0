"""The server that runs on this machine: its address and the token of its run, for the commands beside it."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

_FILE = "server.json"
_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Running:
    """A server of ours: where it listens, the secret of this run, its process and the store it answers from."""

    address: str
    token: str
    pid: int
    store: str

    @property
    def run(self) -> str:
        """What the server says of its run at /health, so that nobody else is shown the token."""
        return hashlib.sha256(self.token.encode()).hexdigest()[:16]


def new_run(address: str, store: str) -> Running:
    """A run that starts now."""
    return Running(address, secrets.token_urlsafe(32), os.getpid(), store)


def announce(home: Path, running: Running) -> None:
    """Write the run into `home`, readable by its owner alone."""
    home.mkdir(parents=True, exist_ok=True)
    path = home / _FILE
    new = path.with_suffix(f".{os.getpid()}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(asdict(running), file)
    os.replace(new, path)


def withdraw(home: Path, running: Running) -> None:
    """Take the run out of `home` again, unless another has taken its place."""
    if _written(home) == running:
        (home / _FILE).unlink(missing_ok=True)


def running(home: Path, store: str) -> Running | None:
    """The server of `home` that answers from `store`, None when none runs; what a killed one left behind does not
    count."""
    said = _written(home)
    if said is None or said.store != store:
        return None
    import httpx2  # here, since most commands run without a server

    try:
        health = httpx2.get(f"{said.address}/health", timeout=_SECONDS, trust_env=False)
        answer = health.json()
    except (httpx2.HTTPError, ValueError):
        return None
    return said if isinstance(answer, dict) and answer.get("run") == said.run else None


def _written(home: Path) -> Running | None:
    try:
        said = json.loads((home / _FILE).read_text(encoding="utf-8"))
        return Running(**said)
    except (OSError, ValueError, TypeError):
        return None
