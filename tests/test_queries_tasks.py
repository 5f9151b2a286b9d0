"""Tasks by body, document, resolution, role and days, on both engines."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from task_graph import ENGINES, GUIDE, NQ, OTHER, PARTIAL, PLAN, PROGRAMME, STC, SYT, SYT_NOW, number, stored
from task_graph import tasks as small

from queries.corpus import Corpus
from queries.due import Window
from queries.errors import AmbiguousDocument, NamesNothing, UnknownDocument
from queries.gaps import Among, gaps
from queries.scope import Scope
from queries.task_search import Which
from queries.tasks import Orders, tasks

DAY = "2023-08-10"


@pytest.fixture(scope="module", params=ENGINES)
def corpus(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    yield from stored(request, tmp_path_factory, small())


def numbers(answer: Orders) -> list[int]:
    return [number(one.id) for one in answer.tasks]


def test_every_task_is_listed_once_the_first_due_first(corpus: Corpus) -> None:
    answer = tasks(corpus)
    assert numbers(answer) == [8, 0, 6, 1, 5, 2, 3, 4, 7]
    assert answer.next is None and answer.corpus.held == 3


@pytest.mark.parametrize(
    ("which", "found"),
    [
        (Which(body="Sở Y tế tỉnh Bình Thuận"), [8, 0, 1, 5, 2]),
        (Which(body=SYT, role="lead"), [8, 0, 5, 2]),
        (Which(body=SYT, role="coordinate"), [1]),
        (Which(role="coordinate"), [0, 1, 5]),
        (Which(body="Sở Y tế tỉnh Lâm Đồng"), [8, 0, 1, 5, 2]),
        (Which(document="7/HD-SYT"), [5]),
        (Which(document=OTHER, body=STC), []),
        (Which(under=PLAN), [8, 0, 1, 5, 2, 3, 4]),
        (Which(under="20-NQ/TW"), [8, 0, 1, 5, 2, 3, 4, 7]),
        (Which(under=NQ, body="Sở Tài chính tỉnh Bình Thuận"), [0, 1]),
    ],
)
def test_tasks_of_a_body_in_a_document_under_a_resolution(corpus: Corpus, which: Which, found: list[int]) -> None:
    assert numbers(tasks(corpus, which)) == found


def test_a_body_is_asked_for_with_those_it_took_over_from(corpus: Corpus) -> None:
    asked = tasks(corpus, Which(body="Sở Y tế tỉnh Lâm Đồng")).bodies
    assert [(one.id, one.predecessor) for one in asked] == [(SYT_NOW, False), (SYT, True)]


def test_a_task_says_by_which_chain_it_is_under_the_resolution(corpus: Corpus) -> None:
    answer = tasks(corpus, Which(under="20-NQ/TW"))
    chains = {number(one.id): one.chain for one in answer.tasks}
    assert chains[0] == (PLAN, PROGRAMME, NQ)
    assert chains[5] == (GUIDE, PLAN, PROGRAMME, NQ)
    assert chains[7] == (OTHER, NQ)
    assert answer.under and answer.under.assumed and not answer.truncated
    assert {one.id for one in answer.others} == {NQ, PROGRAMME, PLAN, GUIDE, OTHER}


def test_what_may_mean_the_resolution_is_told_apart(corpus: Corpus) -> None:
    answer = tasks(corpus, Which(under=NQ))
    assert 6 not in numbers(answer)
    assert [(one.document.id, [two.id for two in one.citing]) for one in answer.loose] == [(PARTIAL, [OTHER])]
    assert [one.document.id for one in gaps(corpus, Among(NQ)).loose] == [PARTIAL]
    assert numbers(tasks(corpus, Which(under="20-NQ/TW", exact=True))) == [6, 7]


def test_a_chain_can_be_cut_or_kept_to_some_relations(corpus: Corpus) -> None:
    assert 5 not in numbers(tasks(corpus, Which(under=NQ), Scope(relations=("IMPLEMENTS",))))
    near = tasks(corpus, Which(under=NQ), Scope(depth=1))
    assert numbers(near) == [7] and near.frontier == (PROGRAMME,)
    assert numbers(tasks(corpus, Which(under=NQ), Scope(as_of="2022-12-31"))) == [8, 0, 1, 2, 3, 4, 7]


@pytest.mark.parametrize(
    ("window", "found"),
    [
        (Window("2023-08-15", "2023-08-20"), [1]),
        (Window(None, "2022-12-31"), [8, 0, 2]),
        (Window("2023-09-01", "2023-09-29"), []),
        (Window("2023-09-01", "2023-09-30"), [5, 2]),
        (Window("2024-01-01"), [2]),
        (Window(due="past"), [0, 6]),
        (Window(due="soon"), [1]),
        (Window(due="soon", within=60), [1, 5, 2]),
        (Window(due_from="2023-09-01", due="soon", within=60), [5, 2]),
    ],
)
def test_tasks_within_days_and_past_due_on_a_day(corpus: Corpus, window: Window, found: list[int]) -> None:
    assert numbers(tasks(corpus, Which(window=window), Scope(as_of=DAY))) == found


def test_a_task_says_where_it_stands_and_that_nobody_said_it_is_done(corpus: Corpus) -> None:
    answer = tasks(corpus, scope=Scope(as_of=DAY))
    said = {number(one.id): (one.due, one.next_due, one.completion) for one in answer.tasks}
    assert answer.as_of == DAY
    assert said[0] == ("past", None, "unknown")
    assert said[8] == ("past", None, "done")
    assert said[1] == ("soon", None, "unknown")
    assert said[2] == ("later", "2023-09-30", "unknown")
    assert said[3] == (None, None, "unknown")


def test_tasks_that_name_no_body(corpus: Corpus) -> None:
    assert numbers(tasks(corpus, Which(unassigned=True))) == [4]
    assert numbers(tasks(corpus, Which(unassigned=True, under="20-NQ/TW"))) == [4]
    assert numbers(tasks(corpus, Which(unassigned=True, document=GUIDE))) == []


def test_what_a_body_must_do_in_a_quarter_under_whatever_carries_out_a_resolution(corpus: Corpus) -> None:
    quarter = Window("2023-07-01", "2023-09-30")
    answer = tasks(corpus, Which("Sở Tài chính tỉnh Bình Thuận", under="20-NQ/TW", window=quarter, expand=True))
    assert {number(one.id): one.through for one in answer.tasks} == {1: "itself", 5: "perhaps"}
    health = tasks(corpus, Which("Sở Y tế tỉnh Bình Thuận", under="20-NQ/TW", window=quarter))
    assert numbers(health) == [1, 5, 2]  # the last one is due each quarter


@pytest.mark.parametrize("limit", [1, 2, 5])
@pytest.mark.parametrize("window", [Window(), Window("2023-09-01", "2023-09-29"), Window("2023-01-01", "2023-09-30")])
def test_page_by_page_it_is_the_same_list(corpus: Corpus, limit: int, window: Window) -> None:
    seen: list[int] = []
    cursor: int | None = 0
    while cursor is not None:
        page = tasks(corpus, Which(window=window), Scope(limit=limit), cursor)
        assert len(page.tasks) <= limit
        seen += numbers(page)
        cursor = page.next
    assert seen == numbers(tasks(corpus, Which(window=window)))


@pytest.mark.parametrize(
    ("scope", "found"),
    [
        (Scope(places=("Hải Phòng",)), [6, 7]),
        (Scope(places=("hai-phong",)), [6, 7]),
        (Scope(issuers=("syt",)), [5]),
        (Scope(held=False), []),
        (Scope(confidence=0.99), []),
        (Scope(as_of="2022-03-31"), [6, 7]),
    ],
)
def test_a_scope_narrows_the_documents_that_order(corpus: Corpus, scope: Scope, found: list[int]) -> None:
    assert numbers(tasks(corpus, scope=scope)) == found


@pytest.mark.parametrize(
    ("which", "error", "parameter"),
    [
        (Which(body="Sở Không Có"), NamesNothing, "body"),
        (Which(under="999/QĐ-TTg"), UnknownDocument, "under"),
        (Which(document="999/QĐ-TTg"), UnknownDocument, "document"),
    ],
)
def test_what_is_not_here_is_said(corpus: Corpus, which: Which, error: type[Exception], parameter: str) -> None:
    with pytest.raises(error) as raised:
        tasks(corpus, which)
    assert not isinstance(raised.value, AmbiguousDocument)
    assert raised.value.parameter == parameter  # type: ignore[attr-defined]
