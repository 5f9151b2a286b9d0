"""`python -m bench.graph`: one seeded graph on both engines, how long loading and each question take, as ratios."""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import Any

from graph.model import Change, Edge, Node
from graph.store import BATCH, Store, StoreError, cypher
from graph.stores import open_store, renew_store
from graph.writing import steps

RELATIONS = {"CITES": 60, "BASED_ON": 15, "IMPLEMENTS": 12, "GUIDES": 4, "AMENDS": 4, "REPLACES": 3, "APPROVES": 2}
FAMILIES = {
    "Decision": "Quyết định",
    "Plan": "Kế hoạch",
    "Resolution": "Nghị quyết",
    "Law": "Luật",
    "Letter": "Công văn",
}
QUOTE = "Căn cứ Nghị quyết số 20-NQ/TW ngày 25 tháng 10 năm 2017 của Ban Chấp hành Trung ương về công tác y tế; " * 2
ROUNDS = 15
# The steeper, the more of all citations go to the few oldest documents.
STEEP = 3


@dataclass(frozen=True, slots=True)
class Size:
    """How many documents and how many edges between them."""

    documents: int
    edges: int


SIZES = {"small": Size(2_000, 20_000), "medium": Size(20_000, 200_000), "large": Size(100_000, 1_000_000)}


def key(i: int) -> str:
    """The id of the i-th document, the oldest first."""
    return f"vn:state:ubnd@p{i % 63}:qd:{1990 + i % 35}:{i}"


def nodes(size: Size) -> Iterator[Node]:
    """Documents, a body for each place, and a task for every fourth document."""
    families = list(FAMILIES.items())
    for i in range(size.documents):
        family, kind = families[i % len(families)]
        day = f"{1990 + 35 * i // size.documents}-0{1 + i % 9}-1{i % 10}"
        said = {
            "number": f"{i}/QĐ-UBND",
            "kind": kind,
            "issuer": f"Ủy ban nhân dân {i % 63}",
            "place": f"Tỉnh {i % 63}",
        }
        dated = {"date": day, "date_first": day, "date_last": day, "subject": f"Về việc {i}", "validity": "unknown"}
        marks = {"held": i % 3 > 0, "complete": True, "block": f"{i}|qd|ubnd"}
        yield Node(key(i), ("Document", family), {**said, **dated, **marks})
        if i % 4 == 0:
            yield Node(f"vn:task:{i:016x}:1", ("Task",), {"text": QUOTE, "due_last": day, "done": False})
    yield from (Node(f"vn:org:ubnd@p{i}", ("Organization",), {"name": f"Ủy ban nhân dân {i}"}) for i in range(63))


def edges(size: Size, seed: int = 1) -> Iterator[Edge]:
    """Each document cites older ones, how often one is cited follows a power law; edges of bodies and tasks beside."""
    random = Random(seed)
    kinds, weights = list(RELATIONS), list(RELATIONS.values())
    for n in range(size.edges):
        start = 1 + n % (size.documents - 1)
        end = int(start * random.random() ** STEEP)
        said = {"starts": [n], "ends": [n + 20], "quotes": [QUOTE], "quote_starts": [0], "quote_ends": [len(QUOTE)]}
        marks = {"asserted_by": key(start), "method": "number", "confidence": 0.95, "pinpoints": [""]}
        yield Edge(key(start), random.choices(kinds, weights)[0], key(end), f"{start:016x}", {**said, **marks})
    for i in range(size.documents):
        yield Edge(key(i), "ISSUED_BY", f"vn:org:ubnd@p{i % 63}", f"{i:016x}", {"confidence": 1.0})
        if i % 4 == 0:
            task = f"vn:task:{i:016x}:1"
            yield Edge(key(i), "CONTAINS", task, f"{i:016x}", {"starts": [1], "confidence": 1.0})
            yield Edge(task, "ASSIGNS_TO", f"vn:org:ubnd@p{i % 62}", f"{i:016x}", {"role": "lead", "confidence": 1.0})


def load(store: Store, size: Size) -> float:
    """Seconds to write the whole graph, ten batches a transaction."""
    begun = time.perf_counter()
    for some in _chunks(nodes(size), 10 * BATCH):
        store.write(steps(Change(put_nodes=tuple(some))))
    for others in _chunks(edges(size), 10 * BATCH):
        store.write(steps(Change(put_edges=tuple(others))))
    return time.perf_counter() - begun


def _chunks(items: Iterator[Any], size: int) -> Iterator[list[Any]]:
    chunk: list[Any] = []
    for item in items:
        chunk.append(item)
        if len(chunk) == size:
            yield chunk
            chunk = []
    yield chunk


def questions() -> list[str]:
    """The names of the queries that read."""
    names = sorted(
        file.name.removesuffix(".cypher") for file in files("cypher").iterdir() if file.name.endswith(".cypher")
    )
    return [name for name in names if not name.startswith(("write_", "schema_"))]


def asked(name: str, size: Size, turn: int) -> dict[str, Any]:
    """The query's own example, its keys replaced by 20 documents (or bodies, tasks) of this graph."""
    example: dict[str, Any] = json.loads(cypher(name).splitlines()[1].removeprefix("// parameters:"))
    return {word: _replaced(value, size, turn) for word, value in example.items()}


def _replaced(value: Any, size: Size, turn: int) -> Any:
    if isinstance(value, list) and value and str(value[0]).startswith("vn:"):
        random = Random(turn)
        shapes: dict[str, Callable[[int], str]] = {
            "task": lambda i: f"vn:task:{i - i % 4:016x}:1",
            "org": lambda i: f"vn:org:ubnd@p{i % 63}",
        }
        make = shapes.get(value[0].split(":")[1], key)
        return [make(int(size.documents * random.random() ** 2)) for _ in range(20)]
    return value


def median(store: Store, name: str, size: Size) -> float:
    """Milliseconds of the middle one of some runs, each with other keys; not a number where the store gives up."""
    times = []
    for turn in range(ROUNDS + 2):
        begun = time.perf_counter()
        try:
            store.read(name, asked(name, size, turn))
        except StoreError as error:
            print(f"{name}: {error}", file=sys.stderr)
            return float("nan")
        times.append(1000 * (time.perf_counter() - begun))
        if sum(times) > 20_000:
            break
    return statistics.median(times[2:] or times)


def main() -> None:
    """Load both engines and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="medium")
    size = SIZES[parser.parse_args().size]
    neo4j_server = of_the_tests("neo4j_server")
    with tempfile.TemporaryDirectory() as folder:
        server = None if neo4j_server.given() else neo4j_server.create(Path(folder) / "neo4j")
        address = neo4j_server.given() or server.address
        try:
            _report(size, Path(folder) / "graph.kgl", renew_store(address.url, **address.login))
        finally:
            if server:
                server.kill()


def of_the_tests(name: str) -> Any:
    """A module of the tests' folder, which is no package."""
    sys.path.append(str(Path(__file__).parent.parent / "tests"))
    return import_module(name)


def _report(size: Size, file: Path, served: Store) -> None:
    embedded = open_store(str(file))
    ours, theirs = load(embedded, size), load(served, size)
    print(f"{size.documents:,} documents, {size.edges:,} edges between them; {ROUNDS} runs a question, 20 keys each\n")
    print("| | kglite | Neo4j | Neo4j ÷ kglite |\n|---|--:|--:|--:|")
    print(f"| loading, edges a second | {size.edges / ours:,.0f} | {size.edges / theirs:,.0f} | {theirs / ours:.1f} |")
    for name in questions():
        one, other = median(embedded, name, size), median(served, name, size)
        print(f"| `{name}`, ms | {one:.1f} | {other:.1f} | {other / one:.1f} |", flush=True)
    begun = time.perf_counter()
    embedded.close()
    closed = time.perf_counter()
    open_store(str(file)).close()
    print(f"\nkglite: file {file.stat().st_size / 1e6:.1f} MB, closing {closed - begun:.1f} s, ", end="")
    print(f"opening and closing again {time.perf_counter() - closed:.1f} s")


if __name__ == "__main__":
    main()
