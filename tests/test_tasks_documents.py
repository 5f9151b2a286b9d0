"""Whole documents with their tasks marked in the text: "⟦lead; lead + helper @deadline | words of the task⟧"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph.folding import fold
from graph.model import Task
from ingest.extract import extract

DOCUMENTS = sorted(Path(__file__).with_name("tasks").iterdir())
MARK = re.compile(r"⟦([^|⟧]*?)\s*(?:\+\s*([^|⟧@]*?))?\s*(?:@([^|⟧]*?))?\s*\|\s*([^⟧]*)⟧")


@dataclass(frozen=True)
class Marked:
    """What a document says who must do: offsets into the text without marks."""

    start: int
    end: int
    lead: frozenset[str]
    helpers: frozenset[str]
    deadline: str | None


def names(said: str | None) -> frozenset[str]:
    return frozenset(fold(" ".join(name.split())) for name in (said or "").split(";") if name.strip())


def read(path: Path) -> tuple[str, list[Marked]]:
    """The document without its marks, and the tasks that they mark."""
    text, raw, at, marked = path.read_text(encoding="utf-8"), "", 0, []
    for mark in MARK.finditer(text):
        raw += text[at : mark.start()]
        start, raw, at = len(raw), raw + mark[4], mark.end()
        marked.append(Marked(start, len(raw), names(mark[1]), names(mark[2]), mark[3] and mark[3].strip()))
    return raw + text[at:], marked


def same(marked: Marked, task: Task) -> bool:
    shared = min(marked.end, task.end) - max(marked.start, task.start)
    shorter = min(marked.end - marked.start, task.end - task.start)
    return shared * 2 >= shorter and marked.lead == {fold(name) for name in task.lead}


def wrong(path: Path) -> list[str]:
    """Each task that is missing, was not there, or has other helpers or another deadline."""
    raw, marked = read(path)
    left, found = list(extract(path.name, raw).tasks), []
    for one in marked:
        task = next((task for task in left if same(one, task)), None)
        said = " ".join(raw[one.start : one.end].split())[:80]
        if task is None:
            found.append(f"missing: {said}")
            continue
        left.remove(task)
        if one.helpers != {fold(name) for name in task.coordinate}:
            found.append(f"helpers {task.coordinate}: {said}")
        if fold(one.deadline or "") != fold(task.deadline or ""):
            found.append(f"deadline {task.deadline}: {said}")
    return found + [f"not there: {task.lead} {' '.join(task.text.split())[:80]}" for task in left]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_task_of_the_document_and_no_other(path: Path) -> None:
    assert wrong(path) == []
