"""Drawings and Word reports: read back by what reads them, nothing in a document breaks them, twice the same bytes."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import docx
import pydot
import pytest
from command import DEMO, vanban
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st
from served import served
from small_graph import LETTER, NOTE, NQ20, PLAN, PROGRAMME, health, node, store_of

from api.app import create_app
from api.drawn import dot, mermaid
from api.reports import coverage_report, lineage_report, tasks_report
from api.settings import Settings
from api.task_files import every
from graph.model import Change
from graph.writing import steps
from queries.answer import Asked, CorpusNote, Document
from queries.corpus import Corpus
from queries.coverage import coverage
from queries.lineage import Lineage, lineage
from queries.scope import Scope
from queries.tasks import Which

HARD = 'Về "việc" <b>&amp; #35; [x] `y` \\ | --> } %%\nđiều 2\x0b'


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    store = store_of(tmp_path_factory.mktemp("files"), health())
    store.write(steps(Change(put_nodes=(node(PLAN, kind=HARD, issuer=HARD, held=True),))))
    yield Corpus(store)
    store.close()


def paragraphs(data: bytes) -> str:
    word = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in word.paragraphs), *cells])


def test_mermaid_draws_each_document_and_relation_once(corpus: Corpus) -> None:
    answer = lineage(corpus, NQ20)
    drawn = mermaid(answer)
    assert drawn == mermaid(lineage(corpus, NQ20))
    assert "%% Lập từ 3 văn bản có trong kho" in drawn
    names = dict(re.findall(r'^  (n\d+)\["([^"]*)"\]$', drawn, re.MULTILINE))
    assert len(names) == 1 + len(answer.documents)
    assert set(re.findall(r"^  (n\d+) -->\|thực hiện\| (n\d+)$", drawn, re.MULTILINE)) == {("n1", "n0"), ("n2", "n0")}
    hard = next(label for label in names.values() if "#quot;" in label)
    assert not set('"<>&\\`') & set(hard.replace("<br/>", "")) and "điều 2" in hard


def test_changes_are_dashed(corpus: Corpus) -> None:
    drawn = mermaid(lineage(corpus, LETTER, direction="up"))
    assert re.search(r"n\d+ -\. sửa đổi \.-> n\d+", drawn)
    assert "style=dashed];" in dot(lineage(corpus, LETTER, direction="up"))


def test_dot_is_read_by_a_parser_with_the_same_graph(corpus: Corpus) -> None:
    answer = lineage(corpus, NQ20)
    (graph,) = pydot.graph_from_dot_data(dot(answer))
    assert {(one.get_source(), one.get_destination()) for one in graph.get_edges()} == {("n1", "n0"), ("n2", "n0")}
    assert len([one for one in graph.get_nodes() if one.get_name().startswith("n") and one.get_name() != "node"]) == 3


@settings(deadline=None)
@given(words=st.text(max_size=40))
def test_no_words_break_a_drawing(words: str) -> None:
    drawn = drawing_of(words)
    assert len([line for line in mermaid(drawn).split("\n") if '["' in line]) == 1
    label = re.search(r'label="((?:[^"\\]|\\.)*)"', dot(drawn))
    assert label and dot(drawn).count("\n") == 5


def drawing_of(words: str) -> Lineage:
    asked = Asked("x", NQ20, Document(NQ20, words, held=True))
    return Lineage(asked, "both", (), (), (), (), (), (), False, (), None, CorpusNote(1, 0, ""))


def test_a_report_of_a_lineage_has_the_quotes_and_whose_word_they_are(corpus: Corpus) -> None:
    data = lineage_report(lineage(corpus, NQ20))
    assert data == lineage_report(lineage(corpus, NQ20))
    said = paragraphs(data)
    assert f"“{PROGRAMME} IMPLEMENTS {NQ20}”" in said and "theo Công văn 3933/UBND-KGVXNV" in said
    assert "Lập từ 3 văn bản có trong kho" in said and NOTE.split(":")[-1] in said


def test_a_report_of_a_coverage_names_every_unit_and_its_state(corpus: Corpus) -> None:
    answer = coverage(corpus, NQ20, Scope(as_of="2022-12-31"))
    data = coverage_report(answer)
    assert data == coverage_report(answer)
    said = paragraphs(data)
    assert all(unit.name in said for unit in answer.units) and len(answer.units) == 63
    assert "được nhắc đến, chưa có văn bản" in said and f"“{PROGRAMME} IMPLEMENTS {NQ20}”" in said


def test_the_files_by_command_over_http_and_through_the_server(tmp_path: Path) -> None:
    home = tmp_path / "home"
    vanban(home, "ingest", DEMO)
    drawn = vanban(home, "draw", "20-NQ/TW").stdout
    assert drawn.startswith("flowchart BT")
    out = tmp_path / "out.docx"
    assert vanban(home, "report", "20-NQ/TW", "--about", "coverage", "-o", out).returncode == 0
    with TestClient(create_app(Settings(home=home, store=str(home / "graph.kgl")))) as client:
        asked = {"document": "20-NQ/TW"}
        assert client.get("/api/v1/lineage/export", params=asked).text == drawn
        assert client.get("/api/v1/coverage/export", params=asked).content == out.read_bytes()
        word = client.get("/api/v1/lineage/export", params={**asked, "format": "docx"})
        assert "Thực hiện Nghị quyết số 20-NQ/TW ngày 25/10/2017" in paragraphs(word.content)
        tasks = client.get("/api/v1/tasks/export", params={"format": "docx"})
        corpus = client.app.state.desk.corpus()  # type: ignore[attr-defined]
        found = list(every(corpus, Which(), Scope()))
        assert tasks.content == tasks_report(found)
        said = " ".join(paragraphs(tasks.content).split())
        assert found[0].tasks and all(" ".join(one.text.split()) in said for one in found[0].tasks)
        assert client.get("/api/v1/lineage/export", params={"document": "999/QĐ-TTg"}).status_code == 404
    with served(home):
        assert vanban(home, "draw", "20-NQ/TW").stdout == drawn
