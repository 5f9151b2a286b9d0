"""The graph in networkx, and the numbers of an analysis beside its nodes."""

from __future__ import annotations

import json
from pathlib import Path

import networkx as nx
import pytest
from served import Server
from small_graph import CT16, LAW, LETTER, NOTE, NQ20, PLAN, PROGRAMME, edge, health, node, store_of

from api.cli import run
from graph.copying import copy
from graph.export import export_lines, items
from graph.model import Change, Edge, Node
from graph.store import Store
from graph.writing import steps
from queries.analyse import Analysed, analyse
from queries.corpus import Corpus
from queries.network import around, network
from queries.scope import Scope

TASK, BODY = "vn:task:0123456789abcdef:1", "vn:org:syt@binh-thuan"
ORDER = Change(
    put_nodes=(Node(TASK, ("Task",), {"text": "Báo cáo"}), Node(BODY, ("Organization",), {"name": "Sở Y tế"})),
    put_edges=(Edge(PLAN, "CONTAINS", TASK, "s"), Edge(TASK, "ASSIGNS_TO", BODY, "s", {"role": "lead"})),
)


def filled(store: Store) -> Store:
    store.write(steps(health()))
    store.write(steps(ORDER))
    return store


def numbers(store: Store, name: str) -> dict[str, object]:
    rows = store.read("export_documents", {"after": "", "limit": 100})
    return {row["id"]: row["properties"][name] for row in rows if name in row["properties"]}


def test_the_whole_graph_with_all_that_is_known(kglite_store: Store) -> None:
    found = network(Corpus(filled(kglite_store)))
    said = [json.loads(line) for line in export_lines(kglite_store)]
    assert sorted(found) == sorted(one["node"]["id"] for one in said if "node" in one)
    assert found.number_of_edges() == sum("edge" in one for one in said)
    assert found.nodes[NQ20]["number"] == "20-NQ/TW" and found.nodes[TASK]["labels"] == ["Task"]
    [carried] = [said for start, _, said in found.in_edges(NQ20, data=True) if start == PLAN]
    assert carried["relation"] == "IMPLEMENTS" and carried["pinpoints"] == ["khoản 2 Điều 5"]
    assert nx.shortest_path(found, PLAN, BODY) == [PLAN, TASK, BODY]


def test_a_part_of_it(kglite_store: Store) -> None:
    corpus = Corpus(filled(kglite_store))
    assert around(corpus, "Nghị quyết 20-NQ/TW ngày 25/10/2017") == {NQ20, PROGRAMME, PLAN, TASK, BODY}
    found = network(corpus, around(corpus, NQ20, Scope(depth=1)))
    assert set(found) == {NQ20, PROGRAMME, PLAN, TASK, BODY}
    assert {(start, end) for start, end in found.edges()} == {
        (PROGRAMME, NQ20), (PLAN, NQ20), (PLAN, TASK), (TASK, BODY)
    }  # fmt: skip
    assert set(network(corpus, [LETTER, CT16, "vn:org:none"])) == {LETTER, CT16}


def test_an_analysis_is_beside_the_graph_and_not_in_its_export(store: Store, tmp_path: Path) -> None:
    before = list(export_lines(filled(store)))
    done = analyse(Corpus(store))
    ranks, ages = numbers(store, "x_rank"), numbers(store, "x_citation_age")
    assert done == Analysed(len(ranks), max(numbers(store, "x_community").values()), 0)  # type: ignore[type-var]
    assert max(ranks, key=lambda id: ranks[id]) == NQ20  # type: ignore[arg-type,return-value]
    assert sum(ranks.values()) == pytest.approx(len(ranks))  # type: ignore[arg-type]
    # From 20/9/2022 to 22/11/2022 and to 1/2/2023.
    assert numbers(store, "x_cited_by")[CT16] == 2 and ages[CT16] == pytest.approx((63 + 134) / 2 / 365.25, abs=0.01)
    assert NOTE not in ages
    assert list(export_lines(store)) == before
    store.write(steps(Change(remove_edges=(edge(NOTE, "AMENDS", CT16),))))
    analyse(Corpus(store))
    assert numbers(store, "x_cited_by")[CT16] == 1
    other = store_of(tmp_path / "other", Change())
    copy(items(store), other)
    analyse(Corpus(other))
    assert all(numbers(store, name) == numbers(other, name) for name in ("x_rank", "x_community"))
    other.close()


def test_mere_grounds_of_power_are_left_out_on_request(kglite_store: Store) -> None:
    corpus = Corpus(filled(kglite_store))
    analyse(corpus)
    assert LAW in numbers(kglite_store, "x_rank")
    assert analyse(corpus, without_authority=True).left_out == 1
    assert LAW not in numbers(kglite_store, "x_rank")
    assert analyse(corpus, Scope(("REPLACES",))) == Analysed(0, 0, 0) and not numbers(kglite_store, "x_rank")


def test_a_document_that_is_written_again_waits_for_the_next_analysis(kglite_store: Store) -> None:
    analyse(Corpus(filled(kglite_store)))
    kglite_store.write(steps(Change(put_nodes=(node(NQ20, number="20-NQ/TW"),))))
    assert NQ20 not in numbers(kglite_store, "x_rank")


def test_the_command_also_by_the_server(office: Server, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    home = office.log.with_suffix("")
    assert run(["analyse", "--home", str(home)]) == 0
    there = capfd.readouterr().out
    assert run(["copy", "--home", str(home), "--to", str(tmp_path / "graph.kgl")]) == 0
    capfd.readouterr()
    assert run(["analyse", "--home", str(tmp_path), "--json"]) == 0
    said = json.loads(capfd.readouterr().out)
    assert there == f"{said['documents']} documents in {said['communities']} communities; 0 left out\n"
