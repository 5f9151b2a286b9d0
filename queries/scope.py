"""What a question looks at: one frozen value that every question takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.model import RELATIONS
from queries.errors import BadQuestion

MAX_DEPTH = 12
MAX_LIMIT = 2000
ANY_DAY = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Scope:
    """The limits of a question.

    `relations` walked (empty: those of the question), `depth` in hops (None: the question's own), `as_of` an ISO day
    after which documents are left out (those of unknown date stay), `confidence` the least of an edge, `held` True or
    False for documents that are held or only cited, `issuers` and `places` names as shown in answers or as in keys,
    `limit` the most documents.
    """

    relations: tuple[str, ...] = ()
    depth: int | None = None
    as_of: str | None = None
    confidence: float = 0.0
    held: bool | None = None
    issuers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    limit: int = 200

    def __post_init__(self) -> None:
        unknown = [one for one in self.relations if one not in RELATIONS]
        if unknown:
            raise BadQuestion("relation", f"{unknown[0]!r} is none of {', '.join(RELATIONS)}")
        _within("depth", self.depth, 1, MAX_DEPTH)
        _within("limit", self.limit, 1, MAX_LIMIT)
        _within("confidence", self.confidence, 0, 1)
        if self.as_of is not None:
            day("as_of", self.as_of)

    @property
    def last_day(self) -> str:
        """`as_of`, or a day after all documents."""
        return self.as_of or ANY_DAY

    def hops(self, default: int) -> int:
        """How many hops to walk, `default` when the question does not say."""
        return self.depth or default

    @property
    def narrowed(self) -> bool:
        """Whether only some of the documents found are to be listed."""
        return self.held is not None or bool(self.issuers) or bool(self.places)


def _within(name: str, value: float | None, least: float, most: float) -> None:
    if value is not None and not least <= value <= most:
        raise BadQuestion(name, f"{value} is not between {least} and {most}")


def day(name: str, text: str) -> date:
    """The ISO day that `text` prints; `BadQuestion` naming the parameter when it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadQuestion(name, f"{text!r} is not a day of the form 2025-07-01") from error
