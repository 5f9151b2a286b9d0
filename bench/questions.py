"""`python -m bench.questions`: how long questions take on a large seeded graph, as multiples of one document."""

from __future__ import annotations

import argparse
import http.client
import json
import multiprocessing
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote, urlsplit

import uvicorn

from api.app import create_app
from api.running import new_run
from api.settings import Settings
from bench.graph import SIZES, Size, key, load, of_the_tests
from graph.library import Library
from graph.store import Store
from graph.stores import open_store, renew_store
from ingest.shipped import shipped
from queries.ask import Wanted
from queries.corpus import Corpus
from queries.document import document
from queries.impact import impact
from queries.lineage import lineage
from queries.lookup import lookup_citations
from queries.scope import Scope

ROUNDS, WARM = 100, 5
CLIENTS = 8
SECONDS = 8.0
KEY = "0123456789abcdef0123"
# The most that each may take: times the document, and times the quiet answer.
TIMES_DOCUMENT, TIMES_QUIET, CONSTANT_SHARE = 20, 3, 20


@dataclass(slots=True)
class Heard:
    """What clients heard: seconds of each answer, and statuses that are not 200."""

    seconds: list[float] = field(default_factory=list)
    wrong: list[int] = field(default_factory=list)

    def p99(self) -> float:
        """Milliseconds under which 99 of 100 answers were there."""
        return percentile(self.seconds, 0.99)


def percentile(seconds: Sequence[float], share: float) -> float:
    """Milliseconds under which this share of the times lies."""
    ordered = sorted(seconds)
    return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def asked(size: Size, seed: int) -> list[str]:
    """The documents asked for: as often the old ones that many cite as any."""
    random = Random(seed)
    return [key(int(size.documents * random.random() ** (1 + 2 * (turn % 2)))) for turn in range(ROUNDS + WARM)]


def questions(corpus: Corpus, size: Size) -> dict[str, list[float]]:
    """Seconds of each question, of each round, in this process; the rounds of all questions take turns."""
    ways: dict[str, Callable[[str], Any]] = {
        "one document with its direct edges": lambda id: document(corpus, Wanted(id)),
        "lineage, depth 6, 200 documents": lambda id: lineage(corpus, Wanted(id), Scope(depth=6, limit=200)),
        "impact, depth 4": lambda id: impact(corpus, Wanted(id), Scope(depth=4, limit=200)),
        "one look-up": lambda id: lookup_citations(corpus, [_written(id)]),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for id in asked(size, 7):
        for name, ask in ways.items():
            begun = time.perf_counter()
            ask(id)
            times[name].append(time.perf_counter() - begun)
    return {name: seconds[WARM:] for name, seconds in times.items()}


def _written(id: str) -> str:
    """A document as people cite it: "1234/QĐ-UBND năm 2001"."""
    *_, period, number = id.split(":")
    return f"Quyết định số {number}/QĐ-UBND năm {period}"


@contextmanager
def serving(settings: Settings) -> Iterator[str]:
    """The app on the store of the settings with one more route that says a constant, in a process of its own."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(settings, port), daemon=True)
    process.start()
    address = f"http://127.0.0.1:{port}"
    try:
        while not _ready(address):
            if not process.is_alive():
                raise SystemExit("the server did not start")
            time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.join()


def _serve(settings: Settings, port: int) -> None:
    app = create_app(settings, new_run(f"http://127.0.0.1:{port}", settings.store))
    app.add_api_route("/constant", lambda: {"constant": True})
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error")


def _ready(address: str) -> bool:
    try:
        return _Client(address).get("/health") == 200
    except OSError:
        return False


class _Client:
    """One kept connection."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=120)

    def get(self, path: str) -> int:
        """The status of the answer, read to its end."""
        self.connection.request("GET", path)
        said = self.connection.getresponse()
        said.read()
        return said.status

    def post_file(self, name: str, text: str) -> int:
        """The status of an upload, when its document is in the graph."""
        line = "vanban-bench"
        head = f'--{line}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
        body = head.encode() + text.encode() + f"\r\n--{line}--\r\n".encode()
        headers = {"Content-Type": f"multipart/form-data; boundary={line}", "X-API-Key": KEY}
        self.connection.request("POST", "/api/v1/documents", body, headers)
        said = self.connection.getresponse()
        job = json.loads(said.read())
        while said.status == 202 and job["state"] not in ("done", "failed"):
            time.sleep(0.01)
            self.connection.request("GET", f"/api/v1/jobs/{job['id']}", headers={"X-API-Key": KEY})
            job = json.loads(self.connection.getresponse().read())
        return said.status if job.get("state") == "done" else 500


def listen(address: str, paths: Sequence[str], clients: int, seconds: float) -> Heard:
    """What so many clients hear in so many seconds, each asking for one path after the other."""
    heard, until = Heard(), time.perf_counter() + seconds

    def one(number: int) -> None:
        client, turn = _Client(address), number
        while (begun := time.perf_counter()) < until:
            status = client.get(paths[turn % len(paths)])
            heard.seconds.append(time.perf_counter() - begun)
            turn += clients
            if status != 200:
                heard.wrong.append(status)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return heard


def lineages(size: Size) -> list[str]:
    """The paths of the lineage route, none asked for twice in a run."""
    return [f"/api/v1/lineage?document={quote(id)}&depth=6&limit=200" for id in dict.fromkeys(asked(size, 11))]


@contextmanager
def ingesting(address: str) -> Iterator[list[int]]:
    """Documents come in, one upload after the other, while the context lasts; the statuses of the uploads."""
    statuses: list[int] = []
    over = threading.Event()

    def work() -> None:
        client = _Client(address)
        number = 0
        while not over.is_set():
            number += 1
            text = f"ỦY BAN NHÂN DÂN\nTỈNH BÌNH THUẬN\nSố: {number}/KH-UBND\n\nKẾ HOẠCH\n\nThực hiện Nghị quyết số "
            text += f"20-NQ/TW ngày 25/10/2017; Kế hoạch số {number - 1}/KH-UBND ngày 12/8/2022 của UBND tỉnh.\n" * 20
            statuses.append(client.post_file(f"plan{number}.txt", text))

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield statuses
    finally:
        over.set()
        thread.join()


def main() -> int:
    """Load, ask, and print; 1 when something takes longer than it may."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="large")
    parser.add_argument("--graph", type=Path, help="A graph file that is kept: made when it is not there.")
    given = parser.parse_args()
    size = SIZES[given.size]
    with tempfile.TemporaryDirectory() as folder:
        file = given.graph or Path(folder) / "graph.kgl"
        missed = [*_engines(file, Path(folder), size), *_over_http(Path(folder), file, size)]
    print("\n" + ("Everything is as quick as it must be." if not missed else "Too slow: " + "; ".join(missed)))
    return 1 if missed else 0


def _in_process(name: str, store: Store, size: Size) -> Iterator[str]:
    """The rows of one engine; what takes longer than it may."""
    times = questions(Corpus(store), size)
    base = percentile(next(iter(times.values())), 0.99)
    for question, seconds in times.items():
        p99 = percentile(seconds, 0.99)
        row = (question, name, f"{percentile(seconds, 0.5):.1f}", f"{p99:.1f}", f"{p99 / base:.1f}")
        print(f"| {' | '.join(row)} |", flush=True)
        if p99 > TIMES_DOCUMENT * base:
            yield f"{question} on {name}: {p99 / base:.0f} times the document"


def _engines(file: Path, folder: Path, size: Size) -> Iterator[str]:
    """The questions on the embedded engine and on a Neo4j that is started and filled for them."""
    made = not file.exists()
    embedded = open_store(str(file))
    if made:
        _filled("kglite", embedded, size)
    servers = of_the_tests("neo4j_server")
    server = None if servers.given() else servers.create(folder / "neo4j")
    address = servers.given() or server.address
    try:
        served = renew_store(address.url, **address.login)
        _filled("Neo4j", served, size)
        print(f"\n| {ROUNDS} rounds, in process | engine | p50, ms | p99, ms | p99, times the document |")
        print("|---|---|--:|--:|--:|")
        yield from _in_process("kglite", embedded, size)
        yield from _in_process("Neo4j", served, size)
        served.close()
    finally:
        embedded.close()
        if server:
            server.kill()


def _filled(name: str, store: Store, size: Size) -> None:
    print(f"{name}: {size.documents:,} documents, {size.edges:,} edges in {load(store, size):.0f} s", flush=True)


def _over_http(folder: Path, file: Path, size: Size) -> Iterator[str]:
    home = folder / "home"
    library = Library.open(home)
    library.remark("tables", shipped().version)  # as if this library had made the graph, so that documents may come in
    library.close()
    settings = Settings(home=home, store=str(file), api_keys={"bench": KEY})
    with serving(settings) as address:
        constant, quiet = (listen(address, paths, 1, SECONDS) for paths in (["/constant"], lineages(size)))
        share = len(constant.seconds) / max(1, len(quiet.seconds))
        print(f"\nconstant route {len(constant.seconds) / SECONDS:.0f}/s, lineage route ", end="")
        print(f"{len(quiet.seconds) / SECONDS:.0f}/s: 1/{share:.1f} of it", flush=True)
        before = listen(address, lineages(size), CLIENTS, SECONDS)
        with ingesting(address) as statuses:
            during = listen(address, lineages(size), CLIENTS, SECONDS)
        print(
            f"{CLIENTS} clients: p99 {before.p99():.0f} ms quiet, {during.p99():.0f} ms while documents come ",
            end="",
        )
        print(f"in ({len(statuses)} uploads); wrong answers: {json.dumps(before.wrong + during.wrong)}", flush=True)
    if share > CONSTANT_SHARE:
        yield f"the lineage route serves 1/{share:.0f} of a constant one"
    if during.p99() > TIMES_QUIET * before.p99():
        yield f"while documents come in p99 is {during.p99() / before.p99():.1f} times the quiet one"
    if before.wrong or during.wrong or any(status != 202 for status in statuses):
        yield "not every answer was right"


if __name__ == "__main__":
    sys.exit(main())
