"""Places in names of bodies, and the bodies that began anew on 1/7/2025."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.key import Key
from ingest.key_period import ALL_DAYS, Days
from ingest.key_place import in_era, place, segment

BEFORE, AFTER = Days.of("2023-05-05"), Days.of("2025-08-08")


@pytest.mark.parametrize(
    ("name", "days", "where"),
    [
        ("Ủy ban nhân dân tỉnh Bình Thuận", BEFORE, "binh-thuan"),
        ("Ủy ban nhân dân tỉnh Bình Thuận", AFTER, "binh-thuan"),
        ("UBND TP. Cần Thơ", BEFORE, "can-tho"),
        ("UBND TP. Cần Thơ", AFTER, "can-tho.2025"),
        ("UBND thành phố Cần Thơ", ALL_DAYS, "_"),
        ("UBND tỉnh Bắc Ninh (cũ)", AFTER, "bac-ninh"),
        ("Tỉnh uỷ Đồng Tháp", AFTER, "dong-thap.2025"),
        ("Thành ủy Thành phố Hồ Chí Minh", BEFORE, "ho-chi-minh"),
        ("Ban Thường vụ Thành ủy Hải Phòng", BEFORE, "hai-phong"),
        ("Sở Y tế Quảng Ninh", AFTER, "quang-ninh"),
        ("Hội đồng nhân dân thành phố Hà Nội", AFTER, "ha-noi"),
        ("Ủy ban nhân dân thành phố Phan Thiết, tỉnh Bình Thuận", BEFORE, "binh-thuan.phan-thiet"),
        ("UBND Quận 1, Thành phố Hồ Chí Minh", BEFORE, "ho-chi-minh.quan-1"),
        ("UBND xã Đơn Dương, tỉnh Lâm Đồng", AFTER, "lam-dong.2025.don-duong"),
        ("UBND phường Ba Đình, thành phố Hà Nội", AFTER, "ha-noi.ba-dinh.2025"),
        ("UBND phường Ba Đình, thành phố Hà Nội", ALL_DAYS, "_"),
        ("UBND thành phố Huế", Days.of("2025-02-05"), "hue"),
        ("UBND thành phố Huế", Days.of("2024-02-05"), "thua-thien-hue.hue"),
        ("UBND tỉnh Thừa Thiên - Huế", BEFORE, "thua-thien-hue"),
        ("UBND tỉnh Bà Rịa – Vũng Tàu", BEFORE, "ba-ria-vung-tau"),
        ("UBND tỉnh Đắk Lắk", BEFORE, "dak-lak"),
        ("UBND tỉnh Đắc Lắc", BEFORE, "dak-lak"),
        ("UBND tỉnh", BEFORE, "_"),
        ("UBND thành phố", BEFORE, "_"),
        ("Bộ Y tế", BEFORE, "_"),
        ("Quân ủy Trung ương", BEFORE, "_"),
        ("Ban Quản lý dự án", BEFORE, "_"),
        ("Bảo hiểm xã hội", BEFORE, "_"),
    ],
)
def test_a_name_has_a_place(name: str, days: Days, where: str) -> None:
    assert segment(place(name), days) == where


def test_of_a_merged_province_only_its_own_days_are_its_own() -> None:
    assert in_era("lam-dong.2025", AFTER) == "lam-dong.2025"
    assert in_era("lam-dong.2025", BEFORE) == "_"
    assert in_era("lam-dong.2025", ALL_DAYS) == "_"
    assert in_era("quang-ninh", BEFORE) == "quang-ninh"


@given(st.text(max_size=80))
@settings(deadline=None)
def test_any_name_gives_a_segment_of_a_key(name: str) -> None:
    where = segment(place(f"UBND xã {name}, tỉnh Bình Thuận"), BEFORE)
    assert Key.parse(f"vn:state:ubnd@{where}:qd:2023:1").place == where
