"""One number names many documents: the sentence decides, and where it does not the key stays open."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from graph.key import Key
from graph.model import Header, Reading
from ingest.cite import find_citations
from ingest.clean import clean
from ingest.key import with_keys

CASES = tomllib.loads(Path(__file__).with_name("collisions.toml").read_text(encoding="utf-8"))["case"]


def _key(case: dict[str, str]) -> str:
    text = clean(case["sentence"])
    header = Header(issuer=case.get("issuer", "Ủy ban nhân dân tỉnh Gia Lai"), date=case.get("date", "2023-06-01"))
    reading = with_keys(Reading("a.txt", header, find_citations(text, header)), text)
    assert reading.citations, case["sentence"]
    return str(reading.citations[0].key)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['key']} {case['sentence'][:40]}")
def test_the_sentence_decides(case: dict[str, str]) -> None:
    assert _key(case) == case["key"]


def test_open_segments_are_open() -> None:
    partial = [case for case in CASES if not Key.parse(case["key"]).complete]
    assert len(partial) >= 8
    assert all("_" in case["key"] or "~" in case["key"] for case in partial)
