"""`python -m bench.library`: what adding one document costs in a library of many, as a ratio to an empty one."""

from __future__ import annotations

import argparse
import hashlib
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from random import Random

from graph.export import export_lines
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


def compared(library: Library, store: Store, documents: Iterator[tuple[Read, FileRow, str]]) -> tuple[float, float]:
    """The median seconds of adding one document here and to a new library, by turns in the same minutes."""
    here, there = [], []
    with opened() as (empty, nothing):
        for _ in range(ROUNDS):
            here.append(timed(library, store, next(documents)))
            there.append(timed(empty, nothing, next(documents)))
    return statistics.median(here), statistics.median(there)


def timed(library: Library, store: Store, one: tuple[Read, FileRow, str]) -> float:
    """The seconds of adding one document alone."""
    before = time.perf_counter()
    put(library, store, [one])
    return time.perf_counter() - before


@contextmanager
def opened() -> Iterator[tuple[Library, Store]]:
    """A new library and its store, gone at the end."""
    with tempfile.TemporaryDirectory() as folder:
        library, store = Library.open(Path(folder)), open_store(str(Path(folder) / "graph.kgl"))
        try:
            yield library, store
        finally:
            store.close()
            library.close()


def cost(sizes: Sequence[int]) -> None:
    """Fill a library step by step and print what one more document costs after each step."""
    random = Random(1)
    documents, count = (document(number, random) for number in range(10_000_000)), 0
    print(f"{'documents':>10} {'ms for one':>11} {'ms in an empty one':>19} {'ratio':>6} {'documents/s':>12}")
    with opened() as (library, store):
        for size in sizes:
            before, begun = count, time.perf_counter()
            while count < size:
                put(library, store, list(islice(documents, BATCH)))
                count += BATCH
            rate = (count - before) / (time.perf_counter() - begun)
            here, there = compared(library, store, documents)
            print(
                f"{count:>10} {1000 * here:>11.1f} {1000 * there:>19.1f} {here / there:>6.2f} {rate:>12.0f}", flush=True
            )


def orders(size: int) -> None:
    """Take the same documents in three orders and batches and print the digest of each export: they are equal."""
    made = made_documents(size)
    for turn in range(3):
        random = Random(turn)
        random.shuffle(made)
        with opened() as (library, store):
            at = 0
            while at < size:
                step = random.randint(1, 4 * BATCH)
                put(library, store, made[at : at + step])
                at += step
            digest = hashlib.sha256()
            lines = 0
            for line in export_lines(store):
                digest.update(line.encode() + b"\n")
                lines += 1
        print(f"order {turn}: {lines:,} lines, {digest.hexdigest()[:16]}", flush=True)


def made_documents(size: int) -> list[tuple[Read, FileRow, str]]:
    """The first `size` documents."""
    random = Random(1)
    return [document(number, random) for number in range(size)]


def main() -> None:
    """Measure the cost of one more document, or whether order leaves no trace."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 10_000], help="documents held, increasing")
    parser.add_argument("--orders", type=int, metavar="N", help="take N documents in three orders, compare the exports")
    asked = parser.parse_args()
    if asked.orders:
        orders(asked.orders)
    else:
        cost(asked.sizes)


if __name__ == "__main__":
    main()
