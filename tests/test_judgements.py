"""What people decide is applied, survives rebuilding and reading again, and can be undone, exported and imported."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shelf import POOL
from test_intake import House, house, write

from graph.judgement import BadJudgement, Judgement, corrected, keyed, standing
from graph.model import Citation, Header, Reading, Task
from ingest.exchange import export_judgements, exported, import_judgements, import_lines
from ingest.judging import judge, judged, undo
from ingest.upkeep import rebuild, remove

PARTIAL = "vn:party:tw:nq:_:20"
NQ20 = "vn:party:tw:nq:k12:20"
NQ21 = "vn:party:tw:nq:k12:21"
PLAN = "vn:state:ubnd@binh-thuan:kh:2022:1511"
WHO = {"who": "Trần Thị B", "when": "2026-01-05T08:00:00+07:00", "note": "đã xem bản gốc"}


@pytest.fixture
def one(tmp_path: Path) -> Iterator[House]:
    made = house(tmp_path)
    write(made.docs, *(name for name in POOL if not name.startswith("plan.") or name == "plan.txt"))
    made.take()
    yield made
    made.close()


def nodes(one: House) -> dict[str, dict[str, object]]:
    return {node["id"]: node for line in one.export() if (node := json.loads(line).get("node"))}


def edges(one: House, **wanted: str) -> list[dict[str, object]]:
    found = [edge for line in one.export() if (edge := json.loads(line).get("edge"))]
    return [edge for edge in found if all(edge[name.rstrip("_")] == value for name, value in wanted.items())]


def whole(one: House) -> list[str]:
    """The lines of the export with what people decided."""
    return b"".join(exported(one.store, one.library, "jsonl")).decode("utf-8").splitlines()


def source(one: House, name: str) -> str:
    found = one.library.source_at(str(one.docs / f"{name}.txt"))
    assert found
    return found


def settle(one: House) -> None:
    """The graph is what the library says, also when it is made again and when every reading is."""
    export = one.export()
    rebuild(one.library, one.store)
    assert one.export() == export
    rebuild(one.library, one.store, again=True)
    assert one.export() == export


def partial(one: House) -> str:
    return next(id for id in nodes(one) if id.startswith("vn:party:tw:nq:") and id not in (NQ20, NQ21))


def test_two_keys_judged_the_same_are_one_node_until_undone(one: House) -> None:
    before, doubtful = one.export(), partial(one)
    same = Judgement("same", key=doubtful, other=NQ20, **WHO)
    assert judge(one.library, one.store, [same]).new == 1
    assert doubtful not in nodes(one) and NQ20 in nodes(one)
    assert edges(one, source=source(one, "doubtful.txt"), to=NQ20)
    assert one.library.now(doubtful) == NQ20 and set(one.library.same(NQ20)) == {doubtful, NQ20}
    settle(one)
    assert judge(one.library, one.store, [same]).known == 1
    assert undo(one.library, one.store, [same.id, "0" * 16]) == ("0" * 16,)
    assert one.export() == before
    settle(one)


def test_of_same_keys_the_held_one_stays_and_the_next_when_it_goes(one: House) -> None:
    unnumbered = one.library.source(source(one, "unnumbered.txt"))
    assert unnumbered
    other = "vn:state:ubnd@binh-thuan:kh:2022:1"
    judge(one.library, one.store, [Judgement("same", key=other, other=unnumbered.key, **WHO)])
    assert nodes(one)[unnumbered.key]["held"] is True and other not in nodes(one)
    judge(one.library, one.store, [Judgement("same", key=other, other=PLAN, **WHO)])
    assert (
        sum(node.get("held") is True for node in nodes(one).values())
        == len({row.key for row in one.library.sources()}) - 1
    )
    settle(one)
    remove([str(one.docs)], one.library, one.store)
    assert one.export() == []


def test_a_later_judgement_on_the_same_pair_counts(one: House) -> None:
    doubtful = partial(one)
    same = Judgement("same", key=doubtful, other=NQ20, **WHO)
    judge(one.library, one.store, [same])
    judge(one.library, one.store, [Judgement("not-same", key=NQ20, other=doubtful, who="C", when="2026-02-01")])
    assert doubtful in nodes(one) and NQ20 in nodes(one)
    settle(one)


def test_a_mention_gets_the_key_that_people_say(one: House) -> None:
    name = source(one, "doubtful.txt")
    start = next(mention.start for mention in one.library.mentions(partial(one)))
    this = Judgement("key", source=name, start=start, key=NQ21, quote="Nghị quyết số 20-NQ/TW", **WHO)
    outcome = judge(one.library, one.store, [this])
    assert outcome.new == 1 and not outcome.dangling
    assert edges(one, source=name, to=NQ21) and not [id for id in nodes(one) if id.startswith(PARTIAL)]
    settle(one)
    undo(one.library, one.store, [this.id])
    assert edges(one, source=name, to=partial(one))


def test_headers_mentions_and_tasks_are_corrected(one: House) -> None:
    plan, under = source(one, "plan.txt"), source(one, "under.txt")
    reading = one.library.reading(under)
    assert reading
    task = next(task for task in reading.tasks if task.lead)
    mention = reading.citations[0]
    before = one.export()
    decisions = [
        Judgement("correct", source=plan, field="number", value="1512/KH-UBND", **WHO),
        Judgement("correct", source=under, start=mention.start, field="relation", value="CITES", **WHO),
        Judgement("correct", source=under, start=task.start, field="lead", value="Sở Y tế; Sở Tài chính", **WHO),
        Judgement(
            "correct", source=under, start=reading.citations[-1].start, field="status", value="not_a_citation", **WHO
        ),
    ]
    judge(one.library, one.store, decisions)
    assert "vn:state:ubnd@binh-thuan:kh:2022:1512" in nodes(one)
    assert {"vn:org:syt@binh-thuan", "vn:org:stc@binh-thuan"} == {
        edge["to"] for edge in edges(one, relation="ASSIGNS_TO", from_=f"vn:task:{under}:{task.start}")
    }
    assert one.library.now(PLAN) in (PLAN, "vn:state:ubnd@binh-thuan:kh:2022:1512")
    settle(one)
    undo(one.library, one.store, [decision.id for decision in decisions])
    assert one.export() == before


def test_a_task_is_marked_done_and_open_again(one: House) -> None:
    name = source(one, "plan.txt")
    id = next(id for id in nodes(one) if id.startswith(f"vn:task:{name}:"))
    start = int(id.rsplit(":", 1)[1])
    judge(one.library, one.store, [Judgement("done", source=name, start=start, **WHO)])
    assert nodes(one)[id]["done"] is True
    settle(one)
    judge(one.library, one.store, [Judgement("done", source=name, start=start, value="no", when="2026-03-01")])
    assert "done" not in nodes(one)[id]


def test_judgements_on_what_is_gone_are_kept_named_and_applied_when_it_comes(one: House) -> None:
    name = source(one, "plan.txt")
    file = one.docs / "plan.txt.txt"
    remove([str(file)], one.library, one.store)
    correction = Judgement("correct", source=name, field="subject", value="Tên đã sửa", **WHO)
    outcome = judge(one.library, one.store, [correction, Judgement("done", source="f" * 16, start=3)])
    assert [why for _, why in outcome.dangling] == ["its document is not held"] * 2
    one.take(file)
    assert nodes(one)[PLAN]["subject"] == "Tên đã sửa"
    assert [found.judgement.source for found in one.library.dangling()] == ["f" * 16]
    settle(one)


def test_a_quote_that_is_not_in_the_text_is_told(one: House) -> None:
    odd = Judgement("key", source=source(one, "plan.txt"), start=3, key=NQ20, quote="chữ không có trong văn bản")
    assert [why for _, why in judge(one.library, one.store, [odd]).dangling] == ["its quote is not in the document"]


def test_judgements_go_from_one_library_to_another(one: House, tmp_path: Path) -> None:
    decisions = [
        Judgement("same", key=partial(one), other=NQ20, **WHO),
        Judgement("correct", source=source(one, "plan.txt"), field="subject", value="Tên đã sửa", **WHO),
        Judgement("done", source="f" * 16, start=3, **WHO),
    ]
    judge(one.library, one.store, decisions)
    lines = list(export_judgements(one.library))
    other = house(tmp_path, "other")
    other.take()
    outcome, left_out = import_judgements(
        [*lines, "no json", '{"judgement": {"what": "x"}}', ""], other.library, other.store
    )
    assert outcome.new == 3 and [line for line, _ in left_out] == [5]
    assert whole(one) == whole(other)
    again, _ = import_judgements(lines, other.library, other.store)
    assert (again.new, again.known) == (0, 3)
    other.close()


def test_an_export_comes_in_as_known_documents_and_goes_again(one: House, tmp_path: Path) -> None:
    file = tmp_path / "export.jsonl"
    file.write_text("\n".join([*whole(one), "{}", '{"edge": {"relation": "X"}}']), encoding="utf-8")
    other = house(tmp_path, "other")
    outcome = import_lines(file, other.library, other.store)
    assert len(outcome.left_out) == 2 and outcome.source.startswith("import-")
    here, there = nodes(one), nodes(other)
    assert here.keys() == there.keys()
    assert not any(node.get("held") for node in there.values())
    tasks = [id for id in here if id.startswith("vn:task:")]
    assert tasks and all(here[id] == there[id] for id in tasks)
    ends = {(edge["from"], edge["relation"], edge["to"]) for edge in edges(one)}
    assert {(edge["from"], edge["relation"], edge["to"]) for edge in edges(other)} == ends
    export = other.export()
    rebuild(other.library, other.store)
    assert other.export() == export
    assert import_lines(file, other.library, other.store).known
    other.take()
    both = other.export()
    rebuild(other.library, other.store)
    assert other.export() == both
    assert remove([outcome.source], other.library, other.store).unknown == ()
    assert other.export() == one.export()
    other.close()


@pytest.mark.parametrize(
    ("judgement", "why"),
    [
        (Judgement("perhaps"), "no judgement"),
        (Judgement("same", key=NQ20), "needs other"),
        (Judgement("same", key=NQ20, other=NQ20), "is itself"),
        (Judgement("same", key=NQ20, other="vn:org:btc"), "never the same"),
        (Judgement("key", source="a"), "needs key"),
        (Judgement("done", source="a"), "needs the start"),
        (Judgement("correct", source="a", field="colour", value="x"), "no field"),
        (Judgement("correct", source="a", start=3, field="signer", value="x"), "no field"),
    ],
)
def test_a_judgement_that_says_nothing_is_refused(one: House, judgement: Judgement, why: str) -> None:
    good = Judgement("same", key=NQ20, other=NQ21)
    with pytest.raises(BadJudgement, match=why):
        judge(one.library, one.store, [good, judgement])
    assert one.library.judgements() == []


def test_judgements_parse_what_they_print() -> None:
    one = Judgement("key", source="a" * 16, start=0, key=NQ20, **WHO)
    assert Judgement.from_json(one.to_json()) == one and Judgement.from_json(one.to_json()).id == one.id
    with pytest.raises(BadJudgement):
        Judgement.from_json({"what": "key", "source": 3})
    with pytest.raises(BadJudgement):
        Judgement.from_json({"what": "key", "source": "a", "key": NQ20, "start": -1})


def test_corrections_leave_what_they_do_not_name() -> None:
    reading = Reading("a", Header(number="1"), (Citation(5, 9, "x"),), (Task(5, 20, "y", lead=("A",)),))
    said = corrected(reading, [Judgement("correct", source="s", start=5, field="status", value="not_a_task")])
    assert said.tasks == () and said.citations == reading.citations
    assert keyed(reading, [Judgement("key", source="s", start=5, key=NQ20)]).citations[0].key == NQ20
    assert keyed(reading, [Judgement("key", source="s", key=PLAN)]).key == PLAN
    assert judged(reading, "", [Judgement("done", source="s", start=5)]) is None
    late = [Judgement("done", source="s", start=5, when=day, value=value) for day, value in (("2", "no"), ("1", None))]
    assert standing(late) == (late[0],)


_KEYS = sorted(
    (NQ20, NQ21, PLAN, "vn:state:ttg:ct:2022:16", "vn:state:ttg:ct:_:16", "vn:state:ubnd@binh-thuan:kh:2022:1600")
)
_PAIRS = st.tuples(st.sampled_from(_KEYS), st.sampled_from(_KEYS)).filter(lambda pair: pair[0] != pair[1])


@given(data=st.data(), pairs=st.lists(_PAIRS, max_size=5, unique=True))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_judgements_in_any_order_make_the_same_graph_and_leave_no_trace(
    one: House, data: st.DataObject, pairs: list[tuple[str, str]]
) -> None:
    decisions = [Judgement("same", key=key, other=other) for key, other in pairs]
    # Drawn before anything is judged: an example that is given up while drawing leaves nothing behind.
    undone, judged = data.draw(st.permutations(decisions)), data.draw(st.permutations(decisions))
    plain = one.export()
    judge(one.library, one.store, decisions)
    together = one.export()
    rebuild(one.library, one.store)
    assert one.export() == together
    undo(one.library, one.store, [decision.id for decision in undone])
    assert one.export() == plain
    for decision in judged:
        judge(one.library, one.store, [decision])
    assert one.export() == together
    undo(one.library, one.store, [decision.id for decision in decisions])
    assert one.export() == plain and one.library.judgements() == []
