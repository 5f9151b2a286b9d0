"""How much there is: documents, edges, tasks and bodies, by kind and by how they were read."""

from __future__ import annotations

from dataclasses import dataclass

from queries.corpus import Corpus


@dataclass(frozen=True, slots=True)
class KindCount:
    """The documents of one kind ("" where it is not known): held, cited only, and how many of these are known in part
    only."""

    kind: str
    held: int
    cited: int
    partial: int


@dataclass(frozen=True, slots=True)
class EdgeCount:
    """The relationships of one kind that were read by one method."""

    relation: str
    method: str
    edges: int


@dataclass(frozen=True, slots=True)
class Stats:
    """The size of the graph; `dated_tasks` have a deadline."""

    held: int
    cited: int
    partial: int
    tasks: int
    dated_tasks: int
    organizations: int
    kinds: tuple[KindCount, ...]
    edges: tuple[EdgeCount, ...]


def stats(corpus: Corpus) -> Stats:
    """The counts of the whole graph. Raises `StoreError`."""
    kinds = _kinds(corpus)
    tasks = corpus.read("count_tasks")
    bodies = corpus.read("count_organizations")
    return Stats(
        held=sum(one.held for one in kinds),
        cited=sum(one.cited for one in kinds),
        partial=sum(one.partial for one in kinds),
        tasks=tasks[0]["tasks"] if tasks else 0,
        dated_tasks=tasks[0]["dated"] if tasks else 0,
        organizations=bodies[0]["organizations"] if bodies else 0,
        kinds=kinds,
        edges=tuple(EdgeCount(row["relation"], row["method"], row["edges"]) for row in corpus.read("count_edges")),
    )


def _kinds(corpus: Corpus) -> tuple[KindCount, ...]:
    counts: dict[str, list[int]] = {}
    for row in corpus.read("count_kinds"):
        held, cited, partial = counts.setdefault(row["kind"], [0, 0, 0])
        documents = row["documents"]
        counts[row["kind"]] = [
            held + documents * row["held"],
            cited + documents * (not row["held"]),
            partial + documents * (not row["complete"]),
        ]
    return tuple(KindCount(kind, *numbers) for kind, numbers in sorted(counts.items()))
