"""`make bench`: measure accuracy and speed, compare with the last record, write docs/accuracy.md."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from bench import accuracy, speed

PAGE = Path(__file__).parent.parent / "docs" / "accuracy.md"


def page(corpus: accuracy.Corpus, documents: list[tuple[str, str]]) -> Iterable[str]:
    """The lines of docs/accuracy.md."""
    back = accuracy.held_back(corpus)
    yield "# Accuracy and speed of reading"
    yield ""
    yield "Written by `make bench`; not edited by hand. The labelled documents lie outside the project (`VANBAN_GOLD`)."
    parts = {
        f"All {len(corpus.labels)} labelled documents": corpus,
        f"The {len(back)} documents held back from the start (bench/heldback.toml)": corpus.part(back),
    }
    for title, part in parts.items():
        yield f"\n## {title}\n"
        yield from accuracy.table(part.score())
        means = ", ".join(f"{name} {accuracy.document_mean(part, name):.3f}" for name in ("mentions", "edges", "tasks"))
        yield f"\nMean over documents (F1): {means}."
    yield "\n## Speed\n"
    yield "Time as a multiple of a bare scan for numbers of the same text in the same run, on one core.\n"
    yield "| reader | times the bare scan |"
    yield "|---|--:|"
    yield f"| vanban-graph: header, citations, relations, tasks, keys | {speed.ratio(documents):.0f} |"
    for name, times in speed.others().items():
        yield f"| {name} | {times:.0f} |"


def main() -> int:
    """Measure and write; exit code 2 when the labelled documents are not named."""
    gold = os.environ.get("VANBAN_GOLD")
    if not gold or not Path(gold, "labels").is_dir():
        print("No labelled documents: set VANBAN_GOLD to their folder (docs/, labels/, score.py).", file=sys.stderr)
        return 2
    corpus = accuracy.load(Path(gold))
    lines = list(page(corpus, speed.texts(Path(gold, "docs"))))
    found = accuracy.findings(corpus)
    gains, losses = accuracy.compare(accuracy.recorded(), found)
    print("\n".join(lines))
    print(f"\n{len(gains)} gains and {len(losses)} losses since the last record.")
    print("\n".join(f"  + {line}" for line in gains[:50]))
    print("\n".join(f"  - {line}" for line in losses[:50]))
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    accuracy.record(found)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
