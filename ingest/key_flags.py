"""What contradicts itself in the keyed mentions of a document, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.key import Key
from graph.model import Citation, Header
from ingest.key_period import Days
from ingest.key_symbol import symbol, type_rows


def flags(citations: Sequence[Citation], keys: Sequence[Key], header: Header) -> tuple[str, ...]:
    """Doubts: one document with two dates, a date that the number denies, a document cited before its time.

    `keys` are those of `citations`.
    """
    return (*_own(header), *_two_dates(citations, keys), *_denied(citations), *_too_late(citations, header))


def _own(header: Header) -> Iterator[str]:
    taken = symbol(header.number) if header.number else None
    if header.number and taken is None:
        yield f"number: {header.number!r} has no form that is known"
    elif taken and taken.type_code and not type_rows(taken.type_code):
        yield f"number: {header.number!r} has an unknown type {taken.type_code!r}"


def _two_dates(citations: Sequence[Citation], keys: Sequence[Key]) -> Iterator[str]:
    dates: dict[str, set[str]] = {}
    for one, known in zip(citations, keys, strict=True):
        if one.date and known.complete:
            dates.setdefault(str(known), set()).add(one.date)
    for key, said in dates.items():
        if not _agree(said):
            yield f"date: {key} is printed with {', '.join(sorted(said))}"


def _agree(dates: set[str]) -> bool:
    """Whether the dates differ only in how much of them is printed."""
    longest = max(dates, key=len)
    return all(longest.startswith(date) for date in dates)


def _denied(citations: Sequence[Citation]) -> Iterator[str]:
    for one in citations:
        taken = symbol(one.number) if one.number else None
        if taken and taken.year and one.date and one.date[:4] != taken.year:
            yield f"date: {one.number} is printed with {one.date}, another year than its number's"


def _too_late(citations: Sequence[Citation], header: Header) -> Iterator[str]:
    if header.date is None:
        return
    last = Days.of(header.date).last
    for one in citations:
        if one.date and Days.of(one.date).first > last:
            yield f"date: {one.number or one.name} is printed with {one.date}, later than the document ({header.date})"
