"""Answers as people read them in a terminal: trees with the quotes, tables, and what is assumed or cut."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table
from rich.text import Text
from rich.tree import Tree

from queries.answer import Asked, Candidate, CorpusNote, Document, Edge, Loose
from queries.document import DocumentCard, DocumentPage
from queries.impact import Impact, Touched
from queries.lineage import Lineage
from queries.missing import Missing
from queries.stats import Stats
from queries.walk import lower, upper

_QUOTE = 600
_WORDS = {
    "IMPLEMENTS": "implements", "BASED_ON": "is based on", "GUIDES": "guides",
    "AMENDS": "amends", "REPLACES": "replaces", "REPEALS": "repeals", "CORRECTS": "corrects",
    "CITES": "cites", "APPROVES": "approves",
}  # fmt: skip


def show_lineage(console: Console, answer: Lineage) -> None:
    """A tree down and a tree up from the document, with the words of every edge."""
    known = known_of(answer.asked, (*(one.document for one in answer.documents), *answer.others))
    head(console, answer.asked)
    for way, words in (("up", "rests on"), ("down", "what rests on it")):
        if answer.direction not in (way, "both"):
            continue
        shown = {one.document.id for one in answer.documents if one.way == way}
        tree = Tree(f"[bold]{words}[/]" + ("" if shown else ": nothing known here"))
        _branches(tree, answer, way, known)
        console.print(tree)
    _listed(console, "changed by or changing", answer.changes, known)
    _listed(console, "mere mentions, one hop", answer.citations, known)
    for one in answer.meant:
        console.print(Text.assemble((name(known, one.id), "bold"), (f" ({one.id})", "dim"), " may mean:"))
        show_candidates(console, one.candidates)
    _foot(console, answer.loose, answer.corpus, answer.truncated, answer.frontier, known)


def _branches(tree: Tree, answer: Lineage, way: str, known: dict[str, Document]) -> None:
    """Hang each document under the one it was reached from; one that hangs elsewhere already is named there again, not
    unfolded."""
    sides: dict[str, set[str]] = defaultdict(set)
    for one in answer.documents:
        sides[one.way].add(one.document.id)
    within = sides[way] | {answer.asked.document.id}
    onward: dict[str, dict[str, list[Edge]]] = defaultdict(lambda: defaultdict(list))
    for edge in answer.edges:
        here, there = (lower(edge), upper(edge)) if way == "up" else (upper(edge), lower(edge))
        if here in within and there in within:
            onward[here][there].append(edge)
    unfolded = {answer.asked.document.id}
    waiting = [(tree, answer.asked.document.id)]
    while waiting:
        branch, here = waiting.pop(0)
        for there, edges in onward[here].items():
            if there == answer.asked.document.id:
                continue
            again = there in unfolded
            leaf = branch.add(_entry(known[there], edges, again))
            for edge in edges:
                words_of(leaf, edge, known)
            if not again:
                unfolded.add(there)
                waiting.append((leaf, there))


def _entry(document: Document, edges: Iterable[Edge], again: bool) -> Text:
    relations = ", ".join(dict.fromkeys(_WORDS[edge.relation] for edge in edges))
    return Text.assemble((f"{relations}: ", "cyan"), named(document), (" (unfolded above)", "dim") if again else "")


def show_impact(console: Console, answer: Impact) -> None:
    """What is touched, strongest first, each with the way to it and the words of each hop."""
    known = known_of(answer.asked, (*(one.document for one in answer.touched), *answer.others))
    head(console, answer.asked)
    if answer.article:
        console.print(f"if {escape(answer.article)} of it changes", highlight=False)
    for words, some in _shares(answer.touched):
        tree = Tree(f"[bold]{words}[/]: {len(some)}")
        for one in some:
            _way(tree, one, known)
        console.print(tree)
    if not answer.touched:
        console.print("Nothing here rests on it.")
    _listed(console, "already changed by", answer.changes, known)
    _foot(console, answer.loose, answer.corpus, answer.truncated, answer.frontier, known)


def _shares(touched: tuple[Touched, ...]) -> Iterable[tuple[str, list[Touched]]]:
    shares = {
        "rests on it": [one for one in touched if one.strength == "strong" and one.basis == "content"],
        "rests on it for the power to act only": [
            one for one in touched if one.strength == "strong" and one.basis == "authority"
        ],
        "mentions it": [one for one in touched if one.strength == "weak"],
    }
    return ((words, some) for words, some in shares.items() if some)


def _way(tree: Tree, one: Touched, known: dict[str, Document]) -> None:
    hops = "1 hop" if one.distance == 1 else f"{one.distance} hops"
    leaf = tree.add(
        Text.assemble(named(one.document), (f"  {hops}", "dim"), (f"  {one.part}" if one.part else "", "yellow"))
    )
    for edge in one.path:
        if one.distance > 1:
            leaf.add(
                Text.assemble(
                    (f"{name(known, edge.from_id)} ", ""),
                    (_WORDS[edge.relation], "cyan"),
                    f" {name(known, edge.to_id)}",
                )
            )
        else:
            leaf.add(Text(_WORDS[edge.relation], "cyan"))
        words_of(leaf, edge, known)


def named(document: Document) -> Text:
    """A document on one line: name, body, date, whether it is held, its key and its files."""
    state = ("held", "green") if document.held else ("cited, not held", "yellow")
    if not document.complete:
        state = ("known in part only", "red")
    said = [part for part in (document.issuer, document.date) if part and part not in document.name]
    text = Text.assemble(
        (document.name, "bold"), "".join(f" · {part}" for part in said), " · ", state, "  ", (document.id, "dim")
    )
    return text.append("".join(f"  {file}" for file in document.files), "blue")


def name(known: dict[str, Document], id: str | None) -> str:
    """What a document of an answer is called, its key when the answer does not know it."""
    return known[id].name if id in known else str(id)


def said_as(edge: Edge) -> str:
    """The relation of an edge as a verb: "implements"."""
    return _WORDS[edge.relation]


def words_of(leaf: Tree, edge: Edge, known: dict[str, Document]) -> None:
    """Hang the quotes of an edge under it, with pinpoints and whose word they are."""
    by = "" if edge.asserted_by == edge.from_id else f" (by the word of {name(known, edge.asserted_by)})"
    at = f" [{'; '.join(edge.pinpoints)}]" if edge.pinpoints else ""
    for quote in edge.quotes[:3]:
        leaf.add(Text(f"“{_short(quote.text)}”{at}{by}", "italic"))


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _QUOTE else f"{plain[:_QUOTE]}…"


def head(console: Console, asked: Asked) -> None:
    """The document asked for, its subject, and what was assumed."""
    console.print(named(asked.document))
    if asked.document.subject:
        console.print(Text(_short(asked.document.subject)))
    if asked.assumed:
        console.print(
            f"[yellow]assumed[/]: {escape(asked.words)!r} leaves something open; this alone fits of what is here",
            highlight=False,
        )


def _listed(console: Console, words: str, edges: tuple[Edge, ...], known: dict[str, Document]) -> None:
    if not edges:
        return
    tree = Tree(f"[bold]{words}[/]")
    for edge in edges:
        leaf = tree.add(
            Text.assemble(name(known, edge.from_id), (f" {_WORDS[edge.relation]} ", "cyan"), name(known, edge.to_id))
        )
        words_of(leaf, edge, known)
    console.print(tree)


def _foot(
    console: Console,
    loose: tuple[Loose, ...],
    note: CorpusNote,
    truncated: bool,
    frontier: tuple[str, ...],
    known: dict[str, Document],
) -> None:
    for one in loose:
        known = known | {document.id: document for document in one.citing}
        console.print(Text.assemble((one.text, "yellow"), f": {one.document.name} ({one.document.id})"))
        for edge in one.edges[:5]:
            console.print(
                Text(f"  {name(known, edge.from_id)}: “{_short(edge.quotes[0].text) if edge.quotes else ''}”", "dim")
            )
    if truncated:
        console.print(
            f"[yellow]cut[/]: {len(frontier)} documents were not walked on from; ask with a higher --limit",
            highlight=False,
        )
    elif frontier:
        console.print(f"deeper: {len(frontier)} documents lead further; ask with a higher --depth", highlight=False)
    console.print(f"[dim]{note.text}[/]", highlight=False)


def show_candidates(console: Console, candidates: Iterable[Candidate]) -> None:
    """The documents that may be meant, one a line, with the reasons."""
    for one in candidates:
        console.print(named(one.document))
        console.print(f"  [dim]{escape('; '.join(reason.en for reason in one.reasons))}[/]", highlight=False)


def show_missing(console: Console, answer: Missing) -> None:
    """A table of what is cited and not held."""
    table = Table("cited by", "document", "title", "body", "date", Column("key", overflow="fold"))
    for one in answer.documents:
        document = one.document
        title = escape(document.subject or "") if document.subject != document.name else ""
        said = (escape(document.name), title, escape(document.issuer or ""), document.date or "", document.id)
        table.add_row(str(one.cited_by), *said)
    console.print(table)
    if answer.next is not None:
        console.print(f"more: --cursor {answer.next}", highlight=False)
    console.print(f"[dim]{answer.corpus.text}[/]", highlight=False)


def show_stats(console: Console, answer: Stats) -> None:
    """The counts, documents by kind and relationships by type."""
    console.print(
        f"{answer.held} documents held, {answer.cited} only cited, {answer.partial} of all known in part only",
        highlight=False,
    )
    console.print(
        f"{answer.tasks} tasks, {answer.dated_tasks} with a deadline; {answer.organizations} bodies", highlight=False
    )
    kinds = Table("kind", "held", "cited")
    for kind in answer.kinds:
        kinds.add_row(kind.kind or "(not known)", str(kind.held), str(kind.cited))
    edges = Table("relation", "read by", "edges")
    for edge in answer.edges:
        edges.add_row(edge.relation, edge.method, str(edge.edges))
    console.print(kinds, edges)


def show_document(console: Console, answer: DocumentCard) -> None:
    """A document, what it says of others and what they say of it."""
    known = known_of(answer.asked, answer.others)
    head(console, answer.asked)
    _listed(console, "says", answer.says, known)
    _listed(console, "is said of it", answer.said, known)
    _foot(console, answer.loose, answer.corpus, answer.truncated, (), known)


def show_documents(console: Console, answer: DocumentPage) -> None:
    """One document a line."""
    for document in answer.documents:
        console.print(named(document))
    if answer.next is not None:
        console.print(f"more: --cursor {answer.next}", highlight=False)
    console.print(f"[dim]{answer.corpus.text}[/]", highlight=False)


def known_of(asked: Asked, documents: Iterable[Document]) -> dict[str, Document]:
    """The documents of an answer by key."""
    return {document.id: document for document in (asked.document, *documents)}
