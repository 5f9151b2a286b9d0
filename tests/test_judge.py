"""What cannot be judged is refused with a reason, and a judgement that lost its ground is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from shelf import POOL
from small_graph import health, node
from test_intake import House, house, write

from graph.judgement import BadJudgement, Judgement
from graph.model import Change
from graph.store import Store
from graph.writing import steps
from ingest.exchange import import_judgements
from ingest.judging import judge, sound
from queries.ask import ask
from queries.corpus import Corpus

NQ20 = "vn:party:tw:nq:k12:20"
SOURCE = "0" * 16
LAW_2013, LAW_2024 = "vn:na:qh:luat:qh13:45", "vn:na:qh:luat:qh15:31"


@pytest.fixture
def one(tmp_path: Path) -> Iterator[House]:
    made = house(tmp_path)
    write(made.docs, *(name for name in POOL if not name.startswith("plan.") or name == "plan.txt"))
    made.take()
    yield made
    made.close()


@pytest.mark.parametrize(
    ("judgement", "why"),
    [
        (Judgement("key", source=SOURCE, start=1, key="20-NQ/TW"), "not a key"),
        (Judgement("key", source=SOURCE, start=1, key="vn:party:tw:xx:k12:20"), "no type of document 'xx'"),
        (Judgement("same", key=NQ20, other="vn:party:tw:xx:k12:20"), "no type of document 'xx'"),
        (Judgement("correct", source=SOURCE, start=1, field="relation", value="LIKES"), "no relation"),
        (Judgement("correct", source=SOURCE, field="date", value="25/10/2017"), "no date"),
        (Judgement("correct", source=SOURCE, field="date", value="2017-13-01"), "no date"),
        (Judgement("correct", source=SOURCE, start=1, field="status", value="gone"), "no status"),
        (Judgement("correct", source=SOURCE, start=1, field="colour", value="red"), "no field"),
    ],
)
def test_what_cannot_be_judged_is_refused_with_the_reason(judgement: Judgement, why: str) -> None:
    with pytest.raises(BadJudgement, match=why):
        sound(judgement)


def test_a_line_with_a_key_of_unknown_type_is_left_out_and_the_others_come_in(one: House) -> None:
    lines = [
        '{"judgement": {"what": "same", "key": "vn:party:tw:xx:k12:20", "other": "vn:party:tw:nq:k12:20"}}',
        '{"judgement": {"what": "key", "source": "0000000000000000", "start": 5, "key": "vn:party:tw:nq:k12:20"}}',
    ]
    outcome, left_out = import_judgements(lines, one.library, one.store)
    assert outcome.new == 1 and [why for _, why in outcome.dangling] == ["its document is not held"]
    assert [line for line, _ in left_out] == [1] and "xx" in left_out[0][1]


def test_a_judgement_where_no_mention_begins_is_kept_and_named(one: House) -> None:
    source = one.library.source_at(str(one.docs / "doubtful.txt.txt")) or one.library.source_at(
        str(one.docs / "doubtful.txt")
    )
    assert source
    outcome = judge(one.library, one.store, [Judgement("key", source=source, start=1, key=NQ20, who="B")])
    assert outcome.new == 1 and "no mention" in outcome.dangling[0][1]


@pytest.mark.parametrize(("day", "key"), [("2022-05-01", LAW_2013), ("2025-01-01", LAW_2024)])
def test_the_day_of_asking_settles_which_law_of_a_name_is_meant(store: Store, day: str, key: str) -> None:
    laws = (node(LAW_2013, date="2013-11-29"), node(LAW_2024, date="2024-01-18"))
    store.write(steps(health()))
    store.write(steps(Change(put_nodes=laws)))
    asked = ask(Corpus(store), "Luật Đất đai", day)
    assert (asked.document.id, asked.assumed) == (key, False)
