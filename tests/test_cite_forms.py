"""Each row of the tables of forms and names reads its examples and refuses its counter-examples."""

from __future__ import annotations

from typing import Any

import pytest

from graph.model import Citation, Header
from ingest.cite import find_citations
from ingest.cite_numbers import find_numbers
from ingest.clean import clean
from ingest.tables import table

HEADER = Header(issuer="Ủy ban nhân dân tỉnh Bình Thuận", place="tỉnh Bình Thuận", date="2026-06-01")


def cited(words: str) -> tuple[Citation, ...]:
    return find_citations(clean(words), HEADER)


def rows(name: str, part: str, field: str) -> list[Any]:
    return [
        pytest.param(row, one, id=f"{row['name']}: {one}") for row in table(name)[part] for one in row.get(field, ())
    ]


@pytest.mark.parametrize(("row", "example"), rows("forms", "shape", "examples"))
def test_a_form_reads_its_example(row: dict[str, Any], example: list[str]) -> None:
    words, number = example
    found = list(find_numbers(clean(words), 0, len(words)))
    assert [one.number for one in found] == [number]
    assert found[0].symbol is not None
    assert found[0].symbol.shape == row["name"]


@pytest.mark.parametrize(("row", "words"), rows("forms", "shape", "refuses"))
def test_a_form_refuses_its_counter_example(row: dict[str, Any], words: str) -> None:
    assert [one.number for one in cited(words)] == []


@pytest.mark.parametrize(("row", "words"), rows("names", "named", "examples"))
def test_a_name_reads_its_example(row: dict[str, Any], words: str) -> None:
    found = [one for one in cited(words) if one.method == row["name"]]
    assert len(found) == 1
    assert found[0].name == found[0].text
    assert found[0].type is not None


@pytest.mark.parametrize(("row", "listed"), rows("names", "named", "lists"))
def test_a_list_of_names_is_read_by_its_members(row: dict[str, Any], listed: tuple[str, list[str]]) -> None:
    words, names = listed
    found = [one for one in cited(words) if one.method == row["name"]]
    assert [one.name for one in found] == names
    assert all(one.text in words and one.term for one in found)


@pytest.mark.parametrize(("row", "words"), rows("names", "named", "refuses"))
def test_a_name_refuses_its_counter_example(row: dict[str, Any], words: str) -> None:
    assert [one.name for one in cited(words) if one.method == row["name"]] == []


@pytest.mark.parametrize("words", table("names")["future"]["examples"])
def test_a_document_to_come_is_no_mention(words: str) -> None:
    assert cited(words) == ()


@pytest.mark.parametrize("words", table("names")["future"]["refuses"])
def test_a_law_that_was_passed_is_a_mention(words: str) -> None:
    assert len(cited(words)) == 1


@pytest.mark.parametrize("name", table("names")["laws"]["names"])
def test_a_listed_law_is_read_whole(name: str) -> None:
    assert [one.name for one in cited(f"theo quy định của {name} và các văn bản khác")] == [name]


LAWS = [law for law in table("laws")["law"] if "/" in law["number"]]


@pytest.mark.parametrize("row", LAWS, ids=lambda row: row["number"])
def test_a_law_is_read_by_its_number(row: dict[str, Any]) -> None:
    assert row["number"] in [one.number for one in cited(f"Căn cứ {row['type']} số {row['number']};")]


@pytest.mark.parametrize(
    "row",
    [row for row in table("issuers")["issuer"] if row.get("example")],
    ids=lambda row: f"{row['code']}: {row['example']}",
)
def test_a_body_of_the_table_is_read_in_its_example(row: dict[str, Any]) -> None:
    found = cited(f"tại Văn bản số {row['example']} ngày 01/02/2024")
    assert [(one.number, one.date) for one in found] == [(row["example"], "2024-02-01")]
