"""Many read while one writes: every answer is one that a whole state of the graph gives."""

from __future__ import annotations

import threading
from pathlib import Path
from random import Random

import httpx2
import neo4j_server
import pytest
from served import letters, put, served, settled

READERS = 8
DOCUMENTS = letters(10)
SAME = {"X-Request-ID": "same"}
QUESTIONS = (
    "/api/v1/lineage?document=20-NQ/TW",
    "/api/v1/lineage?document=100/KH-UBND&direction=down&depth=12",
    "/api/v1/impact?document=16/CT-TTg",
    "/api/v1/documents",
    "/api/v1/missing",
    "/api/v1/stats",
    "/api/v1/tasks",
    "/api/v1/coverage?document=20-NQ/TW&body=binh-thuan",
    "/api/v1/export",
)
Answer = tuple[int, bytes]


def ask(client: httpx2.Client, question: str) -> Answer:
    said = client.get(question, headers=SAME)
    return said.status_code, said.content


def states(home: Path, **more: str) -> dict[str, list[Answer]]:
    """What each question is answered in quiet, after each document."""
    found: dict[str, list[Answer]] = {question: [] for question in QUESTIONS}
    with served(home, **more) as server, server.client() as client:
        settled(client)
        for name, text in [("", ""), *DOCUMENTS.items()]:
            if name:
                assert put(client, name, text)["state"] == "done"
            for question, answers in found.items():
                answers.append(ask(client, question))
    return found


def read_on(address: str, writing: threading.Event, seed: int, seen: list[tuple[str, Answer]]) -> None:
    """Ask one question after the other until the writing is over."""
    random = Random(seed)
    with httpx2.Client(base_url=address, timeout=60, trust_env=False) as client:
        while writing.is_set():
            question = random.choice(QUESTIONS)
            seen.append((question, ask(client, question)))


def torn(home: Path, quiet: dict[str, list[Answer]], **more: str) -> tuple[int, list[tuple[str, Answer]]]:
    """How many answers readers got while the documents came in, and which of them no whole state gives."""
    seen: list[tuple[str, Answer]] = []
    with served(home, **more) as server, server.client() as client:
        settled(client)
        writing = threading.Event()
        writing.set()
        readers = [
            threading.Thread(target=read_on, args=(server.address, writing, seed, seen)) for seed in range(READERS)
        ]
        for reader in readers:
            reader.start()
        for name, text in DOCUMENTS.items():
            assert put(client, name, text)["state"] == "done"
        writing.clear()
        for reader in readers:
            reader.join()
        assert [ask(client, question) for question in QUESTIONS] == [quiet[question][-1] for question in QUESTIONS]
    return len(seen), [(question, answer) for question, answer in seen if answer not in quiet[question]]


@pytest.mark.slow
def test_no_answer_is_half_new(tmp_path: Path) -> None:
    quiet = states(tmp_path / "quiet")
    count, wrong = torn(tmp_path / "busy", quiet)
    assert count > READERS and wrong == []


@pytest.mark.neo4j
def test_nor_on_a_server(tmp_path: Path, neo4j_store: object, neo4j_address: neo4j_server.Address) -> None:
    quiet = states(tmp_path / "quiet")
    login = {"VANBAN_STORE_USER": neo4j_address.user, "VANBAN_STORE_PASSWORD": neo4j_address.password}
    count, wrong = torn(tmp_path / "busy", quiet, VANBAN_STORE=neo4j_address.url, **login)
    assert count > READERS and wrong == []
