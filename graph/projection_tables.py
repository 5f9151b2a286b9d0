"""What the projection takes from the shipped tables: functions and maps, handed in by the room that loads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from graph.key import Key
from graph.model import Edge, Header

UNSURE = 0.7


@dataclass(frozen=True, slots=True)
class Body:
    """A body as a node: `kind` is its class where it stands for several ("các sở"), dates are ISO days."""

    id: str
    name: str
    level: str | None = None
    kind: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """When a task is due: first and last day (ISO), a recurrence (RFC 5545), and whether it was counted from a date."""

    first: str | None = None
    last: str | None = None
    rrule: str | None = None
    derived: bool = False


def _nothing(_: str) -> None:
    return None


def _plain_body(name: str, _: Header, __: str) -> Body | None:
    words = "-".join(name.lower().split())
    return Body(f"vn:org:~{words}", " ".join(name.split())) if words else None


def _one_name(line: str) -> tuple[str, ...]:
    return (line,) if line.strip() else ()


def _no_due(_: str, __: str | None) -> Due:
    return Due()


def _no_period(_: Key) -> tuple[str | None, str | None]:
    return None, None


def _no_edges(_: str) -> tuple[tuple[Body, ...], tuple[Edge, ...]]:
    return (), ()


@dataclass(frozen=True, slots=True)
class Tables:
    """The shipped knowledge that the projection uses.

    `family` and `kind`: the label and the type name for the type segment of a key; `issuer`: the full name of the body
    of a key; `place`: the name of a place by its segment; `body`: the body that a printed name means in a document with
    this header and key, None for words that name no body; `names`: the names of bodies in a line of recipients; `kin`:
    the bodies that a body is tied to, over any number of ties, and the shipped edges that start at it; `due`: from a
    deadline as printed and the document's date; `period`: first and last day that a key allows; `law`: what the
    tables of laws and of plenums say of a key (number, kind, subject, date); `confidence` by method,
    `formats`: rank of a format, the smallest speaks. `version` changes when any of it does.
    """

    family: Callable[[str], str | None] = _nothing
    kind: Callable[[str], str | None] = _nothing
    issuer: Callable[[Key], str | None] = lambda _: None
    place: Callable[[str], str | None] = _nothing
    body: Callable[[str, Header, str], Body | None] = _plain_body
    names: Callable[[str], tuple[str, ...]] = _one_name
    kin: Callable[[str], tuple[tuple[Body, ...], tuple[Edge, ...]]] = _no_edges
    due: Callable[[str, str | None], Due] = _no_due
    period: Callable[[Key], tuple[str | None, str | None]] = _no_period
    law: Callable[[str], Mapping[str, str] | None] = _nothing
    confidence: Mapping[str, float] = field(default_factory=dict)
    formats: Mapping[str, int] = field(default_factory=dict)
    version: str = ""

    def sure(self, method: str) -> float:
        """How far a mention read by this method is to be trusted, 0 to 1."""
        return self.confidence.get(method, UNSURE)
