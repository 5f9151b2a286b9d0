"""Keys parse and print, know when they are complete, and what could fill them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.key import UNKNOWN, BadKey, Key

SEGMENT = st.text("abcdefghijklmnopqrstuvwxyz0123456789.+-", min_size=1, max_size=12)
KNOWN_OR_NOT = st.one_of(SEGMENT, st.just(UNKNOWN))
KEYS = st.builds(
    Key,
    system=KNOWN_OR_NOT,
    issuer=KNOWN_OR_NOT,
    place=st.one_of(st.just(""), KNOWN_OR_NOT),
    type=KNOWN_OR_NOT,
    period=KNOWN_OR_NOT,
    number=st.one_of(KNOWN_OR_NOT, SEGMENT.map("~{}".format)),
)


@given(KEYS)
@settings(deadline=None)
def test_a_key_prints_what_it_parses(key: Key) -> None:
    assert Key.parse(str(key)) == key


@given(KEYS, st.sampled_from(["system", "issuer", "type", "period", "number"]))
@settings(deadline=None)
def test_a_key_could_be_what_fills_it(key: Key, name: str) -> None:
    opened = key.but(**{name: UNKNOWN})
    assert opened.could_be(key)
    assert key.could_be(key)
    assert not opened.complete or opened.hashed or opened.type == "programme"


@given(st.text(max_size=60))
@settings(deadline=None)
def test_any_text_parses_or_is_refused(text: str) -> None:
    try:
        assert str(Key.parse(text)) == text
    except BadKey as error:
        assert str(error)


@pytest.mark.parametrize(
    ("text", "complete"),
    [
        ("vn:state:ttg:ct:2022:16", True),
        ("vn:state:ubnd@can-tho.2025:qd:2025:471", True),
        ("vn:state:ubnd@binh-thuan.phan-thiet:qd:2023:88", True),
        ("vn:state:ubnd@_:qd:2022:1511", False),
        ("vn:party:tw:nq:_:20", False),
        ("vn:party:tu@hung-yen:kh:_:~ffda00f594d8b967", True),
        ("vn:_:_:_:_:~d873652c630886f8", True),
        ("vn:party:dh:nq:k13:~nghi-quyet-dai-hoi", True),
        ("vn:party:dh@_:nq:n2020:~nghi-quyet-dai-hoi", False),
        ("vn:_:_:programme:_:~chuong-trinh-suc-khoe-viet-nam", True),
        ("vn:na:qh:luat:_:~luat-dat-dai", False),
        ("vn:na:qh:hp:qh13:~hien-phap", True),
        ("vn:party:tw:nq:k12:~nghi-quyet-trung-uong-6", False),
    ],
)
def test_complete_means_one_document(text: str, complete: bool) -> None:
    assert Key.parse(text).complete is complete


@pytest.mark.parametrize(
    "text", ["", "vn", "vn:a:b:c:d", "vn:a:b@:c:d:e", "vn:A:b:c:d:e", "x:a:b:c:d:e", "vn:a:b:c:d:e:f", "vn:á:b:c:d:e"]
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(BadKey):
        Key.parse(text)


def test_the_block_joins_a_partial_key_to_its_complete_forms() -> None:
    assert Key.parse("vn:party:tw:nq:_:20").block == Key.parse("vn:party:tw:nq:k12:20").block == "20|nq|tw"


def test_an_unknown_place_is_some_place() -> None:
    local, other = Key.parse("vn:party:dh@_:nq:_:9"), Key.parse("vn:party:dh@hai-phong:nq:n2020:9")
    assert local.could_be(other)
    assert not local.could_be(Key.parse("vn:party:dh:nq:k13:9"))
    assert not Key.parse("vn:party:dh:nq:_:9").could_be(other)
    assert Key.parse("vn:_:_:nq:_:9").could_be(other)
