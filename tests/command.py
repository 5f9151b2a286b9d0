"""The real command, run as people run it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

DEMO = Path(__file__).parents[1] / "api" / "demo"
COMMAND = (sys.executable, "-c", "from api.cli import main; main()")


def environment(home: Path, **more: str) -> dict[str, str]:
    """What the command finds around it: a home, and no setting of ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VANBAN_")}
    return kept | {"VANBAN_HOME": str(home), "PYTHONPATH": str(DEMO.parents[1]), "COLUMNS": "200"} | more


def vanban(home: Path, *arguments: object, text: str | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    """Run `vanban` to its end. A traceback is a failure of the test."""
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)],
        env=environment(home, **more),
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=180,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


def started(home: Path, *arguments: object, **more: str) -> subprocess.Popen[str]:
    """Start `vanban` and let it run."""
    return subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        env=environment(home, **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
