"""What was searched for, as people read it: a passage a document with the words marked, and what can be filtered by."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.text import Text

from api.show import named
from graph.library_search import Passage
from queries.search import Results

_VALUES = 5


def show_search(console: Console, answer: Results) -> None:
    """The documents with their passages, then the counts of each filter."""
    for hit in answer.hits:
        console.print(Text.assemble(named(hit.document), (f" [{hit.by}]", "dim")))
        console.print(Text("  ").append(marked(hit.passage)))
    cut = " or more" if answer.truncated else ""
    console.print(f"{answer.total}{cut} found for [bold]{escape(answer.words)}[/]", highlight=False)
    for facet in answer.facets:
        values = ", ".join(f"{one.value} ({one.documents})" for one in facet.values[:_VALUES])
        if values:
            more = ", …" if len(facet.values) > _VALUES else ""
            console.print(f"[dim]{facet.name}: {escape(values)}{more}[/]", highlight=False)
    if not answer.texts:
        console.print("There is no library here: only numbers were searched for.")
    if answer.next is not None:
        console.print(f"more: --cursor {answer.next}", highlight=False)
    console.print(f"[dim]{answer.corpus.text}[/]", highlight=False)


def marked(passage: Passage) -> Text:
    """The words of a passage, those asked for in bold."""
    text = Text(passage.text)
    for start, end in passage.marks:
        text.stylize("bold yellow", start, end)
    return text
