"""The tasks that are found in some words of a committee."""

from __future__ import annotations

from graph.model import Header, Task
from ingest.clean import clean
from ingest.tasks import Tasks, find_tasks

COMMITTEE = "Ủy ban nhân dân tỉnh Bắc Ninh"


def find(raw: str, issuer: str | None = COMMITTEE) -> Tasks:
    return find_tasks(clean(raw), Header(issuer=issuer))


def only(raw: str, issuer: str | None = COMMITTEE) -> Task:
    (task,) = find(raw, issuer).tasks
    return task


def leads(raw: str, issuer: str | None = COMMITTEE) -> list[list[str]]:
    return [list(task.lead) for task in find(raw, issuer).tasks]
