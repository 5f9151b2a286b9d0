"""Who is told to act: openings, headings that speak for their items, what only looks like an order."""

from __future__ import annotations

import pytest
from found_tasks import find, leads, only


@pytest.mark.parametrize(
    ("raw", "lead"),
    [
        ("Đối với Sở Y tế: khẩn trương kiện toàn Ban Chỉ đạo.", ["Sở Y tế"]),
        ("Về phía các địa phương, cần chủ động bố trí nguồn lực.", ["các địa phương"]),
        ("Sở Y tế xem xét, xử lý kiến nghị của doanh nghiệp theo quy định.", ["Sở Y tế"]),
        ("Sở Y tế đầu mối tổng hợp, báo cáo kết quả.", ["Sở Y tế"]),
        ("Giao trách nhiệm Sở Y tế kiểm tra, giám sát việc thực hiện.", ["Sở Y tế"]),
        ("Các bộ, ngành, nhất là Bộ Y tế khẩn trương hoàn thiện thể chế.", ["Các bộ, ngành", "Bộ Y tế"]),
    ],
)
def test_what_tells_a_body_to_act(raw: str, lead: list[str]) -> None:
    assert leads(raw) == [lead]


@pytest.mark.parametrize(
    "raw",
    [
        "Đối với cá nhân: ghi rõ họ và tên, nơi thường trú.",
        "UBND tỉnh ban hành Kế hoạch triển khai với các nội dung chủ yếu như sau:",
        "Ban Thường vụ Tỉnh ủy yêu cầu thực hiện tốt các nội dung sau:",
        "Theo báo cáo của Sở Y tế, các địa phương thực hiện tốt công tác phòng dịch.",
    ],
)
def test_what_tells_no_body_to_act(raw: str) -> None:
    assert leads(raw) == []


def test_a_clause_that_hands_on_begins_at_its_own_mark() -> None:
    said = find("Sở Y tế rà soát; đồng thời, phối hợp với Sở Nội vụ tham mưu; giao Sở Tài chính bố trí kinh phí.").tasks
    assert [(task.lead, task.coordinate) for task in said] == [
        (("Sở Y tế",), ("Sở Nội vụ",)),
        (("Sở Tài chính",), ()),
    ]
    assert said[1].text == "giao Sở Tài chính bố trí kinh phí."


def test_what_is_said_of_contents_is_no_task_of_the_body_above() -> None:
    assert leads(
        "1. Bộ Công an có trách nhiệm:\n\na) Hướng dẫn các đơn vị.\n\nb) Nội dung hướng dẫn gồm: nguy cơ, biện pháp.\n"
    ) == [["Bộ Công an"]]


def test_a_title_above_items_and_what_a_person_is_given_are_no_tasks_of_the_bodies_above() -> None:
    raw = """UBND tỉnh yêu cầu các sở, ngành thực hiện các nội dung sau:

1. Tăng cường tuyên truyền

a) Đẩy mạnh truyền thông.

2. Tổ chức thực hiện

a) Giao Sở Y tế theo dõi, đôn đốc.

b) Giao đồng chí Trần Văn A, Phó Chủ tịch UBND tỉnh chỉ đạo thực hiện.
"""
    assert leads(raw) == [["các sở, ngành"], ["Sở Y tế"]]


def test_a_bracket_below_a_task_names_who_leads() -> None:
    task = only("1. Xây dựng kế hoạch truyền thông\n\n*(Sở Y tế chủ trì, phối hợp với Sở Nội vụ thực hiện)*\n")
    assert (task.lead, task.coordinate) == (("Sở Y tế",), ("Sở Nội vụ",))
    assert task.text.startswith("Xây dựng kế hoạch")


@pytest.mark.parametrize(
    ("raw", "lead"),
    [
        ("Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ theo dõi, đôn đốc.", ["Văn phòng Chính phủ"]),
        ("Ủy quyền cho Bộ trưởng Bộ Y tế ra quyết định thành lập Tổ công tác.", ["Bộ Y tế"]),
        ("Cùng với đó, Sở Tài chính chủ trì tổng hợp.", ["Sở Tài chính"]),
        ("Công an thành phố làm đơn vị thường trực, tuần tra, kiểm soát.", ["Công an thành phố"]),
    ],
)
def test_offices_and_openings(raw: str, lead: list[str]) -> None:
    assert leads(raw) == [lead]


def test_what_describes_a_body_below_its_heading_is_no_order() -> None:
    raw = """3. Hội đồng thẩm định:

a) Chủ tịch Hội đồng là Giám đốc Sở Y tế;

b) Hội đồng thẩm định hoạt động theo nguyên tắc tập thể;

c) Thẩm định hồ sơ, báo cáo UBND tỉnh.
"""
    assert [task.text for task in find(raw).tasks] == ["Thẩm định hồ sơ, báo cáo UBND tỉnh."]


def test_an_item_that_is_a_name_and_a_title_of_a_column_are_no_tasks() -> None:
    assert leads("2. Các bộ, ngành:\n\n- Bộ Tài chính;\n\n- Bộ Y tế.\n") == []
    assert leads("| Số | Cơ quan chủ trì thẩm tra |\n|---|---|\n| 1 | Bộ Xây dựng hướng dẫn |\n") == []


def test_an_item_below_a_heading_that_comes_to_another_body_is_told_to_that_one() -> None:
    raw = """2. Ủy ban nhân dân các cấp:

a) Bố trí kinh phí.

b) Hằng năm, Sở Tài chính tổng hợp, báo cáo kết quả.

c) Trên cơ sở đề nghị của các phòng, tổng hợp trình cấp có thẩm quyền.
"""
    assert leads(raw) == [["Ủy ban nhân dân các cấp"], ["Sở Tài chính"], ["Ủy ban nhân dân các cấp"]]


def test_parts_on_one_line_take_the_bodies_named_before_them() -> None:
    said = find("Yêu cầu Sở Y tế: (1) rà soát đối tượng; (2) báo cáo kết quả trước ngày 30/9/2025.").tasks
    assert [(task.lead, task.deadline) for task in said] == [(("Sở Y tế",), None), (("Sở Y tế",), "2025-09-30")]


def test_a_heading_that_goes_on_to_who_helps_speaks_for_its_items() -> None:
    raw = "3. Sở Tài chính chủ trì, phối hợp với Sở Y tế\n\n- Cân đối kinh phí.\n\n- Hướng dẫn thanh toán.\n"
    assert [(task.lead, task.coordinate) for task in find(raw).tasks] == [(("Sở Tài chính",), ("Sở Y tế",))] * 2


@pytest.mark.parametrize(
    "raw",
    [
        "Mặt trận Tổ quốc và các đoàn thể tuyên truyền chưa sâu rộng.",
        "Một số đơn vị thực hiện chế độ báo cáo không đúng hạn.",
        "Cấp ủy các cấp luôn quan tâm, chỉ đạo công tác y tế.",
    ],
)
def test_what_is_told_of_bodies_is_no_order(raw: str) -> None:
    assert leads(raw) == []


def test_who_sends_and_gets_a_report_is_a_label_and_no_order() -> None:
    assert leads("a) Cơ quan gửi báo cáo: Sở Y tế.\n\nb) Đơn vị nhận báo cáo: Bộ Y tế.\n") == []
