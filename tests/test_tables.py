"""The shipped tables: their shape, what must be unique, and what they say of each other."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from graph.key import Key
from graph.model import Header, Reading
from ingest.cite import find_citations
from ingest.clean import clean
from ingest.key import with_keys
from ingest.key_body import words
from ingest.key_name import alias, law_name, name_words, versions
from ingest.key_period import roman
from ingest.key_place import slug
from ingest.key_plenum import acts_by_key
from ingest.key_symbol import body_rows, symbol, type_rows
from ingest.tables import table

DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?\Z")
SYSTEMS = {"state", "party", "na", "org"}
LABELS = {
    "Law",
    "Ordinance",
    "Order",
    "Resolution",
    "Decree",
    "Decision",
    "Circular",
    "Directive",
    "Rules",
    "Notice",
    "Guidance",
    "Programme",
    "Plan",
    "Scheme",
    "Strategy",
    "Report",
    "Minutes",
    "Submission",
    "Contract",
    "Telegram",
    "Letter",
    "Agreement",
    "Paper",
    "Copy",
    "Conclusion",
    "Declaration",
    "Charter",
    "Consolidation",
}


def _rows(name: str, kind: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table(name)[kind]
    return rows


def _twice(values: list[Any]) -> list[Any]:
    return [value for value, count in Counter(values).items() if count > 1]


def _dated(row: dict[str, Any]) -> None:
    for name in ("date", "effective", "valid_from", "valid_to", "start", "since", "city_from"):
        assert name not in row or DAY.match(row[name]) or re.match(r"\d{4}-\d{4}\Z", row[name]), row


def test_types_have_a_segment_and_a_family() -> None:
    for row in _rows("types", "type"):
        assert {"name", "systems", "key", "label"} <= set(row) <= {
            "name", "codes", "systems", "key", "label", "normative", "issuer", "example",
        }, row  # fmt: skip
        assert set(row["systems"]) <= {"state", "party"} and row["label"] in LABELS, row
        assert Key(type=row["key"]) and Key(type=row.get("normative", row["key"]))
        assert "issuer" not in row or body_rows(row["issuer"]), row


def test_examples_of_types_are_numbers_of_theirs() -> None:
    for row in _rows("types", "type"):
        if "example" in row:
            taken = symbol(row["example"])
            assert taken and (taken.type_code is None or row in type_rows(taken.type_code)), row


def test_a_code_means_one_series_in_one_system() -> None:
    for system in ("state", "party"):
        named: dict[str, set[str]] = {}
        for row in _rows("types", "type"):
            if system in row["systems"]:
                for code in row.get("codes", ()):
                    named.setdefault(code, set()).add(row["key"])
        clashes = {code: keys for code, keys in named.items() if len(keys) > 1}
        assert clashes in ({}, {"L": {"luat", "lenh"}, "SL": {"sl", "saoluc"}}), clashes


def test_type_segments_stand_for_one_family() -> None:
    families: dict[str, set[str]] = {}
    for row in _rows("types", "type"):
        families.setdefault(row["key"], set()).add(row["label"])
    assert {key: labels for key, labels in families.items() if len(labels) > 1} in (
        {},
        {"qd": {"Decision", "Rules"}},
    )


def test_issuers_have_names_and_segments() -> None:
    rows = _rows("issuers", "issuer")
    allowed = {
        "code",
        "codes",
        "name",
        "aliases",
        "key",
        "system",
        "level",
        "local",
        "many",
        "national",
        "office",
        "valid_from",
        "valid_to",
        "successor",
        "example",
        "note",
    }
    for row in rows:
        assert {"code", "name", "key", "system", "level", "local"} <= set(row) <= allowed, row
        assert row["system"] in SYSTEMS and row["level"] in table("successions")["levels"] | {
            "province,district,commune": 1, "party any level": 1, "party-local": 1,
        }, row  # fmt: skip
        assert Key(issuer=row["key"])
        assert "(" not in row["name"] or row["code"] == "ThU", row
        _dated(row)
    assert not _twice([row["key"] for row in rows])
    assert not _twice([(row["code"], row["system"] == "party") for row in rows])


def test_no_spelling_means_two_bodies() -> None:
    spellings: dict[str, set[str]] = {}
    for row in _rows("issuers", "issuer"):
        for name in (row["name"], *row.get("aliases", ())):
            spellings.setdefault(words(name), set()).add(row["key"])
    assert {name: keys for name, keys in spellings.items() if len(keys) > 1} == {}


def test_codes_of_other_bodies_are_not_taken() -> None:
    codes: dict[tuple[str, bool], set[str]] = {}
    for row in _rows("issuers", "issuer"):
        for code in (row["code"], *row.get("codes", ())):
            codes.setdefault((code, row["system"] == "party"), set()).add(row["key"])
    assert {code: keys for code, keys in codes.items() if len(keys) > 1} == {}


def test_successors_and_offices_are_in_the_table() -> None:
    codes = {row["code"] for row in _rows("issuers", "issuer")}
    for row in _rows("issuers", "issuer"):
        assert row.get("successor", row["code"]) in codes and row.get("office", row["code"]) in codes, row
    for step in _rows("successions", "succession"):
        assert {step["from"], step["to"]} <= codes and DAY.match(step["date"]), step
    parents = table("successions")["parents"]
    assert set(parents.values()) <= codes


def test_ended_bodies_have_a_succession_on_the_next_day() -> None:
    starts = {(step["from"], step["to"]) for step in _rows("successions", "succession")}
    for row in _rows("issuers", "issuer"):
        if "successor" in row and row["code"] not in ("BCSĐ", "ĐĐ"):
            assert (row["code"], row["successor"]) in starts, row


def test_examples_of_issuers_are_numbers_of_theirs() -> None:
    for row in _rows("issuers", "issuer"):
        if "example" in row:
            taken = symbol(row["example"])
            assert taken and row in body_rows(taken.bodies[0]), row


def test_provinces_are_63_and_34_and_know_each_other() -> None:
    before, after = _rows("places", "province"), _rows("places", "province_2025")
    assert (len(before), len(after)) == (63, 34)
    new = {row["slug"]: set(row["members"]) for row in after}
    assert set().union(*new.values()) == {row["slug"] for row in before}
    for row in before:
        assert row["slug"] in new[row["successor"]], row
        assert row["merged"] == (len(new[row["successor"]]) > 1), row
        assert slug(row["name"]) == row["slug"], row
        _dated(row)
    assert not _twice([row["code"] for row in before]) and not _twice([row["code"] for row in after])
    assert sum(row["kind"] == "thành phố" for row in after) == 6


def test_no_spelling_means_two_provinces() -> None:
    spellings: dict[str, set[str]] = {}
    for row in _rows("places", "province"):
        for name in (row["name"], *row.get("aliases", ())):
            spellings.setdefault(words(name), set()).add(row["slug"])
    assert {name: found for name, found in spellings.items() if len(found) > 1} == {}


def test_terms_follow_each_other() -> None:
    registers: dict[str, list[dict[str, Any]]] = {}
    for row in _rows("terms", "term"):
        assert roman(row["term"]), row
        _dated(row)
        registers.setdefault(row["register"], []).append(row)
    for name in ("party_national", "national_assembly"):
        rows = registers[name]
        assert [roman(row["term"]) for row in rows] == sorted(roman(row["term"]) or 0 for row in rows)
        assert all(one["end"][:4] <= two["start"][:4] for one, two in pairwise(rows))
    places = {row["slug"] for row in _rows("places", "province")}
    assert all(name.partition(":")[2] in places for name in registers if name.startswith("party_province:"))


def test_laws_have_one_number_one_name_and_days() -> None:
    rows = _rows("laws", "law")
    assert not _twice([row["number"] for row in rows])
    for row in rows:
        assert {"number", "type", "name"} <= set(row) <= {"number", "type", "name", "date", "effective", "key"}, row
        assert "key" in row or symbol(row["number"]), row
        assert not re.search(r"[(].*cut|\s\s", row["name"]) and row["name"].startswith(row["type"]), row
        assert law_name(row["name"]), row
        _dated(row)
        assert row.get("effective", "9999")[:4] >= row.get("date", "0000")[:4], row
        year = re.search(r"/((?:19|20)\d\d)/", row["number"])
        assert not year or "date" not in row or row["date"][:4] == year[1], row


def test_of_two_laws_with_one_name_the_newer_one_is_in_force_later() -> None:
    for row in _rows("laws", "law"):
        found = versions(law_name(row["name"]))  # type: ignore[arg-type]
        forces = [law.effective for law in found if law.effective]
        assert forces == sorted(forces), row["name"]
        assert not _twice([law.adopted.first for law in found]), row["name"]


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("26/2023/QH15", "Luật Căn cước"),
        ("11/2022/QH15", "Luật Thanh tra"),
        ("117/2025/QH15", "Luật Bảo vệ bí mật nhà nước"),
    ],
)
def test_laws_that_were_missing_are_there(number: str, name: str) -> None:
    assert number in {law.number for law in versions(law_name(name))}  # type: ignore[arg-type]


def test_aliases_are_keys_and_read_back() -> None:
    for row in _rows("aliases", "alias"):
        key = Key.parse(row["key"])
        assert key.complete and DAY.match(row["since"]), row
        for name in row["names"]:
            assert alias(name, "9999-12-31").key == key, name  # type: ignore[union-attr]
            assert alias(name, "1900-01-01") is None
    laws = {name_words(row["name"]) for row in _rows("laws", "law")}
    shorts = [short for row in _rows("aliases", "law") for short in row["short"]]
    assert not _twice([name_words(short) for short in shorts])
    assert all(name_words(row["name"]) in laws for row in _rows("aliases", "law"))
    assert all(law_name(short) for short in shorts)


def test_no_words_of_a_plenum_tell_two_of_its_acts() -> None:
    said = [
        (row["term"], row["plenum"], row["number"].split("-")[1], name_words(words))
        for row in _rows("plenums", "act")
        for words in row["about"]
    ]
    assert not _twice(sorted(set(said)))
    for row in _rows("plenums", "act"):
        assert set(row) <= {"term", "plenum", "number", "date", "about", "example"} and DAY.match(row["date"]), row
        assert symbol(row["number"]).party, row  # type: ignore[union-attr]


def test_acts_of_plenums_are_known_by_the_keys_that_their_numbers_give() -> None:
    for key, said in acts_by_key().items():
        text = clean(f"Thực hiện {said['kind']} số {said['number']} ngày {said['date'][:4]};")
        reading = Reading("a", Header(), find_citations(text, Header()))
        (cited,) = [replace(one, date=said["date"]) for one in reading.citations]
        assert with_keys(replace(reading, citations=(cited,)), text).citations[0].key == key


def test_examples_of_plenums_mean_their_acts() -> None:
    for row in (row for row in _rows("plenums", "act") if "example" in row):
        text = clean(f"Thực hiện {row['example']};")
        (cited,) = with_keys(Reading("a", Header(date="2025-01-01"), find_citations(text, Header())), text).citations
        number, code = row["number"].removesuffix("/TW").split("-")
        assert Key.parse(cited.key or "").number == str(int(number)) and f":{code.lower()}:" in str(cited.key), row


def test_types_are_found_by_code_in_any_case() -> None:
    assert type_rows("qđ") == type_rows("QĐ") and type_rows("QD") == type_rows("QĐ")
    assert {row["key"] for row in type_rows("HD")} == {"hd"}
    assert {row["key"] for row in type_rows("HĐ")} == {"hdong"}


@pytest.mark.parametrize("name", ["aliases", "bodies", "issuers", "layout", "names", "tasks", "types"])
def test_no_list_of_words_says_one_twice(name: str) -> None:
    def twice(part: Any) -> list[Any]:
        if isinstance(part, dict):
            return [found for value in part.values() for found in twice(value)]
        if not isinstance(part, list):
            return []
        if all(isinstance(word, str) for word in part):
            return [word for word, count in Counter(part).items() if count > 1]
        return [found for value in part for found in twice(value)]

    assert twice(table(name)) == []
