"""Tasks and gaps as people read them in a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table
from rich.text import Text

from api.show import head, named
from api.show_more import foot
from queries.answer import Document
from queries.bodies import Body
from queries.classes import BodyClass, is_class
from queries.gaps import BodyGap, Gaps
from queries.tasks import Order, Orders

_TASK = 200
_THROUGH = {
    "predecessor": "[dim]by one that came before:[/] ",
    "class": "[dim]by a class:[/] ",
    "perhaps": "[dim]perhaps, by a class:[/] ",
}
_STANDS = {"past": "[red]past due[/]", "soon": "[yellow]due soon[/]"}


def show_tasks(console: Console, answer: Orders) -> None:
    """A table of tasks, the first due first; each with its id, by which it can be marked done."""
    for asked in filter(None, (answer.document, answer.under)):
        head(console, asked)
    for body in answer.bodies:
        console.print(f"{escape(body.name or body.id)} ({body.id}){_marked(body)}", highlight=False)
    known = {one.id: one for one in answer.others}
    table = Table("due", "lead", "with", "task", "in", Column("id", overflow="fold"))
    for task in answer.tasks:
        text = " ".join(task.text.split())
        table.add_row(
            _due(task),
            _led(task, "lead"),
            _led(task, "coordinate"),
            f"{_THROUGH.get(task.through or '', '')}{escape(text[:_TASK])}",
            _in(task, known),
            task.id,
        )
    console.print(table)
    show_classes(console, answer.classes)
    console.print(f"as of {answer.as_of}; whether a task was done is unknown unless it is marked", highlight=False)
    _unsure(console, answer)
    foot(console, answer.corpus, answer.next)


def _unsure(console: Console, answer: Orders | Gaps) -> None:
    """What may be under the document asked for and was not looked at."""
    for one in answer.loose:
        console.print(Text.assemble((f"{one.text}: ", "yellow"), *_joined(named(document) for document in one.citing)))
    if answer.truncated:
        console.print("[yellow]more documents than were walked to may be under it[/]")


def _joined(names: Iterable[Text]) -> list[Text]:
    return [part for name in names for part in (Text("; "), name)][1:]


def _marked(body: Body) -> str:
    if body.includes:
        return ", a class that includes it" if body.includes == "yes" else ", a class that perhaps includes it"
    work = f", in part: {escape(body.field)}" if body.field else ""
    return f", came before{work}" if body.predecessor else ""


def show_classes(console: Console, classes: Iterable[BodyClass]) -> None:
    """Each class with its members, and whether these are all."""
    for one in classes:
        members = "; ".join(body.name or body.id for body in one.members) or "no member is known here"
        meant = "" if one.certainty == "yes" else ", not all need be meant"
        more = "" if one.whole or not one.members else " and perhaps others"
        console.print(f"[bold]{escape(one.name)}[/] on {one.as_of}{meant}: {escape(members)}{more}", highlight=False)


def _due(task: Order) -> str:
    parts = [escape(task.deadline or "")]
    if task.next_due:
        parts.append(f"next {task.next_due}")
    if task.completion == "done":
        parts.append("[green]done[/]")
    elif task.due in _STANDS:
        parts.append(f"{_STANDS[task.due]}, completion unknown")
    return "\n".join(part for part in parts if part)


def _led(task: Order, role: str) -> str:
    return escape("; ".join(body.name or body.id for body in task.bodies if body.role == role))


def _in(task: Order, known: dict[str, Document]) -> str:
    """The document of the task, and what it carries out up to the one asked for."""
    above = [known[id].name if id in known else id for id in task.chain[1:]]
    return escape(" → ".join((task.document.name, *above)))


def show_gaps(console: Console, answer: Gaps) -> None:
    """Who is given tasks and has nothing here that carries them out, and what is held of each; tasks without a body."""
    if answer.asked is None:
        return _show_documents(console, answer)
    head(console, answer.asked)
    told = f"{answer.given} bodies are given tasks; of {answer.answered} of them a document that carries it out is held"
    console.print(told, highlight=False)
    if not answer.asked.document.held:
        console.print("It is not held itself: which tasks it lays down is not known here.")
    table = Table("body", "leads", "helps in", "as member", "told by", "carried out by", "held of it")
    for one in answer.bodies:
        table.add_row(
            _named(one), str(one.leads), str(one.coordinates), str(one.as_member),
            escape("\n".join(document.name for document in one.given_by)),
            escape("\n".join(f"{document.name}, only cited" for document in one.attested)) or "none known",
            escape("\n".join([str(one.held), *(document.name for document in one.latest)])),
        )  # fmt: skip
    console.print(table)
    for task in answer.unassigned:
        words = " ".join(task.text.split())[:_TASK]
        console.print(f"[yellow]names no body[/] {task.id} {escape(words)}", highlight=False)
    show_classes(console, answer.classes)
    _unsure(console, answer)
    foot(console, answer.corpus, answer.next)


def _named(one: BodyGap) -> str:
    classes = "; ".join(body.name or body.id for body in one.classes)
    perhaps = "perhaps " if one.body.includes == "perhaps" else ""
    by_class = f" ({perhaps}one of: {classes})" if one.body.includes else ""
    several = " (a class of bodies)" if is_class(one.body.id) else ""
    return escape(f"{one.body.name or one.body.id}{by_class}{several}")


def _show_documents(console: Console, answer: Gaps) -> None:
    for one in answer.documents:
        console.print(Text.assemble((f"{one.tasks} tasks  ", "yellow"), named(one.document)))
    if not answer.documents:
        console.print("Every held document with tasks is carried out by one that is known here.")
    foot(console, answer.corpus, answer.next)
