"""The commands that read files: read, and those that keep what was read."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from api.cli_common import console
from graph.model import Reading
from graph.reading import to_json
from ingest.extract import extract
from ingest.read import Unreadable, read_file

Paths = Annotated[list[Path], typer.Argument(help="Files, folders, or patterns like docs/*.md.", show_default=False)]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (read_command,):
        app.command(command.__name__.removesuffix("_command"))(command)


def read_command(
    paths: Paths,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One reading a line, as JSON.")] = False,
) -> None:
    """What is read in files, without keeping it."""
    failed = 0
    for path in paths:
        try:
            source = read_file(path)
        except Unreadable as error:
            failed += 1
            Console(stderr=True).print(f"[red]not read[/]: {escape(str(error))}", highlight=False)
            continue
        reading = extract(path.name, source.text)
        if jsonl:
            sys.stdout.write(json.dumps(to_json(reading), ensure_ascii=False) + "\n")
        else:
            show_reading(console(), reading)
    raise typer.Exit(1 if failed else 0)


def show_reading(console: Console, reading: Reading) -> None:
    """The header, the citations and the tasks of one document."""
    header = reading.header
    console.rule(escape(reading.document))
    console.print(
        escape(" · ".join(filter(None, (header.type, header.number, header.issuer, header.date, reading.key))))
    )
    citations = Table("at", "words", "relation", "of", "key")
    for one in reading.citations:
        citations.add_row(
            str(one.start), escape(" ".join(one.text.split())), one.relation, one.from_number or "", one.key or ""
        )
    orders = Table("at", "lead", "with", "by", "task")
    for task in reading.tasks:
        orders.add_row(
            str(task.start), escape("; ".join(task.lead)), escape("; ".join(task.coordinate)), task.deadline or "",
            escape(" ".join(task.text.split())[:120]),
        )  # fmt: skip
    console.print(citations, orders)
    for flag in reading.flags:
        console.print(f"[yellow]doubtful[/]: {escape(flag)}", highlight=False)
