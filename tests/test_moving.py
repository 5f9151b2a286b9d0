"""A graph taken elsewhere: copied, also after an interruption, and imported by the tool of the server."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import neo4j_server
import pytest
from graph_model import Model, random_change
from served import Server
from test_stores import document, put

from api.cli import run
from graph.copying import Copied, copy, same
from graph.export import export_lines, items
from graph.exports import FORMS
from graph.model import Change, Node
from graph.neo4j_import import unpack
from graph.store import BATCH, Store, StoreError
from graph.stores import open_store
from graph.writing import steps

MANY = tuple(document(f"vn:state:ttg:qd:2022:{i}", number=str(i)) for i in range(3 * BATCH))


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    store = open_store(str(tmp_path / "other.kgl"))
    yield store
    store.close()


def lines(store: Store) -> Iterator[bytes]:
    return (line.encode() for line in export_lines(store))


def test_a_copy_writes_only_what_differs(kglite_store: Store, other: Store) -> None:
    random, model = Random(5), Model()
    for round in range(12):
        change = random_change(random, model)
        model.apply(change)
        kglite_store.write(steps(change))
        done = copy(items(kglite_store), other, replace=True)
        assert list(export_lines(other)) == model.lines(), round
        assert done.nodes + done.edges == len(model.lines())
    again = copy(items(kglite_store), other)
    assert again == Copied(done.nodes, done.edges, 0, 0)
    assert len(same(lines(kglite_store), other)) == 64


def test_an_interrupted_copy_goes_on_where_it_stopped(kglite_store: Store, other: Store) -> None:
    kglite_store.write(steps(Change(put_nodes=MANY)))

    def stopping(done: int) -> None:
        if done >= 2 * BATCH:
            raise KeyboardInterrupt

    put(other, *MANY[: BATCH // 2])
    with pytest.raises(KeyboardInterrupt):
        copy(items(kglite_store), other, progress=stopping)
    told: list[int] = []
    assert copy(items(kglite_store), other, progress=told.append).written == len(MANY) - BATCH // 2
    assert told[-1] == len(MANY) and told == sorted(told)
    assert list(export_lines(other)) == list(export_lines(kglite_store))


def test_a_graph_of_other_documents_is_not_written_over(kglite_store: Store, other: Store) -> None:
    put(kglite_store, *MANY[:2])
    put(other, MANY[1], document("vn:state:ttg:qd:1999:1"))
    with pytest.raises(StoreError, match="holds vn:state:ttg:qd:1999:1, which the source does not"):
        copy(items(kglite_store), other)
    with pytest.raises(StoreError, match=r"differ at line 1: .*1999:1"):
        same(lines(kglite_store), other)
    assert copy(items(kglite_store), other, replace=True) == Copied(2, 0, 1, 1)
    assert list(export_lines(other)) == list(export_lines(kglite_store))


def said(capfd: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    """The exit code of a command run in this process, and what it printed."""
    code = run([str(one) for one in arguments])
    return code, "".join(capfd.readouterr())


def test_the_command_copies_from_under_a_server_and_from_a_file(
    demo: Server, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    home, to, further = demo.log.with_suffix(""), tmp_path / "copy.kgl", tmp_path / "further.kgl"
    code, printed = said(capfd, "copy", "--home", home, "--to", to)
    assert code == 0 and "Both exports are the same: SHA-256" in printed
    again = json.loads(said(capfd, "copy", "--home", home, "--from", to, "--to", further, "--json")[1])
    assert again["removed"] == 0 and again["sha256"] in printed
    code, refused = said(capfd, "copy", "--home", tmp_path, "--from", to, "--to", home / "graph.kgl")
    assert code == 3 and "ask that server, or stop it" in refused


@pytest.mark.neo4j
def test_the_command_copies_to_a_server_and_back(
    demo: Server,
    tmp_path: Path,
    neo4j_store: Store,
    neo4j_address: neo4j_server.Address,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    home, url, back = demo.log.with_suffix(""), neo4j_address.url, tmp_path / "back.kgl"
    monkeypatch.setenv("VANBAN_STORE_USER", neo4j_address.user)
    monkeypatch.setenv("VANBAN_STORE_PASSWORD", neo4j_address.password)
    code, there = said(capfd, "copy", "--home", home, "--from", home / "graph.kgl", "--to", url)
    assert code == 0, there
    code, wrong = said(capfd, "copy", "--from", url, "--to", back, "--from-password", "wrong")
    assert code == 3 and "wrong user or password" in wrong
    assert said(capfd, "copy", "--from", url, "--to", back) == (0, there)


def differences(one: Store, other: Store) -> list[tuple[str, Any, Any]]:
    """(property, here, there) of each property that the same line of two exports says differently."""
    pairs = zip(items(one), items(other), strict=True)
    said = [(next(iter(ours.values())), next(iter(theirs.values()))) for ours, theirs in pairs]
    return [
        (name, ours.get(name), theirs.get(name))
        for ours, theirs in said
        for name in sorted(ours.keys() | theirs.keys())
        if ours.get(name) != theirs.get(name)
    ]


@pytest.mark.neo4j
def test_neo4j_admin_imports_the_files_as_the_same_graph(tmp_path: Path, kglite_store: Store) -> None:
    random, model = Random(3), Model()
    for _ in range(6):
        change = random_change(random, model)
        model.apply(change)
        kglite_store.write(steps(change))
    hard = 'Một "câu"; lạ, <b>&amp; ]]>\r\n\tdòng hai\x0b'
    kglite_store.write(
        steps(Change(put_nodes=(Node("vn:party:tu@hung-yen:kh:_:1", ("Document",), {"subject": hard}),)))
    )
    files = unpack(FORMS["csv"].pieces(kglite_store), tmp_path / "a folder")
    place, command = files.command.split(" && ")
    assert shlex.split(place) == ["cd", str(files.folder)] and all(
        (files.folder / name).exists() for name in files.files
    )
    server = neo4j_server.create(tmp_path / "neo4j")
    try:
        server.stop()
        neo4j_server.admin(server.home, files.folder, *shlex.split(command)[1:])
        server.start()
        imported = open_store(server.address.url, **server.address.login)
        # A CSV file has no empty list, and none of one empty text; a copy on top puts these in.
        found = differences(kglite_store, imported)
        assert found and all(one[1:] in (([], None), ([""], None)) for one in found)
        done = copy(items(kglite_store), imported)
        assert 0 < done.written < done.nodes + done.edges
        assert list(export_lines(imported)) == list(export_lines(kglite_store))
        imported.close()
    finally:
        server.kill()


def test_the_command_writes_the_files_and_says_what_to_run(
    demo: Server, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    code, printed = said(
        capfd, "neo4j-import", tmp_path / "out", "--database", "vanban", "--home", demo.log.with_suffix("")
    )
    assert code == 0
    assert printed.splitlines()[-1].endswith(
        "out && neo4j-admin database import full --overwrite-destination @import.args vanban"
    )
    assert (tmp_path / "out" / "relationships.csv").stat().st_size > 1000
