"""Names of bodies in running text: the rows of the table, and lists made of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.bodies import read_bodies, words_of
from ingest.clean import clean
from ingest.tables import table

NAMES = (
    "Sở Y tế", "Sở Nông nghiệp và Môi trường", "Bộ Công an", "Công an tỉnh", "các sở, ban, ngành", "UBND các xã",
    "Bảo hiểm xã hội tỉnh", "Hội Nông dân tỉnh", "các cơ quan, đơn vị có liên quan", "Kho bạc Nhà nước khu vực V",
)  # fmt: skip


def read(words: str) -> tuple[tuple[str, ...], str]:
    text = clean(words)
    bodies = read_bodies(words_of(text), 0, len(text.flat))
    return (bodies.names, text.flat[bodies.end :].strip()) if bodies else ((), text.flat)


@pytest.mark.parametrize("row", table("bodies")["example"], ids=lambda row: row["names"][-1])
def test_each_list_of_the_table(row: dict[str, Any]) -> None:
    names, rest = read(row["text"])
    assert (list(names), rest) == (row["names"], row["rest"])


@pytest.mark.parametrize("row", table("bodies")["counter"], ids=lambda row: row["text"])
def test_each_counter_example_of_the_table(row: dict[str, Any]) -> None:
    assert read(row["text"])[0] == ()


def test_the_names_of_bodies_as_they_are_printed() -> None:
    """Each name is read whole before a duty, behind a cue and in a list, with verbs, commas and "và" inside it."""
    listed = Path(__file__).with_name("body_names.txt").read_text(encoding="utf-8").splitlines()
    wrong = {name: said for name in listed if (said := read(name + " chủ trì, phối hợp")[0]) != (name,)}
    assert not wrong
    last = {name: said for name in listed if (said := read(f"Sở Nội vụ, {name} rà soát")[0]) != ("Sở Nội vụ", name)}
    assert not last


def test_a_name_that_a_wrap_or_marks_have_cut_is_whole() -> None:
    assert read("Hội Liên hiệp**\n\n**Phụ nữ tỉnh, Sở\nCông Thương rà soát")[0] == (
        "Hội Liên hiệp Phụ nữ tỉnh",
        "Sở Công Thương",
    )


def test_both_ways_to_place_a_tone_are_one() -> None:
    assert read("Uỷ ban nhân dân tỉnh, Sở Văn hoá và Thể thao rà soát")[0] == (
        "Uỷ ban nhân dân tỉnh",
        "Sở Văn hoá và Thể thao",
    )


@settings(deadline=None)
@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6, unique=True), st.sampled_from([", ", "; "]))
def test_any_list_of_names_is_read_back(names: list[str], joint: str) -> None:
    assert read(joint.join(names) + " chịu trách nhiệm thi hành")[0] == tuple(names)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_the_views_keep_their_length(words: str) -> None:
    text = clean(words)
    assert len(words_of(text).low) == len(text.flat)
