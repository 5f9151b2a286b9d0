"""Look-ups by the thousand: lines come in, are answered one by one beside other work, and wait to be fetched."""

from __future__ import annotations

import secrets
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import IO

from api.commits import undisturbed
from api.desk import Desk
from api.jobs import Job, JobBook
from api.wire import to_json
from queries.bulk import Bulk, Line, lookup_line
from queries.corpus import Corpus

MOST_WAITING = 20
KEPT = 20
TELL_EVERY = 50
Tell = Callable[[int, int, str], None]


class TooMany(Exception):
    """As many look-ups wait as may; later there is room."""


@dataclass(slots=True)
class Lookups:
    """The look-ups of this run; the answers of the last 20 are kept, in files that go when the server stops."""

    desk: Desk
    _book: JobBook = field(default_factory=JobBook)
    _answers: dict[str, Path] = field(default_factory=dict)
    _folder: tempfile.TemporaryDirectory[str] | None = None
    _lock: Lock = field(default_factory=Lock)

    def start(self, lines: IO[bytes], count: int) -> Job:
        """Queue the lines of a file, which is closed afterwards. Raises `TooMany`."""
        with self._lock:
            if sum(not job.over for job in self._book.all()) >= MOST_WAITING:
                raise TooMany(f"{MOST_WAITING} look-ups wait; ask again when one is over")
            self._folder = self._folder or tempfile.TemporaryDirectory(prefix="vanban-")
            out = Path(self._folder.name, secrets.token_hex(8))
            job = self._book.start("lookup", lambda tell: self._work(lines, count, out, tell))
            self._answers[job.id] = out
            for id in list(self._answers)[:-KEPT]:
                if (old := self._book.get(id)) is None or old.over:
                    self._answers.pop(id).unlink(missing_ok=True)
        return job

    def job(self, id: str) -> Job | None:
        """How far a look-up is, None when it is not known (any more)."""
        return self._book.get(id)

    def answers(self, id: str) -> IO[bytes] | None:
        """The answers of a look-up that is over, a line each, None when they are not kept (any more)."""
        with self._lock:
            path = self._answers.get(id)
            return path.open("rb") if path else None

    def close(self) -> None:
        """Stop what is under way; nothing is kept."""
        self._book.close()
        if self._folder:
            self._folder.cleanup()

    def _work(self, lines: IO[bytes], count: int, out: Path, tell: Tell) -> Bulk:
        with lines, out.open("wb") as file:
            return written(answers(_told(_texts(lines), count, tell), self._answered), file)

    def _answered(self, number: int, line: str) -> Line:
        return undisturbed(self.desk.commits, lambda: lookup_line(self.desk.public(), number, line))


def answers(lines: Iterable[str], asked: Callable[[int, str], Line]) -> Iterator[Line]:
    """The answer to each line that is not blank."""
    return (asked(number, line) for number, line in enumerate(lines, 1) if line.strip())


def written(answered: Iterable[Line], out: IO[bytes]) -> Bulk:
    """Write the answers, a line of JSON each, and count them."""
    lines, problems, statuses = 0, 0, Counter[str]()
    for one in answered:
        out.write(to_json(one) + b"\n")
        lines, problems = lines + 1, problems + (one.problem is not None)
        statuses.update(looked.status for looked in one.citations)
    return Bulk(lines, problems, dict(sorted(statuses.items())))


def asked_of(corpus: Corpus) -> Callable[[int, str], Line]:
    """What answers a line from a corpus that nobody writes to meanwhile."""
    return lambda number, line: lookup_line(corpus, number, line)


def _texts(lines: IO[bytes]) -> Iterator[str]:
    lines.seek(0)
    return (line.decode("utf-8", "replace") for line in lines)


def _told(lines: Iterator[str], count: int, tell: Tell) -> Iterator[str]:
    for done, line in enumerate(lines):
        if done % TELL_EVERY == 0:
            tell(done, count, "")
        yield line
    tell(count, count, "")
