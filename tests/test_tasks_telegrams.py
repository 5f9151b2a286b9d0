"""Orders as telegrams and announcements give them: to bodies named before, by the hour."""

from __future__ import annotations

import pytest

from graph.model import Header
from ingest.clean import clean
from ingest.tasks import find_tasks


def read(raw: str) -> list[tuple[tuple[str, ...], str | None]]:
    found = find_tasks(clean(raw), Header(issuer="Thủ tướng Chính phủ"))
    return [(task.lead, task.deadline) for task in found.tasks]


@pytest.mark.parametrize(
    ("raw", "lead"),
    [
        (
            "1. Bộ trưởng các Bộ, Thủ trưởng các cơ quan ngang bộ, Chủ tịch Ủy ban nhân dân các tỉnh, thành phố nêu "
            "trên tiếp tục thực hiện nghiêm chỉ đạo của Bộ Chính trị.",
            ("các Bộ", "các cơ quan ngang bộ", "Ủy ban nhân dân các tỉnh, thành phố nêu trên"),
        ),
        ("2. Ủy ban nhân dân các tỉnh trên tập trung rà soát nhà ở.", ("Ủy ban nhân dân các tỉnh trên",)),
        ("3. Các đơn vị trên địa bàn rà soát nhà ở.", ("Các đơn vị trên địa bàn",)),
        ("4. Đề nghị Đoàn ĐBQH tỉnh giám sát việc thực hiện.", ("Đoàn ĐBQH tỉnh",)),
    ],
)
def test_bodies_that_were_named_before(raw: str, lead: tuple[str, ...]) -> None:
    assert [said for said, _ in read(raw)] == [lead]


@pytest.mark.parametrize(
    ("words", "deadline"),
    [
        ("trước 17 giờ 00 ngày 30/11/2025", "2025-11-30"),
        ("trước 20h00 ngày 28 tháng 11 năm 2025", "2025-11-28"),
        ("trước 20 giờ hằng ngày", "trước 20 giờ hằng ngày"),
    ],
)
def test_deadlines_by_the_hour(words: str, deadline: str) -> None:
    assert read(f"5. Bộ Công an báo cáo Thủ tướng Chính phủ {words}.") == [(("Bộ Công an",), deadline)]
