"""Work that takes longer than a request: done one after the other, watched while it runs."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from threading import Event, Lock
from typing import Any, Literal

from graph.judgement import BadJudgement
from graph.library import LibraryError
from graph.store import StoreError
from ingest.bring_in import Taken
from ingest.intake import Report
from ingest.judging import Judged, Undone
from ingest.register import BadRegister
from ingest.upkeep import Removed
from queries.analyse import Analysed
from queries.bulk import Bulk
from queries.review import Accepted

State = Literal["waiting", "running", "done", "failed"]
KEPT = 1000
_LOG = logging.getLogger("vanban.jobs")


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work: how far it is, and what came of it. `problem` says why it failed."""

    id: str
    kind: str
    state: State = "waiting"
    done: int = 0
    total: int = 0
    path: str | None = None
    report: Report | None = None
    removed: Removed | None = None
    sources: int | None = None
    judged: Judged | None = None
    undone: Undone | None = None
    accepted: Accepted | None = None
    taken: Taken | None = None
    bulk: Bulk | None = None
    analysed: Analysed | None = None
    problem: str | None = None

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ("done", "failed")


class Stopped(Exception):
    """The server stops: work that tells how far it is ends there."""


Result = Report | Removed | int | Judged | Undone | Accepted | Taken | Bulk | Analysed
Work = Callable[[Callable[[int, int, str], None]], Result]


@dataclass(slots=True)
class JobBook:
    """The jobs of this run, the last 1,000 that are over; one at a time works."""

    _jobs: dict[str, Job] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _stopping: Event = field(default_factory=Event)
    _worker: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "vanban-job"))

    def start(self, kind: str, work: Work) -> Job:
        """Queue a piece of work; it is given a function to tell how far it is."""
        job = Job(secrets.token_hex(8), kind)
        self._put(job)
        self._worker.submit(self._run, job.id, work)
        return job

    def get(self, id: str) -> Job | None:
        """The job as it stands, None when it is not known (any more)."""
        return self._jobs.get(id)

    def all(self) -> tuple[Job, ...]:
        """The jobs, the newest first."""
        return tuple(reversed(list(self._jobs.values())))

    def close(self) -> None:
        """Let the work under way come to where it tells how far it is; what waits is dropped."""
        self._stopping.set()
        self._worker.shutdown(wait=True, cancel_futures=True)

    def _run(self, id: str, work: Work) -> None:
        self._change(id, state="running")
        try:
            result = work(lambda done, total, path: self._tell(id, done, total, path))
        except Stopped:
            self._change(id, state="failed", problem="the server was stopped; what was done before is kept: ask again")
        except (StoreError, LibraryError, BadJudgement, BadRegister) as error:
            self._change(id, state="failed", problem=str(error))
        except Exception:
            _LOG.exception("job %s failed", id)
            self._change(id, state="failed", problem="something went wrong here; the log has the details")
        else:
            self._change(id, state="done", **_outcome(result))

    def _tell(self, id: str, done: int, total: int, path: str) -> None:
        self._change(id, done=done, total=total, path=path)
        if self._stopping.is_set():
            raise Stopped

    def _change(self, id: str, **values: Any) -> None:
        self._put(replace(self._jobs[id], **values))

    def _put(self, job: Job) -> None:
        with self._lock:
            self._jobs[job.id] = job
            over = [one.id for one in self._jobs.values() if one.over]
            for id in over[: max(0, len(over) - KEPT)]:
                del self._jobs[id]


def _outcome(result: Result) -> dict[str, Result]:
    """The field of a job that holds what came of it."""
    kinds = {
        Report: "report",
        Removed: "removed",
        int: "sources",
        Judged: "judged",
        Undone: "undone",
        Accepted: "accepted",
        Taken: "taken",
        Bulk: "bulk",
        Analysed: "analysed",
    }
    return {kinds[type(result)]: result}
