"""Judgements and imports: by the server that runs on this machine, else in this process."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime

from api.desk import opened
from api.doors import call
from api.keeping import done_by
from api.running import running
from api.settings import Settings
from graph.judgement import Judgement
from graph.library import Library, LibraryError
from ingest.bring_in import Taken, bring_in, check
from ingest.decisions import Decision, stated
from ingest.exchange import export_judgements
from ingest.judging import Judged, Undone, judge, take_back
from ingest.upkeep import bring_up_to_date
from queries.corpus import Corpus
from queries.review import Accepted, proposals


def now() -> str:
    """This moment, ISO, UTC; to the microsecond, since of two decisions about one thing the later stands."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def accept(corpus: Corpus, library: Library, score: float, signed: Judgement) -> Accepted:
    """Write the judgements that candidates of this score stand for. Raises `StoreError`, `LibraryError`."""
    bring_up_to_date(library, corpus.store)
    found = proposals(corpus, score, signed)
    judge(library, corpus.store, found.judgements)
    return Accepted(tuple(one.id for one in found.judgements), found.tied, found.below)


def judge_at(settings: Settings, decisions: Sequence[Decision], who: str) -> Judged:
    """Keep decisions. Raises `BadJudgement`, `StoreError`, `LibraryError`; `BadQuestion` by a server."""
    if server := running(settings.home, settings.store):
        said = [{name: value for name, value in asdict(one).items() if value is not None} for one in decisions]
        return done_by(server, "judgements", {"decisions": said, "who": who}).judged or Judged(0, 0)
    with opened(settings, writes=True) as desk:
        library, store = desk.library(), desk.corpus().store
        judgements = stated(library, decisions, who, now())
        bring_up_to_date(library, store)
        return judge(library, store, judgements)


def accept_at(settings: Settings, score: float, who: str) -> Accepted:
    """Accept the candidates with this score or more. Raises `StoreError`, `LibraryError`."""
    if server := running(settings.home, settings.store):
        return done_by(server, "judgements/accept", {"score": score, "who": who}).accepted or Accepted((), 0, 0)
    with opened(settings, writes=True) as desk:
        return accept(desk.corpus(), desk.library(), score, Judgement("key", who=who, when=now()))


def undo_at(settings: Settings, ids: Sequence[str]) -> Undone:
    """Forget judgements. Raises `StoreError`, `LibraryError`."""
    if server := running(settings.home, settings.store):
        return done_by(server, "judgements/undo", {"ids": list(ids)}).undone or Undone((), tuple(ids))
    with opened(settings, writes=True) as desk:
        library, store = desk.library(), desk.corpus().store
        bring_up_to_date(library, store)
        return take_back(library, store, ids)


def import_at(settings: Settings, path: str) -> Taken:
    """Take a register, an export or judgements in. Raises `BadRegister`, `OSError`, `StoreError`, `LibraryError`."""
    check(path)
    if server := running(settings.home, settings.store):
        taken = done_by(server, "import/paths", {"path": os.path.abspath(path)}).taken
        if taken is None:
            raise LibraryError("the server does not say what came of it; look at its log")
        return taken
    with opened(settings, writes=True) as desk:
        return bring_in(path, desk.library(), desk.corpus().store)


def judgements_from(settings: Settings) -> Iterator[str]:
    """Every judgement as a line. Raises `StoreError`, `LibraryError`."""
    if server := running(settings.home, settings.store):
        said = call(server, "GET", "/api/v1/judgements/export").content.decode()
        yield from filter(None, said.split("\n"))  # no other sign ends a line: a text may hold any
        return
    with opened(settings) as desk:
        yield from export_judgements(desk.library())
