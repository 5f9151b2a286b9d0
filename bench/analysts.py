"""`python -m bench.analysts`: saved queries against one hop on a large graph; neo4j-admin import against the driver."""

from __future__ import annotations

import argparse
import shlex
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import neo4j

from api.routes_guides import saved_queries
from bench.graph import SIZES, Size, key, load, of_the_tests
from graph.exports import FORMS
from graph.neo4j_import import ImportFiles, unpack
from graph.store import BATCH, Step
from graph.stores import open_store
from graph.stores.neo4j import Neo4jStore

ROUNDS = 7
# What the queries name, in the words of the demonstration, is in this graph by other names: hubs among them.
HUB, OTHER = 0, 40_000
ONE_HOP = "edges_in"


def renamed(text: str, size: Size) -> str:
    """A saved query that asks for the greatest hub, or for a body or days of this graph."""
    later = min(OTHER, size.documents - 1)
    numbers = ("20-NQ/TW", "16/CT-TTg", "3933/UBND-KGVXNV")
    for number in numbers:
        text = text.replace(f"'{number}'", f"'{HUB}/QĐ-UBND'")
    if "basis" in text:  # the hub rests on nothing
        text = text.replace(f"'{HUB}/QĐ-UBND'", f"'{later}/QĐ-UBND'")
    text = text.replace("'40-CTr/TU'", f"'{later}/QĐ-UBND'").replace("'16/CT'", f"'{HUB}/'")
    text = text.replace("'Sở Y tế tỉnh Bình Thuận'", "'Ủy ban nhân dân 2'").replace(
        "vn:org:syt@binh-thuan", "vn:org:ubnd@p1"
    )
    return (
        text.replace("'2023-07-01'", "'2007-04-01'").replace("'2023-09-30'", "'2007-06-30'").replace("y tế", "việc 77")
    )


def milliseconds(ask: Callable[[], Any]) -> float:
    """The middle one of some runs after two that are not counted."""
    times = []
    for _ in range(ROUNDS + 2):
        begun = time.perf_counter()
        ask()
        times.append(1000 * (time.perf_counter() - begun))
    return statistics.median(times[2:])


def queries(store: Neo4jStore, size: Size) -> None:
    """Each saved query as a multiple of one hop, in the same run: from the hub that it asks for, from any document."""
    asked = {"relations": ["IMPLEMENTS"], "confidence": 0.0, "as_of": "9999-12-31", "limit": 200}
    ids = ([key(HUB)], [key(size.documents // 2)])
    hub, any_one = (milliseconds(lambda one=one: store.read(ONE_HOP, asked | {"ids": one})) for one in ids)  # type: ignore[misc]
    print(
        f"\n| saved query | times one hop from the hub ({hub:.1f} ms) | from any document ({any_one:.1f} ms) | rows |"
    )
    print("|---|--:|--:|--:|")
    for name, text in saved_queries().items():
        said = renamed(text, size)
        run = lambda said=said: store.driver.execute_query(said, routing_=neo4j.RoutingControl.READ)  # noqa: E731
        took = milliseconds(run)
        print(f"| `{name}` | {took / hub:.1f} | {took / any_one:.1f} | {len(run().records)} |", flush=True)


def main() -> None:
    """Import a graph by the tool, ask there; then load a part of it by the driver into an empty server."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="medium")
    parser.add_argument("--part", type=float, default=0.2, help="how much of it the driver loads")
    given = parser.parse_args()
    size = SIZES[given.size]
    part = Size(int(size.documents * given.part), int(size.edges * given.part))
    print(f"{size.documents:,} documents, {size.edges:,} edges between them", flush=True)
    servers = of_the_tests("neo4j_server")
    with tempfile.TemporaryDirectory() as folder:
        files, wrote = _files(Path(folder), size)
        imported = _imported(servers, Path(folder) / "one", files, size)
        loaded = _loaded(servers, Path(folder) / "other", part)
    rate = part.edges / loaded
    print(
        f"\nthe driver: {rate:,.0f} edges a second (of {part.edges:,}); neo4j-admin: {size.edges / imported:,.0f}",
        end="",
    )
    print(
        f" ({size.edges / imported / rate:.1f} times), {size.edges / (imported + wrote):,.0f} with writing the files",
        end="",
    )
    print(f" ({size.edges / (imported + wrote) / rate:.1f} times)")


def _files(folder: Path, size: Size) -> tuple[ImportFiles, float]:
    """The files of the tool, and the seconds to write them."""
    local = open_store(str(folder / "graph.kgl"))
    load(local, size)
    begun = time.perf_counter()
    files = unpack(FORMS["csv"].pieces(local), folder / "files")
    wrote = time.perf_counter() - begun
    local.close()
    return files, wrote


def _imported(servers: Any, home: Path, files: ImportFiles, size: Size) -> float:
    """The seconds of an import by the tool; the saved queries are asked there."""
    server = servers.create(home)
    try:
        server.stop()
        begun = time.perf_counter()
        servers.admin(server.home, files.folder, *shlex.split(files.command.split(" && ")[1])[1:])
        seconds = time.perf_counter() - begun
        server.start()
        store = open_store(server.address.url, **server.address.login)
        assert isinstance(store, Neo4jStore)
        _ranked(store)
        queries(store, size)
        store.close()
        return seconds
    finally:
        server.kill()


def _loaded(servers: Any, home: Path, size: Size) -> float:
    """The seconds of a load by the driver into an empty server."""
    server = servers.create(home)
    try:
        store = open_store(server.address.url, **server.address.login)
        seconds = load(store, size)
        store.close()
        return seconds
    finally:
        server.kill()


def _ranked(store: Neo4jStore) -> None:
    """Some numbers where an analysis would write them: the queries need them, the time of an analysis is not asked."""
    after = ""
    while page := store.read("export_documents", {"after": after, "limit": BATCH}):
        rows = tuple(
            {"id": row["id"], "properties": {"x_rank": 1 / (i + 1), "x_community": 1 + i % 9, "x_cited_by": i}}
            for i, row in enumerate(page)
        )
        store.write([Step("write_analysis", rows)])
        after = page[-1]["id"]


if __name__ == "__main__":
    main()
