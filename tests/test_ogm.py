"""The objects of py2neo on a real server."""

from __future__ import annotations

import pytest
from neo4j_server import Address
from small_graph import CT16, LAW, LETTER, NQ20, PLAN, PROGRAMME, health
from test_network import BODY, ORDER, TASK

from graph.export import export_lines
from graph.store import Store
from graph.stores.ogm import Document, Organization, Task, connected, document_numbered
from graph.writing import steps

pytestmark = pytest.mark.neo4j


def test_documents_tasks_and_bodies_are_objects(neo4j_store: Store, neo4j_address: Address) -> None:
    neo4j_store.write(steps(health()))
    neo4j_store.write(steps(ORDER))
    before = list(export_lines(neo4j_store))
    graph = connected(neo4j_address.url, neo4j_address.user, neo4j_address.password)

    resolution = document_numbered(graph, "20-NQ/TW")
    assert resolution is not None and resolution.id == "vn:party:tw:nq:_:20" and not list(resolution.implemented_by)
    resolution = Document.match(graph, NQ20).first()
    assert resolution.date == "2017-10-25" and resolution.held is False
    assert {one: hops for one, (hops, _) in resolution.carried_out_by().items()} == {PROGRAMME: 1, PLAN: 1}

    letter = Document.match(graph, LETTER).first()
    assert set(letter.rests_on()) == {CT16, LAW} and letter.rests_on(depth=0) == {}
    plan = Document.match(graph, PLAN).first()
    assert plan.quotes(resolution) == [f"{PLAN} IMPLEMENTS {NQ20}"] and plan.quotes(letter) == []
    assert document_numbered(graph, "1/none") is None

    [task] = plan.tasks
    assert (task.id, task.text) == (TASK, "Báo cáo") and [one.id for one in task.documents] == [PLAN]
    assert [one.id for one in task.bodies_in("lead")] == [BODY] and task.bodies_in("coordinate") == []
    body = Organization.match(graph, BODY).first()
    assert body.name == "Sở Y tế" and [one.id for one in body.tasks] == [TASK]
    assert Task.match(graph).count() == 1
    assert list(export_lines(neo4j_store)) == before
