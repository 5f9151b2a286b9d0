"""The five demonstration documents in a home, and the application on them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from command import DEMO
from fastapi.testclient import TestClient

from api.app import create_app
from api.cli import run
from api.settings import Settings
from graph.library import Library
from graph.stores import open_store
from ingest.intake import ingest

HUNG_YEN = "vn:party:tu@hung-yen:kh:_:~ffda00f594d8b967"
LETTER = "vn:state:ubnd@binh-thuan:cv:2022:3933"
NQ20 = "vn:party:tw:nq:k12:20"


def fill(home: Path) -> None:
    """Read the five documents into a home."""
    library, store = Library.open(home, durable=False), open_store(str(home / "graph.kgl"))
    ingest([str(DEMO)], library, store)
    store.close()
    library.close()


def said(home: Path, capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Run a command on a home in this process: its code, standard output and error."""
    code = run([*map(str, arguments), "--home", str(home)])
    return code, *capsys.readouterr()


@contextmanager
def demo_client(home: Path) -> Iterator[TestClient]:
    """A client of the application on the five documents, read into this home."""
    fill(home)
    with TestClient(create_app(Settings(home=home, store=str(home / "graph.kgl")))) as client:
        yield client
