"""One node for a body: names, abbreviations, places, classes; who took over from it and what it is part of."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import Header
from ingest.kin import body_named, kin
from ingest.organisations import from_key, organisation

QUANG_NINH = Header(issuer="Sở Y tế tỉnh Quảng Ninh", date="2023-07-20")
BINH_THUAN = Header("3933/UBND-KGVXNV", "Công văn", "Ủy ban nhân dân tỉnh Bình Thuận", "2022-11-18")
HAI_PHONG = Header(issuer="Ủy ban nhân dân thành phố Hải Phòng", date="2022")
LAM_DONG = Header(issuer="Ủy ban nhân dân tỉnh Lâm Đồng", date="2026-05-05")
GOVERNMENT = Header(issuer="Chính phủ", date="2025-12-02")


@pytest.mark.parametrize(
    ("name", "header", "id"),
    [
        ("Sở Y tế", QUANG_NINH, "syt@quang-ninh"),
        ("Giám đốc Sở Y tế", QUANG_NINH, "syt@quang-ninh"),
        ("SỞ Y TẾ", QUANG_NINH, "syt@quang-ninh"),
        ("Bệnh viện Phối", QUANG_NINH, "~benh-vien-phoi@quang-ninh"),
        ("Bệnh viện Đa khoa tỉnh", QUANG_NINH, "~benh-vien-da-khoa-tinh@quang-ninh"),
        ("Trung tâm KSBT tỉnh", QUANG_NINH, "cdc@quang-ninh"),
        ("BCH Đảng bộ tỉnh", BINH_THUAN, "tu@binh-thuan"),
        ("Ban Chấp hành Đảng bộ tỉnh", BINH_THUAN, "tu@binh-thuan"),
        ("Tỉnh uỷ", BINH_THUAN, "tu@binh-thuan"),
        ("Ban Thường vụ Tỉnh ủy Bình Thuận", BINH_THUAN, "tu@binh-thuan"),
        ("Sở LĐTB&XH", BINH_THUAN, "sldtbxh@binh-thuan"),
        ("Sở LĐ-TB&XH", BINH_THUAN, "sldtbxh@binh-thuan"),
        ("Sở Lao động - Thương binh và Xã hội", BINH_THUAN, "sldtbxh@binh-thuan"),
        ("UBND tỉnh", BINH_THUAN, "ubnd@binh-thuan"),
        ("Chủ tịch UBND tỉnh", BINH_THUAN, "ubnd@binh-thuan"),
        ("UBND thành phố Phan Thiết", BINH_THUAN, "ubnd@binh-thuan.phan-thiet"),
        ("Bảo hiểm xã hội tỉnh", BINH_THUAN, "bhxh@binh-thuan"),
        ("Bảo hiểm xã hội Việt Nam", BINH_THUAN, "bhxh"),
        ("Công an tỉnh", BINH_THUAN, "cat@binh-thuan"),
        ("Bộ Y tế", BINH_THUAN, "byt"),
        ("Thành ủy", HAI_PHONG, "tu@hai-phong"),
        ("UBND TP", HAI_PHONG, "ubnd@hai-phong"),
        ("Công an thành phố", HAI_PHONG, "cat@hai-phong"),
        ("UBND tỉnh", LAM_DONG, "ubnd@lam-dong.2025"),
        ("Sở Y tế tỉnh Bình Thuận", LAM_DONG, "syt@binh-thuan"),
        ("UBND xã Đơn Dương", LAM_DONG, "ubnd@lam-dong.2025.don-duong"),
        ("Bộ trưởng Bộ Tài chính", GOVERNMENT, "btc"),
        ("UBND tỉnh Bình Thuận", GOVERNMENT, "ubnd@binh-thuan"),
        ("Tập đoàn Điện lực Việt Nam", GOVERNMENT, "~tap-doan-dien-luc-viet-nam"),
        ("Trung ương Hội Sinh viên Việt Nam", BINH_THUAN, "~trung-uong-hoi-sinh-vien-viet-nam"),
        ("các sở, ban, ngành", BINH_THUAN, "class.cac-so-ban-nganh@binh-thuan"),
        ("UBND các huyện, thị xã, thành phố", BINH_THUAN, "class.ubnd-cac-huyen-thi-xa-thanh-pho@binh-thuan"),
        ("TTYT các huyện/thị xã/thành phố", QUANG_NINH, "class.ttyt-cac-huyen-thi-xa-thanh-pho@quang-ninh"),
        ("các bộ, cơ quan ngang bộ", GOVERNMENT, "class.cac-bo-co-quan-ngang-bo"),
        ("đơn vị", BINH_THUAN, "class.don-vi@binh-thuan"),
        ("Ban Quản lý các khu công nghiệp", BINH_THUAN, "~ban-quan-ly-cac-khu-cong-nghiep@binh-thuan"),
    ],
)
def test_a_name_is_one_body(name: str, header: Header, id: str) -> None:
    found = organisation(name, header)
    assert found is not None and found.id == f"vn:org:{id}"
    assert found.collective == id.startswith("class.")


@pytest.mark.parametrize(
    ("name", "header", "full", "level"),
    [
        ("BCH Đảng bộ tỉnh", BINH_THUAN, "Tỉnh ủy Bình Thuận", "province"),
        ("BCH Đảng bộ thành phố", HAI_PHONG, "Thành ủy Hải Phòng", "province"),
        ("Công an TP", HAI_PHONG, "Công an thành phố Hải Phòng", "province"),
        ("Sở LĐTB&XH", BINH_THUAN, "Sở Lao động - Thương binh và Xã hội tỉnh Bình Thuận", "province"),
        ("UBND thành phố Phan Thiết", BINH_THUAN, "Ủy ban nhân dân thành phố Phan Thiết", "district"),
        ("UBND xã Đơn Dương", LAM_DONG, "Ủy ban nhân dân xã Đơn Dương", "commune"),
        ("Bộ LĐTBXH", GOVERNMENT, "Bộ Lao động - Thương binh và Xã hội", "central"),
    ],
)
def test_a_body_has_its_full_name_and_level(name: str, header: Header, full: str, level: str) -> None:
    found = organisation(name, header)
    assert found is not None and (found.name, found.level) == (full, level)


def test_bodies_live_as_long_as_their_place_and_their_office() -> None:
    assert organisation("UBND tỉnh", BINH_THUAN).valid_to == "2025-06-30"  # type: ignore[union-attr]
    assert organisation("UBND tỉnh", LAM_DONG).valid_from == "2025-07-01"  # type: ignore[union-attr]
    assert organisation("Sở LĐTB&XH", BINH_THUAN).valid_to == "2025-02-28"  # type: ignore[union-attr]
    assert organisation("Sở Y tế", QUANG_NINH).valid_to is None  # type: ignore[union-attr]


def test_an_undated_document_is_placed_by_its_key() -> None:
    header = Header(issuer="Tỉnh ủy Hưng Yên", type="Kế hoạch")
    found = organisation("Ủy ban nhân dân tỉnh", header, "vn:party:tu@hung-yen:kh:_:~ffda00f594d8b967")
    assert found is not None and found.id == "vn:org:ubnd@hung-yen"
    open_ = organisation("Ủy ban nhân dân tỉnh", header)
    assert open_ is not None and open_.id == "vn:org:ubnd@_"


@pytest.mark.parametrize("name", ["", " ", "…", "- ;"])
def test_no_name_no_body(name: str) -> None:
    assert organisation(name, BINH_THUAN) is None
    assert body_named(name, BINH_THUAN) is None


def test_the_issuer_of_a_key_is_the_same_node() -> None:
    found = from_key("vn:party:tu@binh-thuan:ctr:n2015:40")
    assert found == organisation("Tỉnh ủy", BINH_THUAN)
    assert from_key("vn:state:bpc@ha-noi:bc:2025:118") is None
    assert from_key("kein") is None


def _edges(id: str) -> set[tuple[str, str, str]]:
    """The edges of a body and of all that it is tied to."""
    ids = [f"vn:org:{id}", *(one.id for one in kin(f"vn:org:{id}")[0])]
    return {(one.start, one.relation, one.end) for name in ids for one in kin(name)[1]}


def test_a_department_goes_on_in_the_merged_department_of_the_merged_province() -> None:
    edges = _edges("skhdt@binh-thuan")
    assert ("vn:org:skhdt@binh-thuan", "SUCCEEDED_BY", "vn:org:stc@binh-thuan") in edges
    assert ("vn:org:stc@binh-thuan", "SUCCEEDED_BY", "vn:org:stc@lam-dong.2025") in edges
    assert ("vn:org:stc@lam-dong.2025", "PART_OF", "vn:org:ubnd@lam-dong.2025") in edges


def test_a_ministry_is_succeeded_by_field_of_work() -> None:
    work = {one.end: one.properties.get("field") for one in kin("vn:org:bldtbxh")[1] if one.start == "vn:org:bldtbxh"}
    assert work["vn:org:bgddt"] == "giáo dục nghề nghiệp"
    assert {"vn:org:bnv", "vn:org:byt", "vn:org:bnnmt", "vn:org:bca"} <= set(work)


def test_districts_end_and_their_work_goes_up() -> None:
    _, edges = kin("vn:org:ubnd@binh-thuan.phan-thiet")
    up = [one for one in edges if one.end == "vn:org:ubnd@lam-dong.2025" and one.properties.get("field")]
    assert [one.properties["date"] for one in up] == ["2025-07-01"]
    assert ("vn:org:ubnd@binh-thuan.phan-thiet", "PART_OF", "vn:org:ubnd@binh-thuan") in _edges(
        "ubnd@binh-thuan.phan-thiet"
    )


def test_bodies_that_go_on_have_no_successor() -> None:
    for id in ("syt@ha-noi", "byt", "ubnd@quang-ninh", "ubnd@_"):
        assert not [one for one in _edges(id) if one[1] == "SUCCEEDED_BY"], id


def test_every_end_of_an_edge_is_told_as_a_body() -> None:
    for id in (
        "vn:org:sldtbxh@binh-thuan",
        "vn:org:btgtu@hai-duong",
        "vn:org:hu@thai-binh.kien-xuong",
        "vn:org:~bao@ha-nam",
    ):
        bodies, edges = kin(id)
        assert {id, *(one.id for one in bodies)} >= {end for one in edges for end in (one.start, one.end)}
        assert all(one.source == "shipped" for one in edges)


@given(st.text(max_size=60))
@settings(deadline=None)
def test_any_name_is_a_body_or_none(name: str) -> None:
    found = organisation(name, BINH_THUAN)
    assert found is None or found.id.startswith("vn:org:")
