"""The further answers as people read them: ways, timelines, coverage, lists to look through."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table
from rich.text import Text
from rich.tree import Tree

from api.show import head, known_of, name, named, said_as, words_of
from queries.answer import CorpusNote
from queries.common import Common
from queries.coverage import Coverage, Through
from queries.path import Way
from queries.shape import Groups, Ranking
from queries.stale import Lapsed, StaleList
from queries.timeline import Timeline


def foot(console: Console, note: CorpusNote, onward: int | None = None) -> None:
    """The cursor of the next page, and what the answer was drawn from."""
    if onward is not None:
        console.print(f"more: --cursor {onward}", highlight=False)
    console.print(f"[dim]{note.text}[/]", highlight=False)


def show_path(console: Console, answer: Way) -> None:
    """The two ends and each hop with its words."""
    head(console, answer.start)
    head(console, answer.goal)
    if answer.strength == "none":
        console.print("no way between them is known here" + (" within the limit" if answer.truncated else ""))
    known = known_of(answer.start, (answer.goal.document, *answer.documents))
    tree = Tree(
        f"[bold]{'rests on' if answer.up else 'is rested on by'}[/] in {len(answer.edges)} hops ({answer.strength})"
    )
    for edge in answer.edges:
        leaf = tree.add(
            Text.assemble(name(known, edge.from_id), (f" {said_as(edge)} ", "cyan"), name(known, edge.to_id))
        )
        words_of(leaf, edge, known)
    if answer.edges:
        console.print(tree)
    foot(console, answer.corpus)


def show_timeline(console: Console, answer: Timeline) -> None:
    """One event a line, in the order of the days."""
    head(console, answer.asked)
    table = Table("day", "event", "role", "document", Column("key", overflow="fold"))
    for one in answer.moments:
        table.add_row(one.day or "not known", one.event, one.role, escape(one.document.name), one.document.id)
    console.print(table)
    foot(console, answer.corpus)


def show_common(console: Console, answer: Common) -> None:
    """What both rest on, nearest first."""
    head(console, answer.first)
    head(console, answer.second)
    for one in answer.shared:
        console.print(Text.assemble(f"{one.above_first} + {one.above_second} hops  ", named(one.document)))
    if not answer.shared:
        console.print("They rest on nothing in common that is known here.")
    foot(console, answer.corpus)


def show_coverage(console: Console, answer: Coverage) -> None:
    """Each unit with its state, and through which document."""
    head(console, answer.asked)
    console.print(
        f"as of {answer.as_of}, {answer.among}: {answer.held} held, "
        f"{answer.attested} attested only, {answer.none_known} none known",
        highlight=False,
    )
    table = Table("body", "state", "through", "days after", "held of it")
    for unit in answer.units:
        state = {"held": "[green]held[/]", "attested": "[yellow]attested[/]"}.get(unit.state, unit.state)
        through = "\n".join(escape(_through(one)) for one in unit.through)
        days = "\n".join("?" if one.days is None else str(one.days) for one in unit.through)
        table.add_row(escape(unit.name), state, through, days, str(unit.held))
    console.print(table)
    if answer.elsewhere:
        console.print(
            "also, by bodies outside of these: " + escape("; ".join(_through(one) for one in answer.elsewhere))
        )
    foot(console, answer.corpus)


def _through(one: Through) -> str:
    by = {edge.asserted_by for edge in one.path if edge.asserted_by} - {one.document.id}
    attested = "" if one.document.held else f" by the word of {', '.join(sorted(by))}"
    return f"{one.document.name}{attested}"


def show_stale(console: Console, answer: StaleList) -> None:
    """What to look at again, and why."""
    for one in answer.stale:
        known = {document.id: document for document in (one.document, one.basis, one.change)}
        sure = "" if one.certainty == "after" else " (a date is missing: perhaps older)"
        power = " [basis of power only]" if one.basis_of == "authority" else ""
        tree = Tree(Text.assemble((f"{one.advice}: ", "yellow"), named(one.document)))
        told = f", told by {one.sources} texts" if one.sources > 1 else ""
        for edge, more in ((one.resting, power), (one.changing, f", {one.extent}{sure}{told}")):
            leaf = tree.add(
                Text.assemble(name(known, edge.from_id), (f" {said_as(edge)} ", "cyan"), name(known, edge.to_id), more)
            )
            words_of(leaf, edge, known)
        console.print(tree)
    for lapse in answer.lapsed:
        console.print(_lapsed(lapse))
    if not answer.stale and not answer.lapsed:
        console.print("Nothing held here rests on a document that is known to have been changed after it.")
    foot(console, answer.corpus, answer.next)


def _lapsed(one: Lapsed) -> Tree:
    """A document whose basis a register says is not in force."""
    known = {document.id: document for document in (one.document, one.basis)}
    tree = Tree(Text.assemble((f"{one.advice}: ", "yellow"), named(one.document)))
    power = " [basis of power only]" if one.basis_of == "authority" else ""
    leaf = tree.add(Text.assemble(said_as(one.resting), " ", named(one.basis), power))
    words_of(leaf, one.resting, known)
    since = f", last day {one.effective_to}" if one.effective_to else " (no day is given)"
    since += ", before this document was made" if one.certainty == "before" else ""
    says = ", ".join(one.registers) or "a register"
    tree.add(Text(f"{says}: {one.validity.replace('_', ' ')}{since}", "yellow"))
    return tree


def show_rank(console: Console, answer: Ranking) -> None:
    """A table of the documents that others rest on most."""
    table = Table("rank", "cited by", "cites", "document", Column("key", overflow="fold"))
    for one in answer.documents:
        table.add_row(f"{one.rank:.4f}", str(one.cited_by), str(one.cites), escape(one.document.name), one.document.id)
    console.print(table)
    foot(console, answer.corpus)


def show_groups(console: Console, answer: Groups) -> None:
    """Sets of documents, the largest first."""
    console.print(f"{answer.total} in all", highlight=False)
    for group in answer.groups:
        tree = Tree(f"{len(group)} documents")
        for document in group:
            tree.add(named(document))
        console.print(tree)
    foot(console, answer.corpus)
