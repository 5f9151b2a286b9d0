"""The commands that serve and show: serve, demo, settings."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli_common import AsJson, Home, StoreAt, console, print_json, settings_of


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (serve_command, settings_command):
        app.command(command.__name__.removesuffix("_command"))(command)


def serve_command(
    host: Annotated[str | None, typer.Option(help="The address to listen on (VANBAN_HOST).")] = None,
    port: Annotated[int | None, typer.Option(help="The port to listen on (VANBAN_PORT).", min=0, max=65535)] = None,
    store: StoreAt = None,
    home: Home = None,
) -> None:
    """Answer over HTTP until interrupted; commands on this machine ask and write through it meanwhile."""
    from api.serving import serve

    settings = settings_of(home, store)
    serve(settings, host or settings.host, settings.port if port is None else port)


def settings_command(store: StoreAt = None, home: Home = None, as_json: AsJson = False) -> None:
    """The settings in force; passwords and keys are not shown."""
    shown = settings_of(home, store).shown()
    if as_json:
        print_json(shown)
        return
    for name, value in shown.items():
        console().print(f"{name}={value}", highlight=False, markup=False)
