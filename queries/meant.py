"""What the partly known documents of an answer may mean: their candidates, each with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.key import Key
from ingest.candidates import Asked as Mention
from queries.answer import Candidate, Document, Edge
from queries.corpus import Corpus
from queries.review import Reader

MOST = 50


@dataclass(frozen=True, slots=True)
class Meant:
    """A partly known document by its key, and the documents that it may mean, best first; none of them is taken."""

    id: str
    candidates: tuple[Candidate, ...]


def meant(corpus: Corpus, documents: Iterable[Document], edges: Sequence[Edge]) -> tuple[Meant, ...]:
    """The candidates of the first 50 partly known ones among `documents`; `edges` tell who cites them, and so by when
    they were there. Those that people ruled out are left out. Raises `StoreError`."""
    known = {one.id: one for one in documents}
    partial = [one for _, one in sorted(known.items()) if not one.complete][:MOST]
    reader = Reader(corpus) if partial else None
    found = []
    for one in partial:
        mention = Mention(Key.parse(one.id), one.subject, one.issuer, last=_last(one, known, edges))
        if reader and (candidates := reader.meant(mention)):
            found.append(Meant(one.id, candidates))
    return tuple(found)


def _last(document: Document, known: Mapping[str, Document], edges: Sequence[Edge]) -> str | None:
    """The last day of the latest document that cites it, None where one of these is undated."""
    citing = {edge.asserted_by for edge in edges if edge.to_id == document.id}
    days = [known[id].date_last if id and id in known else None for id in citing]
    return None if not days or None in days else max(day for day in days if day)
