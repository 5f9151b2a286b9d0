"""A register makes documents known that are not held, with dates and validity, and says which rows it left out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_intake import House, house, write

from ingest.register import BadRegister, import_register, iso
from ingest.upkeep import rebuild, remove

DECREE = "vn:state:cp:nd:2015:16"
HEAD = (
    "Số ký hiệu,Ngày ban hành,Cơ quan ban hành,Loại văn bản,Trích yếu,Tình trạng hiệu lực,"
    "Ngày có hiệu lực,Ngày hết hiệu lực\n"
)
ROWS = (
    "16/2015/NĐ-CP,14/02/2015,Chính phủ,Nghị định,Quy định cơ chế tự chủ,Hết hiệu lực toàn bộ,06/04/2015,15/08/2021\n"
    "60/2021/NĐ-CP,21/06/2021,Chính phủ,Nghị định,Cơ chế tự chủ tài chính,Còn hiệu lực,15/08/2021,\n"
)


@pytest.fixture
def one(tmp_path: Path) -> Iterator[House]:
    made = house(tmp_path)
    yield made
    made.close()


def csv_file(tmp_path: Path, content: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "register.csv"
    path.write_bytes(content.encode(encoding))
    return path


def node(one: House, key: str) -> dict[str, object]:
    found = (json.loads(line).get("node") for line in one.export())
    return next(node for node in found if node and node["id"] == key)


def test_a_register_tells_dates_and_validity(one: House, tmp_path: Path) -> None:
    write(one.docs, "law.txt")
    one.take()
    before = one.export()
    outcome = import_register(csv_file(tmp_path, HEAD + ROWS, "utf-8-sig"), one.library, one.store)
    assert (outcome.lines, outcome.left_out, outcome.doubles, outcome.known) == (2, (), 0, False)
    decree = node(one, DECREE)
    assert decree["date"] == "2015-02-14" and decree["validity"] == "expired" and decree["held"] is False
    assert decree["effective_to"] == "2021-08-15" and decree["labels"] == ["Document", "Decree"]
    assert [found.key for found in one.library.disputed()] == [DECREE]
    assert node(one, "vn:state:cp:nd:2021:60")["validity"] == "in_force"
    export = one.export()
    rebuild(one.library, one.store)
    assert one.export() == export
    assert import_register(tmp_path / "register.csv", one.library, one.store).known
    assert remove([outcome.source], one.library, one.store).unknown == ()
    assert one.export() == before and one.library.imports() == []


def test_the_header_of_a_held_document_goes_before_a_register(one: House, tmp_path: Path) -> None:
    write(one.docs, "plan.txt")
    one.take()
    row = "1511/KH-UBND,13/08/2022,Ủy ban nhân dân tỉnh Bình Thuận,Kế hoạch,Tên khác,Còn hiệu lực,,\n"
    import_register(csv_file(tmp_path, HEAD + row), one.library, one.store)
    plan = node(one, "vn:state:ubnd@binh-thuan:kh:2022:1511")
    assert plan["date"] == "2022-08-12" and plan["validity"] == "in_force" and plan["held"] is True


def test_rows_that_say_nothing_are_named_and_doubles_are_counted(one: House, tmp_path: Path) -> None:
    rows = (
        "không có số,14/02/2015,Chính phủ,Nghị định,,,,\n"
        "61/2021/NĐ-CP,ngày nào đó,Chính phủ,Nghị định,,,,\n"
        "62/2021/NĐ-CP,21/06/2021,Chính phủ,Nghị định,,Không rõ lắm,,\n"
        ",,,,,,,\n" + ROWS + ROWS
    )
    outcome = import_register(csv_file(tmp_path, HEAD + rows), one.library, one.store)
    assert (outcome.lines, outcome.doubles) == (2, 2)
    assert [line for line, _ in outcome.left_out] == [2, 3, 4]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_columns_may_be_parted_by_other_signs_and_have_english_names(one: House, tmp_path: Path, sign: str) -> None:
    table = [["Number", "Date", "Issuer", "Status"], ["16/2015/NĐ-CP", "2015-02-14", "Chính phủ", "expired"]]
    content = "".join(sign.join(row) + "\n" for row in table)
    assert import_register(csv_file(tmp_path, content), one.library, one.store).lines == 1
    assert node(one, DECREE)["validity"] == "expired"


@pytest.mark.parametrize(
    ("content", "encoding", "why"),
    [
        ("tên,tuổi\nA,3\n", "utf-8", "no column for the number .* 'tên', 'tuổi'"),
        ("", "utf-8", "nothing"),
        ("Số ký hiệu\n16/2015/NĐ-CP ế\n", "utf-16", "no CSV in UTF-8"),
    ],
)
def test_a_table_that_is_no_register_is_refused(
    one: House, tmp_path: Path, content: str, encoding: str, why: str
) -> None:
    with pytest.raises(BadRegister, match=why):
        import_register(csv_file(tmp_path, content, encoding), one.library, one.store)
    assert one.export() == []


@pytest.mark.slow
def test_two_hundred_thousand_rows_come_in(one: House, tmp_path: Path) -> None:
    rows = "".join(f"{number}/QĐ-TTg,12/05/{year},Thủ tướng Chính phủ,Quyết định,Tên {number},Còn hiệu lực,,\n"
                   for year in range(2000, 2020) for number in range(1, 10_001))  # fmt: skip
    assert import_register(csv_file(tmp_path, HEAD + rows), one.library, one.store).lines == 200_000
    assert one.store.read("count_documents") == [{"held": False, "documents": 200_000}]


@pytest.mark.parametrize(
    ("words", "day"),
    [("25/10/2017", "2017-10-25"), ("2017-10-25T00:00:00", "2017-10-25"), ("5.1.2017", "2017-01-05"),
     ("2017", "2017"), ("32/10/2017", None), ("hôm nay", None)],
)  # fmt: skip
def test_days_of_registers(words: str, day: str | None) -> None:
    assert iso(words) == day
