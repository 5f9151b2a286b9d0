"""What was searched for, as people read it: a passage a document with the words marked, and what can be filtered by."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.text import Text

from api.show import head, named
from graph.library_search import Passage
from queries.search import Results
from queries.similar import Similar

_VALUES = 5
_QUOTE = 400


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


def show_similar(console: Console, answer: Similar) -> None:
    """The documents with the shares and the longest passages."""
    head(console, answer.asked)
    if answer.source is None:
        console.print("Its text is not held here: there is nothing to compare.")
    for one in answer.documents:
        age = {True: "older", False: "newer", None: "a day is not known"}[one.earlier]
        console.print(named(one.document))
        console.print(
            f"  {one.contained:.0%} of the text asked for stands in it, {one.contains:.0%} of it in that one; {age}",
            highlight=False,
        )
        for shared in one.passages[:_VALUES]:
            place = f"{shared.start}-{shared.end} " if shared.start is not None else ""
            console.print(Text.assemble("  ", (place, "dim"), f"“{shared.text[:_QUOTE]}”"))
    if answer.source is not None and not answer.documents:
        console.print("No other text here shares enough words with it.")
    if answer.truncated:
        console.print("There are more than were compared or listed.")
    console.print(f"[dim]{answer.corpus.text}[/]", highlight=False)
