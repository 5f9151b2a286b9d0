"""The table of acts that are cited for power only."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from queries.authority import gives_power

ROWS = tomllib.loads(files("queries").joinpath("authority.toml").read_text(encoding="utf-8"))["authority"]


@pytest.mark.parametrize("text", [text for row in ROWS for text in row["examples"]])
def test_an_example_gives_power(text: str) -> None:
    assert gives_power(text)


@pytest.mark.parametrize("text", [text for row in ROWS for text in row["counter"]])
def test_a_counter_example_does_not(text: str) -> None:
    assert not gives_power(text)
