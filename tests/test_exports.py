"""The whole graph in other forms: read back by the programs they are for, the same graph, twice the same bytes."""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
import rdflib
from command import DEMO, vanban
from fastapi.testclient import TestClient
from graph_model import Model, random_change
from rdflib.namespace import RDF, SDO
from served import served
from small_graph import NQ20, PLAN, health, node

from api.app import create_app
from api.settings import Settings
from graph.export import export_lines
from graph.exports import FORMS
from graph.model import Change
from graph.store import Store
from graph.stores import open_store
from graph.writing import steps

# The terms of ELI 1.5 that may stand in an export.
ELI = (
    "LegalResource id_local number description date_document first_date_entry_in_force date_no_longer_in_force in_force"
    " InForce-inForce InForce-partiallyInForce InForce-notInForce ensures_implementation_of based_on related_to amends"
    " changes repeals corrects cites passed_by relevant_for"
)

HARD = 'Một "câu"; lạ, <b>&amp; ]]>\r\n\tdòng hai\x0b'


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Random rows of all labels, with texts that are hard to write."""
    store, random, model = open_store(str(tmp_path_factory.mktemp("export") / "graph.kgl")), Random(3), Model()
    for _ in range(6):
        change = random_change(random, model)
        model.apply(change)
        store.write(steps(change))
    store.write(steps(health()))
    store.write(
        steps(Change(put_nodes=(node(PLAN, kind="Kế hoạch", issuer="Tỉnh ủy Hưng Yên", held=True, subject=HARD),)))
    )
    yield store
    store.close()


def written(store: Store, form: str) -> bytes:
    return b"".join(FORMS[form].pieces(store))


def lines(store: Store) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    said = [json.loads(line) for line in export_lines(store)]
    return [one["node"] for one in said if "node" in one], [one["edge"] for one in said if "edge" in one]


@pytest.mark.parametrize("form", FORMS)
def test_equal_graphs_give_equal_bytes(store: Store, tmp_path: Path, form: str) -> None:
    again = open_store(str(tmp_path / "again.kgl"))
    again.write(steps(health()))
    other = open_store(str(tmp_path / "other.kgl"))
    for one in reversed(health().put_nodes):
        other.write(steps(Change(put_nodes=(one,))))
    other.write(steps(health()))
    assert written(again, form) == written(other, form) != b""
    assert written(store, form) == written(store, form)
    again.close()
    other.close()


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_networkx_reads_the_same_graph(store: Store, form: str) -> None:
    nodes, edges = lines(store)
    data = written(store, form)
    assert ElementTree.fromstring(data) is not None
    read = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}[form](io.BytesIO(data))
    assert set(read) == {one["id"] for one in nodes}
    found = Counter((start, end, said["relation"]) for start, end, said in read.edges(data=True))
    assert found == Counter((edge["from"], edge["to"], edge["relation"]) for edge in edges)
    plan = read.nodes[PLAN]
    assert plan["held"] is True and plan["issuer"] == "Tỉnh ủy Hưng Yên" and json.loads(plan["labels"]) == ["Document"]
    for one in nodes:
        for name, value in one.items():
            if isinstance(value, str) and name != "id":
                assert read.nodes[one["id"]][name] == value.replace("\x0b", "\ufffd")


def test_linked_data_is_read_by_an_rdf_library(store: Store) -> None:
    nodes, edges = lines(store)
    graph = rdflib.Graph().parse(data=written(store, "jsonld"), format="json-ld")
    eli = rdflib.Namespace("http://data.europa.eu/eli/ontology#")
    documents = set(graph.subjects(RDF.type, eli.LegalResource))
    assert len(documents) == sum(one["labels"][0] == "Document" for one in nodes)
    assert documents == set(graph.subjects(RDF.type, SDO.Legislation))
    resolution = rdflib.URIRef("urn:vanban:" + NQ20.removeprefix("vn:"))
    assert graph.value(resolution, eli.number) == rdflib.Literal("20-NQ/TW")
    day = graph.value(resolution, eli.date_document)
    assert isinstance(day, rdflib.Literal) and str(day.value) == "2017-10-25" and day.datatype == rdflib.XSD.date
    carried = {str(one) for one in graph.subjects(eli.ensures_implementation_of, resolution)}
    assert carried == {
        "urn:vanban:" + edge["from"].removeprefix("vn:")
        for edge in edges
        if (edge["relation"], edge["to"]) == ("IMPLEMENTS", NQ20)
    }
    assert len(set(graph.subjects(RDF.type, RDF.Statement))) == len(edges)
    used = {str(term) for triple in graph for term in triple if isinstance(term, rdflib.URIRef)}
    assert {term.split("#")[1] for term in used if term.startswith(str(eli))} <= set(ELI.split())
    for term in used:
        if term.startswith(str(SDO)):
            assert term.removeprefix(str(SDO)) in SDO.__annotations__, term
    for literal in graph.objects():
        assert not isinstance(literal, rdflib.Literal) or not literal.ill_typed


def test_the_archive_has_a_table_for_each_label(store: Store) -> None:
    nodes, edges = lines(store)
    with zipfile.ZipFile(io.BytesIO(written(store, "csv"))) as archive:
        assert archive.testzip() is None
        names = ["documents.csv", "tasks.csv", "organizations.csv", "relationships.csv", "import.args"]
        assert archive.namelist() == names
        assert archive.read("documents.csv").startswith(b"id:ID,:LABEL,")
        assert all(info.date_time[0] == 1980 for info in archive.infolist())
    assert nodes and edges


def test_the_forms_by_command_over_http_and_through_the_server(tmp_path: Path) -> None:
    home = tmp_path / "home"
    vanban(home, "ingest", DEMO)
    files = {}
    for form, said in FORMS.items():
        files[form] = tmp_path / f"alone.{said.ending}"
        assert vanban(home, "export", "--format", form, "-o", files[form]).returncode == 0
    assert files["graphml"].stat().st_size > 10_000
    with TestClient(create_app(Settings(home=home, store=str(home / "graph.kgl")))) as client:
        for form, said in FORMS.items():
            got = client.get("/api/v1/export", params={"format": form})
            assert got.content == files[form].read_bytes() and got.headers["content-type"].startswith(said.media)
            assert said.ending in got.headers["content-disposition"]
        assert client.get("/api/v1/export", params={"format": "doc"}).json()["parameter"] == "format"
    with served(home):
        out = tmp_path / "served.zip"
        assert vanban(home, "export", "--format", "csv", "-o", out).returncode == 0
        assert out.read_bytes() == files["csv"].read_bytes()
