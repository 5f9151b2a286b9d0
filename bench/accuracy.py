"""Accuracy on the labelled documents: total, by part, by document; gains and losses since the last record."""

from __future__ import annotations

import importlib.util
import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from graph.reading import to_json
from ingest.extract import extract

HERE = Path(__file__).parent
RECORD = HERE / "recorded.json"
FIELDS = ("date", "issuer", "term", "pinpoint", "relation", "from")


@dataclass(frozen=True, slots=True)
class Corpus:
    """Labelled documents: `labels` as the label files have them, `said` the readings by document name."""

    scorer: ModuleType
    labels: list[dict[str, Any]]
    said: dict[str, dict[str, Any]]

    def part(self, names: set[str]) -> Corpus:
        """The documents whose names are in `names`."""
        return Corpus(self.scorer, [one for one in self.labels if one["document"] in names], self.said)

    def score(self) -> dict[str, Any]:
        """The scorer's result for these documents."""
        result: dict[str, Any] = self.scorer.score(self.labels, self.said)
        return result


def load(gold: Path) -> Corpus:
    """Read every labelled document under `gold` (docs/, labels/, score.py) and keep what was said."""
    spec = importlib.util.spec_from_file_location("gold_score", gold / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{gold}/score.py cannot be loaded")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    labels = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((gold / "labels").glob("*.json"))]
    said = {one["document"]: _read(gold / "docs" / one["document"]) for one in labels}
    return Corpus(scorer, labels, said)


def _read(path: Path) -> dict[str, Any]:
    with path.open(encoding="utf-8", newline="") as file:
        return to_json(extract(path.name, file.read()))


def held_back(corpus: Corpus) -> set[str]:
    """The documents that were set aside before the first rule was written."""
    stems = set(tomllib.loads((HERE / "heldback.toml").read_text(encoding="utf-8"))["documents"])
    return {one["document"] for one in corpus.labels if Path(one["document"]).stem in stems}


def findings(corpus: Corpus) -> dict[str, str]:
    """Each labelled mention and task by document and span: "right", or what is wrong with it."""
    found: dict[str, str] = {}
    for label in corpus.labels:
        said = corpus.said[label["document"]]
        golds = [c for c in label["citations"] if corpus.scorer.counts(c)]
        saids = [c for c in said["citations"] if corpus.scorer.counts(c)]
        found |= _marks(label["document"], golds, saids, corpus)
        pairs = corpus.scorer.pair(label["tasks"], said["tasks"], corpus.scorer.same_task)
        hit = {id(gold) for gold, _ in pairs}
        for task in label["tasks"]:
            found[f"{label['document']}:{task['start']}-{task['end']}:task"] = "right" if id(task) in hit else "missed"
    return found


def _marks(document: str, golds: list[Any], saids: list[Any], corpus: Corpus) -> dict[str, str]:
    pairs = corpus.scorer.pair(golds, saids, corpus.scorer.same_mention)
    by_gold = {id(gold): said for gold, said in pairs}
    used = {id(said) for _, said in pairs}
    fold = corpus.scorer.fold
    marks = {}
    for gold in golds:
        said = by_gold.get(id(gold))
        wrong = ["missed"] if said is None else [f for f in FIELDS if fold(gold.get(f)) != fold(said.get(f))]
        marks[f"{document}:{gold['start']}-{gold['end']}"] = " ".join(wrong) or "right"
    for said in saids:
        if id(said) not in used:
            marks[f"{document}:{said['start']}-{said['end']}:extra"] = "not there"
    return marks


def compare(before: dict[str, str], after: dict[str, str]) -> tuple[list[str], list[str]]:
    """Gains and losses: what is right in one of the two records only, one line each."""
    gains = [f"{key}: {before.get(key, 'missed')} → right" for key in after if _gained(before, after, key)]
    losses = [f"{key}: right → {after.get(key, 'missed')}" for key in before if _gained(after, before, key)]
    new_errors = [f"{key}: not there" for key, mark in after.items() if mark == "not there" and key not in before]
    gone_errors = [f"{key}: said no more" for key, mark in before.items() if mark == "not there" and key not in after]
    return gains + gone_errors, losses + new_errors


def _gained(before: dict[str, str], after: dict[str, str], key: str) -> bool:
    return after.get(key) == "right" and before.get(key) != "right"


def document_mean(corpus: Corpus, part: str) -> float:
    """The mean F1 of `part` ("mentions", "edges", "tasks") over the documents that have any."""
    values = []
    for label in corpus.labels:
        row = corpus.scorer.score([label], corpus.said)[part]
        if row["gold"] or row["said"]:
            values.append(row["F1"])
    return sum(values) / len(values) if values else 0.0


def recorded() -> dict[str, str]:
    """The marks of the last recorded run; empty when there is none."""
    return json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else {}


def record(found: dict[str, str]) -> None:
    """Keep `found` as the run to compare the next one with."""
    RECORD.write_text(json.dumps(found, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def table(result: dict[str, Any]) -> Iterable[str]:
    """One result of the scorer as lines of a Markdown table."""
    yield "| what | labelled | said | P | R | F1 |"
    yield "|---|--:|--:|--:|--:|--:|"
    for name in ("mentions", "by number", "by name", "edges", "tasks"):
        yield _row(name, result[name])
    for name, row in result["relations"].items():
        yield _row(f"relation {name}", row)
    yield ""
    yield "| field, of those that count | right | of | share |"
    yield "|---|--:|--:|--:|"
    for part in ("fields", "header", "task fields"):
        for name, got in result[part].items():
            share = got["ok"] / got["of"] if got["of"] else 0.0
            prefix = {"fields": "mention", "header": "header", "task fields": "task"}[part]
            yield f"| {prefix} {name} | {got['ok']} | {got['of']} | {share:.3f} |"


def _row(name: str, row: dict[str, Any]) -> str:
    return f"| {name} | {row['gold']} | {row['said']} | {row['P']:.3f} | {row['R']:.3f} | {row['F1']:.3f} |"
