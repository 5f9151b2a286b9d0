"""What people decided about evidence: values that are applied to a reading before it is projected."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, TypeVar

from graph.key import BadKey, Key
from graph.model import RELATIONS, Citation, Header, Programme, Reading, Task

SAME, NOT_SAME, KEY, CORRECT, DONE = "same", "not-same", "key", "correct", "done"
KINDS = (SAME, NOT_SAME, KEY, CORRECT, DONE)

# A correction of the field `status` with one of these values takes the mention or the task out.
NOT_A_CITATION, NOT_A_TASK = "not_a_citation", "not_a_task"

_T = TypeVar("_T", Citation, Task, Programme)
_V = TypeVar("_V", Header, Citation, Task, Programme)

_LISTS = frozenset(("recipients", "lead", "coordinate"))
_HEADER = frozenset(field.name for field in fields(Header)) - {"inferred", "stamps"}
_CITATION = frozenset(
    ("type", "number", "name", "date", "issuer", "term", "pinpoint", "relation", "from_number", "status")
)
_TASK = frozenset(("lead", "coordinate", "deadline", "product", "request", "status"))
_PROGRAMME = frozenset(("name", "relation", "from_number", "approved_by", "status"))
_DATES = frozenset(("date", "effective_from", "effective_to"))
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?\Z")


class BadJudgement(ValueError):
    """A judgement that says nothing that can be applied; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision, with who made it, when (ISO), why, and the words it was made on.

    `same`, `not-same`: of `key` and `other`. `key`: the mention at `start` of `source` means `key` (`start` None: the
    document itself is `key`). `correct`: `field` at `start` (None: the header) is `value` (None: nothing; a list with
    "; " between). `done`: the task at `start` is done (`value` "no": it is not).
    """

    what: str
    source: str | None = None
    start: int | None = None
    key: str | None = None
    other: str | None = None
    field: str | None = None
    value: str | None = None
    quote: str | None = None
    who: str = ""
    when: str = ""
    note: str = ""

    @property
    def id(self) -> str:
        """16 hex of what it says: the same judgement has the same id in every library."""
        said = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    @property
    def about(self) -> tuple[str, ...]:
        """What it decides; of two judgements about one thing the later one counts."""
        if self.what in (SAME, NOT_SAME):
            return ("same", *sorted((self.key or "", self.other or "")))
        return (self.what, self.source or "", "" if self.start is None else str(self.start), self.field or "")

    def to_json(self) -> dict[str, Any]:
        """As plain values, without what is not said."""
        return {name: value for name, value in asdict(self).items() if value not in (None, "")}

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Judgement:
        """The judgement that `to_json` printed. Raises `BadJudgement`."""
        known = {field.name for field in fields(cls)}
        given = {name: value for name, value in said.items() if name in known}
        start = given.get("start")
        if not all(isinstance(value, str) for name, value in given.items() if name != "start") or not (
            start is None or (isinstance(start, int) and start >= 0)
        ):
            raise BadJudgement(f"a judgement has text values, and a number for start: {dict(said)!r}"[:300])
        return checked(cls(**{"what": "", **given}))


def checked(judgement: Judgement) -> Judgement:
    """The judgement, when it can be applied to something. Raises `BadJudgement`."""
    if judgement.what not in KINDS:
        raise BadJudgement(f"{judgement.what!r} is no judgement: {', '.join(KINDS)}")
    needed = {SAME: ("key", "other"), NOT_SAME: ("key", "other"), KEY: ("source", "key")}
    for name in needed.get(judgement.what, ("source",)):
        if not getattr(judgement, name):
            raise BadJudgement(f"a judgement {judgement.what!r} needs {name}")
    for key in filter(None, _pair(judgement)):
        _check_key(key)
    if judgement.what in (SAME, NOT_SAME) and judgement.key == judgement.other:
        raise BadJudgement(f"{judgement.key} is itself: a judgement of two keys needs two")
    if judgement.what in (SAME, NOT_SAME) and len({(one or "").startswith("vn:org:") for one in _pair(judgement)}) > 1:
        raise BadJudgement(f"{judgement.key} and {judgement.other}: a body and a document are never the same")
    if judgement.what == DONE and judgement.start is None:
        raise BadJudgement("a judgement 'done' needs the start of the task")
    if judgement.what == CORRECT:
        _check_field(judgement)
    return judgement


def _pair(judgement: Judgement) -> tuple[str | None, str | None]:
    return judgement.key, judgement.other


def _check_key(key: str) -> None:
    if key.startswith("vn:org:"):
        return
    try:
        Key.parse(key)
    except BadKey as bad:
        raise BadJudgement(str(bad)) from bad


def _check_field(judgement: Judgement) -> None:
    allowed = _HEADER if judgement.start is None else _CITATION | _TASK | _PROGRAMME
    if judgement.field not in allowed:
        raise BadJudgement(f"there is no field {judgement.field!r} to correct: {', '.join(sorted(allowed))}")
    _check_value(judgement.field or "", judgement.value)


def _check_value(field: str, value: str | None) -> None:
    if field == "relation" and value not in RELATIONS:
        raise BadJudgement(f"{value!r} is no relation: {', '.join(RELATIONS)}")
    if field == "status" and value not in (NOT_A_CITATION, NOT_A_TASK):
        raise BadJudgement(f"{value!r} is no status to correct to: {NOT_A_CITATION}, {NOT_A_TASK}")
    if field in _DATES and value is not None and not _DATE.match(value):
        raise BadJudgement(f"{field} {value!r} is no date of the form 2017-10-25, 2017-10 or 2017")


def standing(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Of several judgements about one thing the latest (ties by id), in the order of their ids."""
    last: dict[tuple[str, ...], Judgement] = {}
    for judgement in sorted(judgements, key=lambda one: (one.when, one.id)):
        last[judgement.about] = judgement
    return tuple(sorted(last.values(), key=lambda one: one.id))


def corrected(reading: Reading, judgements: Iterable[Judgement]) -> Reading:
    """The reading with the corrections of its header, mentions and tasks; keys are as they were."""
    by_start: dict[int | None, dict[str, Any]] = {}
    for one in standing(judgements):
        if one.what == CORRECT and one.field:
            by_start.setdefault(one.start, {})[one.field] = _value(one.field, one.value)
    if not by_start:
        return reading
    return replace(
        reading,
        header=_with(reading.header, by_start.get(None, {}), _HEADER),
        citations=_each(reading.citations, by_start, _CITATION),
        tasks=_each(reading.tasks, by_start, _TASK),
        programmes=_each(reading.programmes, by_start, _PROGRAMME),
        unassigned=_each(reading.unassigned, by_start, _TASK),
    )


def keyed(reading: Reading, judgements: Iterable[Judgement]) -> Reading:
    """The reading with the keys that judgements give to mentions and to the document itself."""
    keys = {one.start: one.key for one in standing(judgements) if one.what == KEY}
    if not keys:
        return reading
    return replace(
        reading,
        key=keys.get(None, reading.key),
        citations=tuple(replace(one, key=keys.get(one.start, one.key)) for one in reading.citations),
        programmes=tuple(replace(one, key=keys.get(one.start, one.key)) for one in reading.programmes),
    )


def done(judgements: Iterable[Judgement]) -> frozenset[int]:
    """The starts of the tasks that are marked done."""
    marks = (one for one in standing(judgements) if one.what == DONE and one.start is not None)
    return frozenset(one.start for one in marks if one.value != "no" and one.start is not None)


def _value(field: str, value: str | None) -> Any:
    if field in _LISTS:
        return tuple(part.strip() for part in (value or "").split(";") if part.strip())
    return value == "yes" if field == "request" else value


def _each(
    items: tuple[_T, ...], by_start: Mapping[int | None, Mapping[str, Any]], allowed: frozenset[str]
) -> tuple[_T, ...]:
    gone = NOT_A_TASK if allowed is _TASK else NOT_A_CITATION
    kept = (one for one in items if by_start.get(one.start, {}).get("status") != gone)
    return tuple(_with(one, by_start.get(one.start, {}), allowed) for one in kept)


def _with(one: _V, values: Mapping[str, Any], allowed: frozenset[str]) -> _V:
    given = {name: value for name, value in values.items() if name in allowed and name != "status"}
    return replace(one, **given) if given else one
