"""Tasks: who must do what, by when, with whom; what is no order."""

from __future__ import annotations

import json
import os
import time
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from found_tasks import COMMITTEE, find, leads, only
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import Header
from ingest.clean import clean
from ingest.tasks import find_tasks


def test_a_body_that_ends_its_cell_is_told_whatever_begins_below() -> None:
    assert leads("| Việc | đề nghị XÃ |\n\nHỘI CHỢ\n") == [["XÃ"]]


def test_an_order_with_lead_helpers_and_deadline() -> None:
    task = only("Giao Sở Tài chính chủ trì, phối hợp với Sở Xây dựng rà soát, báo cáo trước ngày 30/11/2025.")
    assert (task.lead, task.coordinate, task.deadline) == (("Sở Tài chính",), ("Sở Xây dựng",), "2025-11-30")
    assert not task.request


def test_lines_about_place_and_money_stand_among_the_labels() -> None:
    task = only(
        "**2.1. Chương trình khai mạc**\n\n- Thời gian dự kiến: ngày 11/9/2026 (thứ Sáu).\n\n"
        "- Địa điểm: Nhà hát tỉnh.\n\n- Đơn vị chủ trì: Sở Văn hóa, Thể thao và Du lịch.\n\n"
        "- Đơn vị phối hợp: Công an tỉnh.\n\n- Kinh phí: Ngân sách tỉnh.\n"
    )
    assert task.text.startswith("Chương trình khai mạc")
    assert (task.lead, task.coordinate) == (("Sở Văn hóa, Thể thao và Du lịch",), ("Công an tỉnh",))
    assert task.deadline == "2026-09-11"


@pytest.mark.parametrize(
    "raw",
    [
        "Sở Xây dựng: 0243.974.62.25",
        "Phường Võ Cường: 01 điểm",
        "Sau khi nghe báo cáo của Sở Y tế, Ban Chỉ đạo thống nhất kết luận như sau:",
        "UBND tỉnh xây dựng Kế hoạch thực hiện Chiến lược quốc gia, cụ thể như sau:",
        "**II. CƠ QUAN CHỈ ĐẠO VÀ TỔ CHỨC THỰC HIỆN**\n\n- Ủy ban nhân dân tỉnh.\n",
        "**I. SỞ Y TẾ**\n\n**1. Vị trí và chức năng**\n\n1.1. Sở Y tế là cơ quan chuyên môn.\n",
    ],
)
def test_what_tells_nobody_to_act(raw: str) -> None:
    assert leads(raw) == []


def test_to_lead_is_what_a_party_body_does() -> None:
    raw = "**3. Đảng ủy Ủy ban nhân dân tỉnh**\n\n- Lãnh đạo UBND tỉnh xây dựng kế hoạch.\n\n- Giao Sở Y tế theo dõi.\n"
    assert leads(raw) == [["Đảng ủy Ủy ban nhân dân tỉnh"], ["Sở Y tế"]]
    raw = "**3. Công an tỉnh**\n\n- Lãnh đạo Công an các xã xây dựng phương án.\n"
    assert leads(raw) == [["Công an các xã"]]


@pytest.mark.parametrize(
    ("raw", "lead"),
    [
        (
            "1. Ủy ban nhân dân các tỉnh: Ninh Bình, Phú Thọ đẩy nhanh tiến độ.",
            ["Ủy ban nhân dân tỉnh Ninh Bình", "Ủy ban nhân dân tỉnh Phú Thọ"],
        ),
        (
            "1. Chủ tịch UBND các tỉnh, thành phố từ Thanh Hóa đến Lâm Đồng chỉ đạo triển khai ngay các biện pháp.",
            ["UBND các tỉnh, thành phố từ Thanh Hóa đến Lâm Đồng"],
        ),
        (
            "1. Ủy ban nhân dân các tỉnh, thành phố ven biển từ Quảng Ninh đến Cà Mau rà soát phương án.",
            ["Ủy ban nhân dân các tỉnh, thành phố ven biển từ Quảng Ninh đến Cà Mau"],
        ),
        (
            "Trong quá trình thực hiện, nếu phát sinh khó khăn vượt thẩm quyền các cơ quan, đơn vị báo cáo Bộ.",
            ["các cơ quan, đơn vị"],
        ),
    ],
)
def test_committees_of_many_provinces_and_what_is_beyond_ones_power(raw: str, lead: list[str]) -> None:
    assert leads(raw) == [lead]


def test_a_request_is_told_from_an_order() -> None:
    task = only("Đề nghị Ủy ban MTTQ Việt Nam tỉnh, các đoàn thể tỉnh tăng cường tuyên truyền.")
    assert task.request and task.lead == ("Ủy ban MTTQ Việt Nam tỉnh", "các đoàn thể tỉnh")


@pytest.mark.parametrize(
    ("raw", "lead"),
    [
        ("Sở Y tế có trách nhiệm hướng dẫn các đơn vị thực hiện.", ["Sở Y tế"]),
        ("**2. Sở Tài chính:** Bố trí kinh phí.", ["Sở Tài chính"]),
        ("Trong quá trình thực hiện, nếu có vướng mắc đề nghị các đơn vị phản ánh về Sở Y tế.", ["các đơn vị"]),
        ("Trên cơ sở báo cáo của Bộ Y tế, Bộ Tài chính tổng hợp, trình Thủ tướng Chính phủ.", ["Bộ Tài chính"]),
        ("Nếu không có nhân sự, thì cấp ủy tiến hành đánh giá lại.", ["cấp ủy"]),
        ("Phó Thủ tướng yêu cầu đồng chí Bộ trưởng Bộ Xây dựng chỉ đạo xử lý.", ["Bộ Xây dựng"]),
        ("Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành nghiêm túc thực hiện.", ["các sở, ban, ngành"]),
    ],
)
def test_the_bodies_told_to_act(raw: str, lead: list[str]) -> None:
    assert leads(raw) == [lead]


def test_a_closing_clause_names_bodies_by_their_holders() -> None:
    raw = (
        "**Điều 3.** Chánh Văn phòng UBND tỉnh, Giám đốc các Sở: Nội vụ, Tài chính; Chủ tịch UBND các xã, phường "
        "và các tổ chức, cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này./."
    )
    assert leads(raw) == [
        ["Văn phòng UBND tỉnh", "Sở Nội vụ", "Sở Tài chính", "UBND các xã, phường", "các tổ chức, cá nhân có liên quan"]
    ]


def test_items_under_a_heading_that_names_the_body() -> None:
    raw = (
        "**V. TỔ CHỨC THỰC HIỆN**\n\n**1. Sở Y tế** (cơ quan thường trực):\n\n- Xây dựng kế hoạch.\n\n"
        "- Phối hợp với Sở Nội vụ tập huấn.\n\n**2. Đề nghị Hội Nông dân tỉnh**\n\n- Vận động hội viên."
    )
    found = find(raw).tasks
    assert [(task.lead, task.coordinate, task.request) for task in found] == [
        (("Sở Y tế",), (), False),
        (("Sở Y tế",), ("Sở Nội vụ",), False),
        (("Hội Nông dân tỉnh",), (), True),
    ]


def test_items_under_a_lead_in_take_its_bodies_helpers_and_deadline() -> None:
    raw = (
        "Ủy ban nhân dân tỉnh giao Sở Y tế phối hợp với Sở Nội vụ hoàn thành trước 30/6/2026 các việc sau:\n\n"
        "1. Rà soát đội ngũ.\n\n2. Sở Tài chính bố trí kinh phí."
    )
    first, second = find(raw).tasks
    assert (first.lead, first.coordinate, first.deadline) == (("Sở Y tế",), ("Sở Nội vụ",), "2026-06-30")
    assert (second.lead, second.coordinate, second.deadline) == (("Sở Tài chính",), (), None)


def test_numbered_parts_that_run_on_in_a_paragraph() -> None:
    raw = (
        "Giám đốc Sở Y tế yêu cầu các đơn vị thực hiện các nhiệm vụ sau:\n\n**Thứ hai, về phòng dịch:** "
        "(1) Rà soát nhu cầu vắc xin; (2) Giao phòng Nghiệp vụ Y kiểm tra; (3) Báo cáo Sở trong tháng 8/2023."
    )
    assert leads(raw, "Sở Y tế") == [["các đơn vị"], ["phòng Nghiệp vụ Y"], ["các đơn vị"]]


def test_two_assignments_in_one_item_are_two_tasks() -> None:
    raw = "1. Sở Nội vụ chủ trì tham mưu ban hành Kế hoạch; Sở Tư pháp và UBND các xã chủ động tổ chức tuyên truyền."
    assert leads(raw) == [["Sở Nội vụ"], ["Sở Tư pháp", "UBND các xã"]]


def test_a_task_that_says_who_works_with_the_body_above() -> None:
    raw = "1. Công an tỉnh\n\na) Chủ trì, phối hợp với:\n\n- Sở Tài chính tham mưu bố trí kinh phí."
    task = only(raw)
    assert (task.lead, task.coordinate) == (("Công an tỉnh",), ("Sở Tài chính",))


def test_those_behind_a_bracket_that_names_the_leader_help() -> None:
    task = only("Giao Sở Y tế (chủ trì), Sở Tài chính, các sở, ngành liên quan rà soát quy hoạch.")
    assert (task.lead, task.coordinate) == (("Sở Y tế",), ("Sở Tài chính", "các sở, ngành liên quan"))


def test_a_report_tells_what_was_done_and_asks() -> None:
    raw = (
        "I. KẾT QUẢ\n\n1. Sở Y tế tổ chức 05 lớp tập huấn.\n\n2. Đề nghị Bộ Y tế hướng dẫn thực hiện.\n\n"
        "II. PHƯƠNG HƯỚNG\n\n1. Sở Y tế tiếp tục tổ chức tập huấn."
    )
    found = find_tasks(clean(raw), Header(type="Báo cáo")).tasks
    assert [(task.lead, task.request) for task in found] == [(("Bộ Y tế",), True), (("Sở Y tế",), False)]


def test_imperatives_under_no_named_body_are_kept_apart() -> None:
    found = find("Thủ tướng Chính phủ yêu cầu:\n\n1. Tập trung rà soát quy hoạch.\n\n2. Bộ Y tế kiểm tra.", None)
    assert [task.lead for task in found.tasks] == [("Bộ Y tế",)]
    assert [task.text for task in found.unassigned] == ["Tập trung rà soát quy hoạch."]


@pytest.mark.parametrize(
    "raw",
    [
        "Căn cứ Nghị định số 45/2025/NĐ-CP của Chính phủ quy định tổ chức các cơ quan chuyên môn;",
        "Ủy ban nhân dân tỉnh ban hành Kế hoạch thực hiện như sau:\n\n1. Nâng cao nhận thức của cán bộ.",
        "Các địa phương, đơn vị đã tích cực triển khai và đạt được kết quả nhất định.",
        "Văn phòng Chính phủ thông báo để các cơ quan biết, thực hiện./.",
        "**Điều 2. Đối tượng áp dụng**\n\nỦy ban nhân dân các cấp và các cơ quan thực hiện chính sách.",
        "**Điều 4. Nguyên tắc phối hợp**\n\n1. Các cơ quan phối hợp kịp thời, đúng thẩm quyền.",
        "Chủ tịch Ủy ban nhân dân tỉnh quyết định tặng danh hiệu.",
        "Kinh phí thực hiện do ngân sách nhà nước bảo đảm theo phân cấp.",
        "Nơi nhận:\n\n- Sở Y tế thực hiện;\n\n- Lưu: VT.",
    ],
)
def test_what_orders_nobody(raw: str) -> None:
    issuer = "Văn phòng Chính phủ" if raw.startswith("Văn") else COMMITTEE
    assert find(raw, issuer).tasks == ()


MARKDOWN = """| STT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời hạn | Sản phẩm |
|---|---|---|---|---|---|
| I | Nhóm một | | | | |
| 1 | Rà soát văn bản | Sở Tư pháp | Các sở, ngành; UBND cấp xã | Tháng 12/2025 | Báo cáo |
"""
BARS = "|\n" + "|\n|\n".join(
    "|\n".join(f"{cell}\n" for cell in row)
    for row in (
        ("**STT**", "**Nhiệm vụ**", "**Chủ trì**", "**Phối hợp**", "**Thời gian**", "**Kết quả**"),
        ("1", "Rà soát\nvăn bản", "Sở Tư pháp", "Các sở, ngành; UBND cấp xã", "Tháng 12/2025", "Báo cáo"),
    )
)
LINES = "\n\n".join(
    ("STT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian", "Sản phẩm", "1", "Rà soát văn bản", "Sở Tư pháp",
     "Các sở, ngành; UBND cấp xã", "Tháng 12/2025", "Báo cáo")
)  # fmt: skip


@pytest.mark.parametrize("raw", [MARKDOWN, BARS + "|\n", LINES], ids=["markdown", "bars", "lines"])
def test_a_table_in_each_shape_that_conversion_leaves(raw: str) -> None:
    task = only(raw)
    assert " ".join(task.text.split()) == "Rà soát văn bản"
    assert (task.lead, task.coordinate) == (("Sở Tư pháp",), ("Các sở, ngành", "UBND cấp xã"))
    assert (task.deadline, task.product) == ("2025-12", "Báo cáo")


def test_labelled_lines_under_a_heading_are_one_task() -> None:
    raw = (
        "**1. Xây dựng cơ sở dữ liệu**\n\n- Cơ quan chủ trì: Sở Nội vụ.\n\n- Cơ quan phối hợp: Công an tỉnh.\n\n"
        "- Thời gian thực hiện: Quý I/2026.\n\n- Sản phẩm: Cơ sở dữ liệu."
    )
    task = only(raw)
    assert task.text.startswith("Xây dựng cơ sở dữ liệu")
    assert (task.lead, task.coordinate, task.deadline) == (("Sở Nội vụ",), ("Công an tỉnh",), "2026-Q1")


def test_a_label_below_items_speaks_of_each_of_them() -> None:
    raw = (
        "**1. Tuyên truyền**\n\n- Đăng tin trên báo, đài.\n\n- Phát hành tài liệu.\n\nCơ quan thực hiện: Sở Y tế."
        "\n\n- Tổ chức hội nghị tập huấn.\n\nCơ quan thực hiện: Sở Nội vụ."
    )
    assert leads(raw) == [["Sở Y tế"], ["Sở Y tế"], ["Sở Nội vụ"]]


def test_labels_in_brackets_behind_the_task() -> None:
    task = only("- Xây dựng kế hoạch số hóa hồ sơ (Chủ trì: Sở Nội vụ; phối hợp: các sở, ngành; thời gian: 12/2025).")
    assert (task.lead, task.coordinate, task.deadline) == (("Sở Nội vụ",), ("các sở, ngành",), "2025-12")


def test_the_offsets_are_into_the_file_as_it_is() -> None:
    raw = "\ufeffGiao Sở Y tế\r\nrà soát.\r\n"
    for text in (raw, clean(raw).clean, raw.replace("Sở", "So\u031b\u0309")):
        task = only(text)
        assert text[task.start : task.end] == task.text


PIECES = st.lists(
    st.sampled_from(
        ["1. ", "- ", "**Điều 2.** ", "Sở Y tế ", "các sở, ban, ngành, ", "UBND các xã, phường ",
         "chủ trì, phối hợp với ",
         "giao ", "đề nghị ", "trước ngày 15/12/2025", "; ", ". ", ": ", "\n\n", "\n", "|\n",
         "| a | b |\n", "(1) ", "(",
         ")", "Cơ quan chủ trì: ", "Thời gian: ", "**", "Nơi nhận:", "có trách nhiệm ", "thì ", "trong ", "tổ chức "]
    ),
    max_size=40,
)  # fmt: skip


@settings(deadline=None)
@given(PIECES)
def test_any_text_gives_tasks_that_stand_in_it(pieces: list[str]) -> None:
    raw = "".join(pieces)
    found = find(raw)
    for task in (*found.tasks, *found.unassigned):
        assert raw[task.start : task.end] == task.text and task.text.strip()
        assert all(name.strip() for name in (*task.lead, *task.coordinate))
    assert all(task.lead for task in found.tasks) and not any(task.lead for task in found.unassigned)
    assert all(first.start <= second.start for first, second in pairwise(found.tasks))


@settings(deadline=None)
@given(PIECES)
def test_the_same_text_gives_the_same_tasks(pieces: list[str]) -> None:
    raw = "".join(pieces)
    assert find(raw) == find(raw)


@pytest.mark.parametrize(
    "unit",
    ["Sở Y tế, ", "giao Sở Y tế ", "phối hợp với các sở, ", "Trong ", "Trong, ", "(", "(1) a (2) b ",
     "các ", "A", "Sở: ",
     "- Giao Sở Y tế:\n", "Cơ quan chủ trì: A. ", "Sở Y tế; ", "trước ngày 1",
     "- Cơ quan thực hiện: Sở Y tế\n\n- a\n\n", "Bộ trưởng, ",
     "|\nChủ trì\n", "Ủy ban nhân dân các tỉnh ", "hoàn thành trong ", "thì các sở ", "1. Sở Y tế:\n\na) B\n\n"],
)  # fmt: skip
def test_hostile_text_takes_time_in_proportion(unit: str) -> None:
    def spent(size: int) -> float:
        text = clean(unit * (size // len(unit)))
        begin = time.perf_counter()
        find_tasks(text, Header())
        return time.perf_counter() - begin

    spent(1_000)
    small, large = spent(15_000), spent(120_000)
    assert large < 24 * small + 0.3


def test_the_labelled_documents() -> None:
    """The share of labelled tasks that are found whole; the figures themselves are measured in bench."""
    home = os.environ.get("VANBAN_GOLD")
    if not home:
        print("VANBAN_GOLD is not set: the labelled documents are absent")
        return
    found, wanted = 0, 0
    for path in sorted(Path(home, "labels").glob("*.json")):
        label = json.loads(path.read_text(encoding="utf-8"))
        raw = Path(home, "docs", label["document"]).read_bytes().decode("utf-8")
        header = Header(issuer=label["header"]["issuer"], type=label["header"]["type"])
        said = [asdict(task) for task in find_tasks(clean(raw), header).tasks]
        wanted += len(label["tasks"])
        found += sum(any(_same(task, one) for one in said) for task in label["tasks"])
    assert found >= 0.85 * wanted


def _same(label: dict[str, Any], said: dict[str, Any]) -> bool:
    apart = max(label["start"], said["start"]) >= min(label["end"], said["end"])
    return not apart and {name.lower() for name in label["lead"]} == {name.lower() for name in said["lead"]}
