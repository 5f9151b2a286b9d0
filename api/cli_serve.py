"""The commands that serve and show: serve, demo, settings."""

from __future__ import annotations

from importlib.resources import as_file, files
from typing import Annotated

import typer

from api.cli_common import AsJson, Home, StoreAt, answered, console, print_json, settings_of
from api.doors import Question
from api.keeping import ingest_at
from api.settings import Settings
from api.show import show_impact, show_lineage
from api.show_report import show_report
from ingest.intake import Options
from queries.impact import Impact, impact
from queries.lineage import Lineage, lineage

DEMO = "20-NQ/TW"
Host = Annotated[str | None, typer.Option(help="The address to listen on (VANBAN_HOST).")]
Port = Annotated[int | None, typer.Option(help="The port to listen on (VANBAN_PORT).", min=0, max=65535)]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (serve_command, demo_command, settings_command):
        app.command(command.__name__.removesuffix("_command"))(command)


def serve_command(host: Host = None, port: Port = None, store: StoreAt = None, home: Home = None) -> None:
    """Answer over HTTP until interrupted; commands on this machine ask and write through it meanwhile."""
    _serve(settings_of(home, store), host, port)


def _serve(settings: Settings, host: str | None, port: int | None) -> None:
    from api.serving import serve  # here: the web framework takes longer to load than most commands run

    serve(settings, host or settings.host, settings.port if port is None else port)


def demo_command(
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve after printing.")] = True,
    host: Host = None, port: Port = None, store: StoreAt = None, home: Home = None,
) -> None:  # fmt: skip
    """Read five real documents, show what rests on Nghị quyết 20-NQ/TW with the words that say so, and serve."""
    settings = settings_of(home, store)
    with as_file(files("api.demo")) as folder:
        show_report(console(), ingest_at(settings, sorted(str(path) for path in folder.glob("*.txt")), Options()))
    asked = {"document": DEMO}
    _heading(f'vanban lineage "{DEMO}"')
    answered(settings, Question("lineage", Lineage, lambda corpus: lineage(corpus, DEMO), asked), show_lineage)
    _heading(f'vanban impact "{DEMO}"')
    answered(settings, Question("impact", Impact, lambda corpus: impact(corpus, DEMO), asked), show_impact)
    if serve:
        _serve(settings, host, port)


def _heading(words: str) -> None:
    console().print(f"\n[bold reverse] {words} [/]\n", highlight=False)


def settings_command(store: StoreAt = None, home: Home = None, as_json: AsJson = False) -> None:
    """The settings in force; passwords and keys are not shown."""
    shown = settings_of(home, store).shown()
    if as_json:
        print_json(shown)
        return
    for name, value in shown.items():
        console().print(f"{name}={value}", highlight=False, markup=False)
