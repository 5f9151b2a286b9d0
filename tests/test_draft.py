"""Drafts are checked: what is cited exists or not, is certain or not, has the right date, was changed since."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from small_graph import DECISIONS, LAW, NQ20, health, store_of

from queries.answer import Document
from queries.corpus import Corpus
from queries.draft import MOST_CHARACTERS, Checked, check, formal
from queries.errors import BadQuestion

DRAFT = """KẾ HOẠCH

Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
Thực hiện Nghị quyết số 20-NQ/TW ngày 25/11/2017 của Ban Chấp hành Trung ương Đảng khóa XII; Chỉ thị số 16/CT-TTg ngày
20/9/2022 của Thủ tướng Chính phủ; Chỉ thị số 16/CT-TTg ngày 20/9/2021 của Thủ tướng Chính phủ; Quyết định số
1511/QĐ-UBND; Quyết định số 9999/QĐ-BYT ngày 01/02/2020 của Bộ Y tế; Nghị quyết số 20-NQ/TW.
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    store = store_of(tmp_path, health())
    yield Corpus(store)
    store.close()


@pytest.fixture
def cited(corpus: Corpus) -> dict[str, Checked]:
    """What is cited, by number and the date written."""
    return {f"{one.words.split()[-1]} {one.date or ''}".strip(): one for one in check(corpus, DRAFT).cited}


def test_a_wrong_date_is_told_with_the_one_that_is_known(cited: dict[str, Checked]) -> None:
    one = cited["20-NQ/TW 2017-11-25"]
    assert one.misdated and not one.fine and one.document and one.document.id == NQ20
    assert one.formal == "Nghị quyết số 20-NQ/TW ngày 25 tháng 10 năm 2017 của Ban Chấp hành Trung ương"
    assert len(one.places) == 2 and [DRAFT[start:end] for start, end in one.places] == ["Nghị quyết số 20-NQ/TW"] * 2


def test_what_was_changed_since_is_told_with_the_words(cited: dict[str, Checked]) -> None:
    one = cited["16/CT-TTg 2022-09-20"]
    assert [change.by.number for change in one.changes] == ["07/BC-UBND"] and one.changes[0].edge.quotes
    assert not one.fine and not one.misdated and not one.changes[0].whole


def test_a_year_that_no_such_document_has_is_told_with_the_one_that_has(cited: dict[str, Checked]) -> None:
    one = cited["16/CT-TTg 2021-09-20"]
    assert one.document is None and [near.date for near in one.near] == ["2022-09-20"] and one.formal is None


def test_what_may_be_several_stays_open(cited: dict[str, Checked]) -> None:
    one = cited["1511/QĐ-UBND"]
    assert one.status == "ambiguous" and {each.document.id for each in one.candidates} == set(DECISIONS)
    assert one.formal is None and not one.known


def test_what_nothing_here_knows_is_told_and_what_is_right_is_fine(cited: dict[str, Checked]) -> None:
    assert not cited["9999/QĐ-BYT 2020-02-01"].known and cited["9999/QĐ-BYT 2020-02-01"].near == ()
    law = next(one for one in cited.values() if one.key == LAW)
    assert law.fine and law.formal == "Luật Tổ chức chính quyền địa phương số 77/2015/QH13 ngày 19 tháng 6 năm 2015"


def test_every_citation_is_marked_once_in_the_text(corpus: Corpus) -> None:
    answer = check(corpus, DRAFT)
    marked = [piece for one in answer.passages for piece in one.pieces if piece.mark is not None]
    assert len(marked) == len(answer.marks) == sum(len(one.places) for one in answer.cited)
    for piece in marked:
        mark = answer.marks[piece.mark or 0]
        assert (mark.start, mark.end) in answer.cited[int(mark.key)].places


def test_nothing_is_looked_at_in_a_draft_that_is_a_state_secret(corpus: Corpus) -> None:
    secret = check(corpus, "TỈNH ỦY BÌNH THUẬN\nMẬT\nSố: 1-CV/TU\n\nCÔNG VĂN\n\n" + DRAFT)
    assert secret.secrecy and secret.cited == () and secret.passages == ()


def test_a_draft_has_a_bound_and_may_be_empty(corpus: Corpus) -> None:
    with pytest.raises(BadQuestion):
        check(corpus, "a" * (MOST_CHARACTERS + 1))
    assert check(corpus, "không có gì").cited == ()


@pytest.mark.parametrize(
    ("date", "written"),
    [
        ("2022-09-03", "Công văn số 5/CV ngày 03 tháng 9 năm 2022 của Bộ Y tế"),
        ("2024-01-18", "Công văn số 5/CV ngày 18 tháng 01 năm 2024 của Bộ Y tế"),
        ("2024-11", "Công văn số 5/CV tháng 11 năm 2024 của Bộ Y tế"),
        ("2024", "Công văn số 5/CV năm 2024 của Bộ Y tế"),
        (None, "Công văn số 5/CV của Bộ Y tế"),
    ],
)
def test_a_citation_is_written_in_full(date: str | None, written: str) -> None:
    assert formal(Document("vn:x", "x", "5/CV", "Công văn", "Bộ Y tế", date=date)) == written
