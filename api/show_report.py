"""What became of files, as people read it: reports of taking in and out, and single readings."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from graph.model import Reading
from ingest.intake import Report
from ingest.upkeep import Removed
from ingest.walk import Failed

_SHOWN = 20


def show_report(console: Console, report: Report) -> None:
    """How many files were added, changed, unchanged, moved, and which failed, with the reasons."""
    counts = {
        "added": report.added,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "moved": report.moved,
        "taken out": report.pruned,
        "failed": report.failed,
    }
    words = [
        f"{len(paths)} {word}" for word, paths in counts.items() if paths or word in ("added", "unchanged", "failed")
    ]
    console.print(", ".join(words), highlight=False)
    for word in ("added", "changed", "moved", "taken out"):
        _paths(console, word, [str(path) for path in counts[word]])
    _paths(console, "gone, still kept (--prune takes them out)", report.gone)
    show_failed(console, report.failed)
    if report.interrupted:
        console.print("interrupted: what is not named here was not looked at; the same command goes on from there")


def _paths(console: Console, word: str, paths: Iterable[str]) -> None:
    paths = list(paths)
    for path in paths[:_SHOWN]:
        console.print(f"  {word}: {escape(path)}", highlight=False)
    if len(paths) > _SHOWN:
        console.print(f"  {word}: {len(paths) - _SHOWN} more", highlight=False)


def show_failed(console: Console, failed: Iterable[Failed]) -> None:
    """Each path of which nothing was read, with why and what to do."""
    for one in failed:
        console.print(f"[red]not read[/]: {escape(one.path)}: {escape(one.why)}", highlight=False)


def show_removed(console: Console, removed: Removed) -> None:
    """What was taken out, and what there was nothing of."""
    for name in removed.removed:
        console.print(f"removed: {escape(name)}", highlight=False)
    for name in removed.unknown:
        console.print(f"[red]unknown[/]: {escape(name)} is no key, path, folder or source held here", highlight=False)


def show_reading(console: Console, reading: Reading) -> None:
    """The header, the citations and the tasks of one document."""
    header = reading.header
    console.print(f"[bold]{escape(reading.document)}[/]", highlight=False)
    facts = (header.type, header.number, header.issuer, header.date, reading.key)
    console.print(escape(" · ".join(filter(None, facts))))
    citations = Table("at", "words", "relation", "of", "key")
    for one in reading.citations:
        words = escape(" ".join(one.text.split()))
        citations.add_row(str(one.start), words, one.relation, one.from_number or "", one.key or "")
    orders = Table("at", "lead", "with", "by", "task")
    for task in reading.tasks:
        bodies = (escape("; ".join(names)) for names in (task.lead, task.coordinate))
        orders.add_row(str(task.start), *bodies, task.deadline or "", escape(" ".join(task.text.split())[:120]))
    console.print(citations, orders)
    for flag in reading.flags:
        console.print(f"[yellow]doubtful[/]: {escape(flag)}", highlight=False)
