"""What people decided, with who, when and why."""

from __future__ import annotations

from dataclasses import dataclass

from graph.judgement import Judgement, standing
from queries.corpus import Corpus


@dataclass(frozen=True, slots=True)
class Kept:
    """A judgement under its id; `stands` is false where a later one is about the same thing."""

    id: str
    judgement: Judgement
    stands: bool


@dataclass(frozen=True, slots=True)
class Judgements:
    """One page of judgements, the latest first; `next` is the cursor of the page after, None on the last."""

    judgements: tuple[Kept, ...]
    next: int | None
    all: int


def judgements(
    corpus: Corpus, key: str | None = None, source: str | None = None, limit: int = 50, cursor: int = 0
) -> Judgements:
    """The judgements, all or those that name a key or a source. Raises `LibraryError`."""
    every = corpus.library.judgements() if corpus.library else ()
    stand = {one.id for one in standing(every)}
    found = [one for one in every if (not key or key in (one.key, one.other)) and (not source or source == one.source)]
    found.sort(key=lambda one: one.id)
    found.sort(key=lambda one: one.when, reverse=True)
    page = tuple(Kept(one.id, one, one.id in stand) for one in found[cursor : cursor + limit])
    return Judgements(page, cursor + limit if len(found) > cursor + limit else None, len(found))
