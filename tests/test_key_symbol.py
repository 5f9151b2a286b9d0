"""Numbers taken apart, in the shapes that people write them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.key_symbol import Symbol, symbol
from ingest.tables import table


@pytest.mark.parametrize(
    ("number", "parts"),
    [
        ("20-NQ/TW", Symbol("20", None, "NQ", ("TW",), None, True)),
        ("20- NQ/TW", Symbol("20", None, "NQ", ("TW",), None, True)),
        ("376/QĐ-TTg", Symbol("376", None, "QĐ", ("TTg",))),
        ("06/2022/QĐ-TTg", Symbol("6", "2022", "QĐ", ("TTg",))),
        ("15/2023/QH15", Symbol("15", "2023", None, ("QH",), "15")),
        ("1669/NQ-UBTVQH15", Symbol("1669", None, "NQ", ("UBTVQH",), "15")),
        ("06/2003/PL-UBTVQH11", Symbol("6", "2003", "PL", ("UBTVQH",), "11")),
        ("3933/UBND-KGVXNV", Symbol("3933", None, None, ("UBND",))),
        ("10988/BNV-CQĐP", Symbol("10988", None, None, ("BNV",))),
        ("37/2015/TTLT-BLĐTBXH-BTC-BYT", Symbol("37", "2015", "TTLT", ("BLĐTBXH", "BTC", "BYT"))),
        ("225-KH/TWĐTN-TNNT", Symbol("225", None, "KH", ("TWĐTN",), None, True)),
        ("66.13/2026/NQ-CP", Symbol("66.13", "2026", "NQ", ("CP",))),
        ("18B/SL", Symbol("18b", None, "SL")),
        ("332/HĐBT", Symbol("332", None, None, ("HĐBT",))),
        ("05-CP", Symbol("5", None, None, ("CP",))),
        ("1842/QĐ", Symbol("1842", None, "QĐ")),
        ("07/2025/L-CTN", Symbol("7", "2025", "L", ("CTN",))),
        ("498/UBDNGS16", Symbol("498", None, None, ("UBDNGS",), "16")),
        ("30/2020", Symbol("30", "2020")),
        ("377", Symbol("377")),
        ("863/QĐ-UB/TC", Symbol("863", None, "QĐ", ("UB",))),
    ],
)
def test_a_number_has_parts(number: str, parts: Symbol) -> None:
    assert symbol(number) == parts


@pytest.mark.parametrize("text", ["", "QĐ-TTg", "Đề án 06", "-", "/UBND-VX"])
def test_no_number_no_symbol(text: str) -> None:
    assert symbol(text) is None


@given(st.text(max_size=200))
@settings(deadline=None)
def test_any_text_is_taken_apart_or_left(text: str) -> None:
    found = symbol(text)
    assert found is None or found.number


def test_examples_of_bodies_name_them() -> None:
    for row in table("issuers")["issuer"]:
        if "example" in row:
            found = symbol(row["example"])
            assert found is not None and found.bodies, row["example"]
            assert found.bodies[0] in (row["code"], *row.get("codes", ())), row["example"]
