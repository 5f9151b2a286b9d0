"""The real server in a process of its own, for tests that kill it, stop it and ask it from many sides."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
from command import COMMAND, environment
from shelf import letter

KEY = "0123456789abcdef0123"
WAIT_SECONDS = 120


@dataclass(slots=True)
class Server:
    """A running `vanban serve`."""

    process: subprocess.Popen[bytes]
    address: str
    log: Path

    def client(self) -> httpx2.Client:
        """A client that may write."""
        return httpx2.Client(base_url=self.address, headers={"X-API-Key": KEY}, timeout=60, trust_env=False)


@contextmanager
def served(home: Path, **more: str) -> Iterator[Server]:
    """Start the server of a home, ready to answer; it is killed at the end when it still runs."""
    home.mkdir(parents=True, exist_ok=True)
    log = home.parent / f"{home.name}.log"
    given = environment(home, VANBAN_API_KEY=f"test:{KEY}", VANBAN_PORT="0", **more)
    with open(log, "wb") as out:
        process = subprocess.Popen([*COMMAND, "serve"], env=given, stdout=out, stderr=out)
    try:
        yield Server(process, _address(process, log), log)
    finally:
        process.kill()
        process.wait()


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    until = time.monotonic() + WAIT_SECONDS
    while not (found := re.search(r"Serving at (\S+)", log.read_text())):
        assert process.poll() is None and time.monotonic() < until, log.read_text()
        time.sleep(0.02)
    return found[1]


def settled(client: httpx2.Client) -> None:
    """Wait until the server answers and owes its graph nothing."""
    until = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            said = client.get("/health")
            if said.status_code == 200 and not said.json()["owed"]:
                return
        except httpx2.HTTPError:
            pass
        assert time.monotonic() < until, "the server is not ready"
        time.sleep(0.05)


def put(client: httpx2.Client, name: str, text: str) -> Mapping[str, Any]:
    """Upload a document and wait until its job is over."""
    return job(client, client.post("/api/v1/documents", files=[("files", (name, text.encode()))]).json())


def job(client: httpx2.Client, started: Mapping[str, Any]) -> Mapping[str, Any]:
    """The job when it is over."""
    while started["state"] not in ("done", "failed"):
        time.sleep(0.01)
        started = client.get(f"/api/v1/jobs/{started['id']}").json()
    return started


def letters(count: int) -> dict[str, str]:
    """Plans that carry out the one before, and a resolution and a directive that all carry out."""
    said = "Thực hiện Kế hoạch số {before}/KH-UBND ngày 12/8/2022 của Ủy ban nhân dân tỉnh Bình Thuận; Nghị quyết số "
    said += "20-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương Đảng khóa XII; Chỉ thị số 16/CT-TTg ngày 20/9/2022 "
    said += (
        "của Thủ tướng Chính phủ.\n\n1. Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính thực hiện nhiệm vụ {number}."
    )
    return {
        f"plan{number:03}.txt": letter(f"{number}/KH-UBND", said.format(before=number - 1, number=number))
        for number in range(100, 100 + count)
    }
