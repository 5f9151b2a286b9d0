"""The notebooks run to their end, and show their plots without being run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from command import DEMO
from nbclient import NotebookClient

from api.cli import run

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("notebooks")
    assert run(["ingest", str(DEMO), "--home", str(folder)]) == 0
    return folder


def pictures(notebook: Any) -> int:
    outputs = [one for cell in notebook.cells for one in cell.get("outputs", [])]
    return sum("image/png" in one.get("data", {}) for one in outputs)


def test_there_are_three() -> None:
    assert [one.stem for one in NOTEBOOKS] == ["lineage", "tasks_by_body_and_month", "who_has_no_plan"]


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs_and_its_plots_are_kept(path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VANBAN_STORE", "VANBAN_STORE_USER", "VANBAN_STORE_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("VANBAN_HOME", str(home))
    kept = nbformat.read(path, as_version=4)
    again = nbformat.read(path, as_version=4)
    NotebookClient(again, timeout=300, resources={"metadata": {"path": str(ROOT)}}).execute()
    assert pictures(kept) == pictures(again) == 1
    assert all(cell.get("execution_count") for cell in kept.cells if cell.cell_type == "code")
    assert str(ROOT.parent) not in path.read_text(encoding="utf-8")
