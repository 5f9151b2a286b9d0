"""`python -m bench.library`: what adding one document costs in a library of many, as a ratio to an empty one."""

from __future__ import annotations

import argparse
import hashlib
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from graph.library import FileRow, Library, Read
from graph.likeness import sketch
from graph.model import Change, Citation, Header, Reading, Task
from graph.projection import merged
from graph.store import Store
from graph.stores import open_store
from ingest.shipped import shipped

CITATIONS, HUBS, ROUNDS, BATCH = 12, 20, 31, 100
PLACES = ("binh-thuan", "hai-phong", "quang-ninh", "hung-yen", "can-tho", "lao-cai")
WORDS = (
    "thực hiện",
    "kế hoạch",
    "chăm sóc",
    "sức khỏe",
    "nhân dân",
    "sở y tế",
    "chủ trì",
    "phối hợp",
    "báo cáo",
    "năm",
)


def document(number: int, random: Random) -> tuple[Read, FileRow, str]:
    """A plan that cites a few documents that all cite and some that few do; its reading is made, not extracted."""
    place = PLACES[number % len(PLACES)]
    own = f"vn:state:ubnd@{place}:kh:{2000 + number // 2000 % 26}:{number % 2000 + number // 52000 * 2000 + 1}"
    body = " ".join(random.choice(WORDS) for _ in range(200))
    pieces = [f"Kế hoạch {number}. {body}\n"]
    citations = tuple(_citation(number, random, pieces) for _ in range(CITATIONS))
    start = sum(map(len, pieces))
    pieces.append(f"Giao Sở Y tế việc {number}.")
    text = "".join(pieces)
    source = hashlib.sha256(text.encode()).hexdigest()
    header = Header(number=f"{number}/KH-UBND", type="Kế hoạch", issuer="Ủy ban nhân dân", date="2022-08-12")
    task = Task(start, len(text), text[start:], lead=("Sở Y tế",), deadline="2022-12")
    said = Reading(f"{number}.txt", header, citations, (task,), source=source[:16], key=own)
    file = FileRow(source, source[:16], "text", "text", "utf-8", len(text), 2)
    return Read(source[:16], text, said, None, sketch(text)), file, f"/bench/{number}.txt"


def _citation(number: int, random: Random, pieces: list[str]) -> Citation:
    hub = random.random() < 0.4
    cited = random.randrange(HUBS) if hub else random.randrange(max(1, number + 50))
    key = f"vn:state:ttg:qd:{2000 + cited % 20}:{cited // 20 + 1}"
    words = f"Quyết định số {cited // 20 + 1}/QĐ-TTg"
    start = sum(map(len, pieces)) + len("Căn cứ ")
    # One mention in twenty shortens the title.
    subject = f"về việc {cited}" if random.random() < 0.05 else f"về việc {cited} và các nội dung liên quan"
    pieces.append(f"Căn cứ {words} {subject};\n")
    return Citation(
        start, start + len(words), words, "Quyết định", f"{cited // 20 + 1}/QĐ-TTg", key=key, relation="BASED_ON",
        subject=subject, quote_start=start - 7, quote_end=start + len(words),
    )  # fmt: skip


def put(library: Library, store: Store, documents: list[tuple[Read, FileRow, str]]) -> None:
    """Take documents in: one transaction of the library, one of the graph."""
    with library.writing():
        changes: list[Change] = [library.add(shipped(), *one) for one in documents]
        library.owe(merged(changes))
    library.settle(store)


def seconds(library: Library, store: Store, numbers: Iterator[int], random: Random) -> float:
    """The median time of adding one document alone."""
    times = []
    for _ in range(ROUNDS):
        one = document(next(numbers), random)
        before = time.perf_counter()
        put(library, store, [one])
        times.append(time.perf_counter() - before)
    return statistics.median(times)


def main() -> None:
    """Fill a library step by step and print the cost of one more document after each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 10_000], help="documents held, increasing")
    sizes = parser.parse_args().sizes
    random, count = Random(1), 0
    numbers = iter(range(10_000_000))
    with tempfile.TemporaryDirectory() as folder:
        library, store = Library.open(Path(folder)), open_store(str(Path(folder) / "graph.kgl"))
        first = seconds(library, store, numbers, random)
        print(f"{'documents':>10} {'ms for one':>11} {'ratio':>6} {'documents/s':>12}")
        print(f"{count:>10} {first * 1000:>11.1f} {1.0:>6.2f} {'':>12}", flush=True)
        for size in sizes:
            before, begun = count, time.perf_counter()
            while count < size:
                put(library, store, [document(next(numbers), random) for _ in range(BATCH)])
                count += BATCH
            rate = (count - before) / (time.perf_counter() - begun)
            cost = seconds(library, store, numbers, random)
            print(f"{count:>10} {cost * 1000:>11.1f} {cost / first:>6.2f} {rate:>12.0f}", flush=True)
        store.close()
        library.close()


if __name__ == "__main__":
    main()
