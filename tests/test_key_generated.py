"""Five hundred made-up documents full of colliding numbers: complete keys are right, and few are left open in vain."""

from __future__ import annotations

import generated_citations

from graph.key import Key
from graph.model import Citation, Reading
from ingest.cite import find_citations
from ingest.clean import clean
from ingest.key import with_keys

DOCUMENTS = 500


def _found(made: generated_citations.Made) -> dict[str, Citation]:
    text = clean(made.raw)
    reading = with_keys(Reading("a.txt", made.header, find_citations(text, made.header)), text)
    return {one.number or one.name or "": one for one in reading.citations}


def test_complete_keys_are_right_and_few_are_open_in_vain() -> None:
    complete = right = decided = open_ = missed = 0
    wrong: list[str] = []
    for seed in range(DOCUMENTS):
        made = generated_citations.document(seed)
        found = _found(made)
        for truth in made.truths:
            mention = found.get(truth.number)
            missed += mention is None
            key = Key.parse(mention.key) if mention and mention.key else Key()
            decided += truth.decided
            open_ += truth.decided and not key.complete
            complete += key.complete
            right += key.complete and str(key) == truth.key
            wrong += [f"{seed}: {key} for {truth.key}"] if key.complete and str(key) != truth.key else []
            wrong += [f"{seed}: {key} is guessed"] if key.complete and not truth.decided else []
            wrong += [f"{seed}: {key} excludes {truth.key}"] if not key.could_be(Key.parse(truth.key)) else []
    assert complete > 1000
    assert right / complete >= 0.99, wrong
    assert open_ / decided <= 0.10
    assert missed <= 5
    assert not wrong
