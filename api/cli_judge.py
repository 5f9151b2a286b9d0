"""The commands for doubts and decisions: review."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli_common import AsJson, Cursor, Home, StoreAt, answered, settings_of
from api.doors import Question
from api.show_judge import show_review
from queries.review import Doubt, Review, review
from queries.scope import MAX_LIMIT


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("review")(review_command)


def review_command(
    doubt: Annotated[Doubt | None, typer.Option(help="Only doubts of this kind.")] = None,
    limit: Annotated[int, typer.Option(help="The most to list.", min=1, max=MAX_LIMIT)] = 20,
    cursor: Cursor = 0,
    store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """What people should look at, most cited first: mentions with candidates, scores, reasons and the words."""
    asked = {"doubt": doubt, "limit": limit, "cursor": cursor}
    question = Question("review", Review, lambda corpus: review(corpus, doubt, limit, cursor), asked)
    answered(settings_of(home, store), question, show_review, as_json)
