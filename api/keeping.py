"""Taking documents in and out: by the server that runs on this machine, else in this process."""

from __future__ import annotations

import dataclasses
import json
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from api.desk import library_of, open_graph, opened, renew_graph
from api.doors import call, fetched
from api.jobs import Job
from api.lookups import answers, asked_of
from api.running import Running, running
from api.settings import Settings
from api.wire import from_json, to_json
from graph.copying import Copied, copy, same
from graph.copying import Progress as Told
from graph.exports import FormName
from graph.store import StoreError
from ingest.exchange import exported
from ingest.intake import Options, Progress, Report, ingest
from ingest.upkeep import Removed, rebuild, remove
from queries.analyse import Analysed, analyse
from queries.corpus import Corpus
from queries.scope import Scope

WATCH_SECONDS = 0.2


def ingest_at(settings: Settings, paths: Sequence[str], options: Options) -> Report:
    """Take files, folders and patterns in. Raises `StoreError`, `LibraryError`."""
    if server := running(settings.home, settings.store):
        named = [os.path.abspath(path) for path in paths]
        asked = {"paths": named, "prune": options.prune, "secrets": options.secrets}
        job = done_by(server, "documents/paths", asked, options.progress)
        return job.report or Report()
    with opened(settings, writes=True) as desk:
        return ingest(paths, desk.library(), desk.corpus().store, options)


def remove_at(settings: Settings, names: Sequence[str]) -> Removed:
    """Take documents out by key, path, folder or source. Raises `StoreError`, `LibraryError`."""
    if server := running(settings.home, settings.store):
        job = done_by(server, "remove", {"names": list(names)}, None)
        return job.removed or Removed((), tuple(names))
    with opened(settings, writes=True) as desk:
        return remove(names, desk.library(), desk.corpus().store)


def rebuild_at(settings: Settings, again: bool) -> int:
    """Make the graph again from the library; the number of sources. Raises `StoreError`, `LibraryError`."""
    if server := running(settings.home, settings.store):
        return done_by(server, "rebuild", {"again": again}, None).sources or 0
    with library_of(settings) as library:
        store = renew_graph(settings)
        try:
            return rebuild(library, store, again)
        finally:
            store.close()


def export_from(settings: Settings, format: FormName) -> Iterator[bytes]:
    """The whole graph in a form. Raises `StoreError`."""
    if server := running(settings.home, settings.store):
        yield from fetched(server, "/api/v1/export", {"format": format})
        return
    with opened(settings) as desk:
        yield from exported(desk.whole().store, desk.kept(), format)


def copied(source: Settings, target: Settings, replace: bool, progress: Told | None = None) -> Copied:
    """Make the graph of `target` the same as that of `source`, and compare both exports. Raises `StoreError`."""
    store = open_graph(target, readonly=False)
    try:
        done = copy(map(json.loads, _graph_lines(source)), store, replace, progress)
        return dataclasses.replace(done, sha256=same(_graph_lines(source), store))
    finally:
        store.close()


def _graph_lines(source: Settings) -> Iterator[bytes]:
    """The nodes and edges of an export, without the judgements, which are the library's."""
    return (line for line in _lines(export_from(source, "jsonl")) if not line.startswith(b'{"judgement":'))


def _lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of a stream, without their ends, however it was cut in pieces."""
    rest = b""
    for piece in pieces:
        *lines, rest = (rest + piece).split(b"\n")
        yield from lines
    if rest:
        yield rest


def analyse_at(settings: Settings, scope: Scope, without_authority: bool) -> Analysed:
    """Write what an analysis finds beside each document. Raises `StoreError`."""
    if server := running(settings.home, settings.store):
        asked = {"relations": list(scope.relations), "without_authority": without_authority}
        return done_by(server, "analyse", asked).analysed or Analysed(0, 0, 0)
    store = open_graph(settings, readonly=False)
    try:
        return analyse(Corpus(store), scope, without_authority)
    finally:
        store.close()


def looked_up(settings: Settings, lines: IO[bytes]) -> Iterator[bytes]:
    """The answers to lines of look-ups, one by one. Raises `StoreError`."""
    if server := running(settings.home, settings.store):
        job = from_json(Job, call(server, "POST", "/api/v1/lookup/jobs", content=lines.read()).content)
        done = watched(server, "lookup/jobs", job)
        yield from fetched(server, f"/api/v1/lookup/jobs/{done.id}/answers", {})
        return
    with opened(settings) as desk:
        texts = (line.decode("utf-8", "replace") for line in lines)
        yield from (to_json(one) + b"\n" for one in answers(texts, asked_of(desk.whole())))


def done_by(server: Running, word: str, body: dict[str, Any], progress: Progress | None = None) -> Job:
    """Have the server do it, and wait until it is done; stopping here does not stop the server. Raises `StoreError`."""
    job = from_json(Job, call(server, "POST", f"/api/v1/{word}", json=body).content)
    return watched(server, "jobs", job, progress)


def watched(server: Running, word: str, job: Job, progress: Progress | None = None) -> Job:
    """The job when it is over. Raises `StoreError`."""
    while not job.over:
        time.sleep(WATCH_SECONDS)
        job = from_json(Job, call(server, "GET", f"/api/v1/{word}/{job.id}").content)
        if progress and job.total:
            progress(job.done, job.total, job.path or "")
    if job.problem:
        raise StoreError(job.problem)
    return job
