"""What the commands share: options, settings, and how an answer is printed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from rich.console import Console

from api.doors import Question, answer
from api.settings import Settings, read_settings
from api.wire import to_json

T = TypeVar("T")
_NO_TERMINAL = 4000

Home = Annotated[Path | None, typer.Option("--home", help="Where the library and the graph are kept (VANBAN_HOME).")]
StoreAt = Annotated[str | None, typer.Option("--store", help="A graph file, or neo4j://… (VANBAN_STORE).")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")]
Document = Annotated[
    str, typer.Argument(help='A key, or the document as people write it: "20-NQ/TW".', show_default=False)
]
Exact = Annotated[bool, typer.Option("--exact", help="Of a partial key, ask for what hangs on that very key.")]
Relations = Annotated[list[str] | None, typer.Option("--relation", help="Only this relation (may be repeated).")]
Depth = Annotated[int | None, typer.Option(help="Hops to walk.")]
AsOf = Annotated[str | None, typer.Option(help="Leave out documents dated after this day: 2025-07-01.")]
Confidence = Annotated[float, typer.Option(help="The least confidence of an edge.")]
Held = Annotated[
    bool | None, typer.Option("--held/--cited", help="Only documents that are held, or only those that are not.")
]
Issuers = Annotated[list[str] | None, typer.Option("--issuer", help="Only documents of this body (may be repeated).")]
Places = Annotated[list[str] | None, typer.Option("--place", help="Only documents of this place (may be repeated).")]
Cursor = Annotated[int, typer.Option(help="From this place on.", min=0)]
Limit = Annotated[int, typer.Option(help="The most documents.")]


def console() -> Console:
    """Where answers are printed: as wide as the terminal; without one so wide that no line is broken."""
    return Console() if sys.stdout.isatty() else Console(width=_NO_TERMINAL)


def settings_of(home: Path | None, store: str | None) -> Settings:
    """The settings of the environment and of the two options. Raises `BadSetting`."""
    return read_settings(home=home, store=store)


def answered(
    settings: Settings, question: Question[T], show: Callable[[Console, T], None], as_json: bool = False
) -> None:
    """Ask and print. Raises `QuestionError`, `StoreError`."""
    said = answer(settings, question)
    if as_json:
        print_json(said)
    else:
        show(console(), said)


def print_json(said: Any) -> None:
    """A frozen answer as indented JSON on standard output."""
    sys.stdout.write(to_json(said, indent=2).decode("utf-8") + "\n")
