"""Headers are read from the layouts in which documents come (layouts.toml)."""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from ingest.clean import clean
from ingest.header import read_header

LAYOUTS = tomllib.loads(Path(__file__).with_name("layouts.toml").read_text(encoding="utf-8"))["layout"]


def differences(row: dict[str, Any], text: str) -> dict[str, object]:
    """The fields of the header of `text` that are not as the row says."""
    wanted = {name: tuple(said) if isinstance(said, list) else said for name, said in row["fields"].items()}
    wanted |= dict.fromkeys(row.get("lost", ()))
    said = read_header(clean(text))
    return {name: getattr(said, name) for name in wanted if getattr(said, name) != wanted[name]}


@pytest.mark.parametrize("row", LAYOUTS, ids=lambda row: row["name"])
def test_layouts(row: dict[str, Any]) -> None:
    assert differences(row, row["text"]) == {}


@pytest.mark.parametrize("row", LAYOUTS, ids=lambda row: row["name"])
def test_layouts_with_other_line_ends_and_decomposed_letters(row: dict[str, Any]) -> None:
    assert differences(row, unicodedata.normalize("NFD", row["text"]).replace("\n", "\r\n")) == {}


@pytest.mark.parametrize(
    ("clause", "day"),
    [
        ("1. Thông tư này có hiệu lực thi hành kể từ ngày được ban hành.", "2030-05-09"),
        ("1. Thông tư có hiệu lực kể từ ngày 29 tháng 12 năm 2030.", "2030-12-29"),
        ("1. Thông tư số 05/2020/TT-BYT có hiệu lực kể từ ngày 29 tháng 12 năm 2020.", None),
        ("1. Bộ thi hành Thông tư này. Ủy ban cấp giấy phép có hiệu lực từ ngày 29 tháng 12 năm 2030.", None),
    ],
)
def test_a_clause_on_its_effect_may_leave_the_this_out(clause: str, day: str | None) -> None:
    head = "BỘ Y TẾ\n\nSố: 12/2030/TT-BYT\n\nHà Nội, ngày 09 tháng 5 năm 2030\n\nTHÔNG TƯ\n\nVề giá"
    raw = f"{head}\n\nĐiều 2.\n\n{clause}\n"
    assert read_header(clean(raw)).effective_from == day
