"""What is not known to be carried out: the bodies that a document gives tasks and that hold nothing on it here, the
tasks that name no body; without a document, the held documents with tasks that nothing known here carries out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from graph.store import Row
from ingest.organisations import from_key, place_of
from ingest.places import label, province_of
from queries.answer import Asked, CorpusNote, Document, Loose
from queries.ask import Wanted, loose_ends
from queries.bodies import Body
from queries.chain import Chain, chain
from queries.classes import BodyClass, expanded, is_class
from queries.corpus import Corpus
from queries.scope import Scope
from queries.task_search import Role, Which
from queries.tasks import Order, tasks
from queries.walk import wanted

_MEMBER = "member"
State = Literal["attested", "none known"]


@dataclass(frozen=True, slots=True)
class Gap:
    """A held document with the number of its tasks, and no document known that carries it out."""

    document: Document
    tasks: int


@dataclass(frozen=True, slots=True)
class BodyGap:
    """A body that is given tasks by the documents `given_by` and of which no document that carries out the one asked
    for is held: so many to lead, to help in, and `as_member` by `classes` to which it belongs ("các tỉnh, thành phố").

    `attested` are its documents that do and are only cited. `held` counts all documents of the body that are here,
    whatever they are about, and `latest` shows up to three of them: where nothing is held of a body, nothing can be
    concluded.
    """

    body: Body
    leads: int
    coordinates: int
    as_member: int
    given_by: tuple[Document, ...]
    classes: tuple[Body, ...]
    state: State
    attested: tuple[Document, ...]
    held: int
    latest: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Gaps:
    """One page of what is not known to be carried out; `next` is the cursor of the page after, None on the last.

    With a document asked for: first its `bodies`, most tasks first, then its own tasks that name no body
    (`unassigned`); `given` bodies are given tasks, of `answered` of them (or who came before or after them) a document
    that carries it out is held. `classes` are those expanded, on the day `as_of` (today by default); `loose` is what
    hangs on partly known documents that may be the one asked for, and was not looked at. Where `truncated` more than
    the documents walked to may be under it, from the `frontier` on. Without one: `documents`, most tasks first.
    """

    asked: Asked | None
    documents: tuple[Gap, ...]
    bodies: tuple[BodyGap, ...]
    unassigned: tuple[Order, ...]
    given: int
    answered: int
    classes: tuple[BodyClass, ...]
    loose: tuple[Loose, ...]
    truncated: bool
    frontier: tuple[str, ...]
    next: int | None
    as_of: str | None
    corpus: CorpusNote


@dataclass(frozen=True, slots=True)
class Among:
    """Of which document, the role in which bodies are given tasks (None: either), whether classes of bodies are
    expanded to their members."""

    document: Wanted | str | None = None
    role: Role | None = None
    expand: bool = False


def gaps(corpus: Corpus, among: Among | None = None, scope: Scope | None = None, cursor: int = 0) -> Gaps:
    """What is not known to be carried out, `scope.limit` from the place `cursor` on. `scope.places` and
    `scope.issuers` narrow the bodies.

    Raises `UnknownDocument`, `AmbiguousDocument`, `BadQuestion`, `StoreError`.
    """
    among, scope = among or Among(), scope or Scope(limit=50)
    return _of_document(corpus, among, scope, cursor) if among.document else _of_all(corpus, scope, cursor)


def _of_all(corpus: Corpus, scope: Scope, cursor: int) -> Gaps:
    relations = list(scope.relations or ("IMPLEMENTS", "GUIDES"))
    rows = corpus.read("gaps", as_of=scope.last_day, relations=relations, skip=cursor, limit=scope.limit + 1)
    page = rows[: scope.limit]
    known = corpus.known(page)
    found = [Gap(known[row["id"]], row["tasks"]) for row in page]
    onward = cursor + scope.limit if len(rows) > scope.limit else None
    listed = tuple(one for one in found if wanted(one.document, scope))
    return Gaps(None, listed, (), (), 0, 0, (), (), False, (), onward, scope.as_of, corpus.note())


# --- of one document


@dataclass(slots=True)
class _Given:
    """What a body is given: the tasks in each role and as a member, by which documents and which classes."""

    body: Body
    tasks: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    documents: set[str] = field(default_factory=set)
    classes: dict[str, Body] = field(default_factory=dict)

    def add(self, role: str, row: Row) -> None:
        """Take in the tasks that a document gives."""
        self.tasks[role].update(row["tasks"])
        self.documents.add(row["document"])

    def counts(self) -> tuple[int, int, int]:
        """Tasks to lead, to help in, and others as a member of a class."""
        lead, helps, member = (self.tasks[role] for role in ("lead", "coordinate", _MEMBER))
        return len(lead), len(helps), len(member - lead - helps)

    @property
    def place(self) -> tuple[bool, int, int, str]:
        """The place in the list: those surely meant first, then those with most tasks."""
        lead, helps, member = self.counts()
        return self.body.includes == "perhaps", -lead - member, -helps, self.body.id


def _of_document(corpus: Corpus, among: Among, scope: Scope, cursor: int) -> Gaps:
    way = chain(corpus, among.document or "", scope)
    rows = corpus.read("tasks_given", documents=sorted(way.ways), role=among.role or "")
    today = scope.as_of or date.today().isoformat()
    given, classes = _given(corpus, rows, today if among.expand else None)
    given = [one for one in given if _asked_about(one.body, scope)]
    under = corpus.documents(id for id in way.ways if id != way.asked.document.id)
    carried = _carried_out(corpus, under.values())
    gone = [one for one in given if one.body.id not in carried.held]
    page = gone[cursor : cursor + scope.limit]
    loose, onward = _unassigned(corpus, way, scope, cursor + len(page) - len(gone), scope.limit - len(page))
    if onward is not None:
        onward += len(gone)
    elif cursor + len(page) < len(gone):
        onward = cursor + len(page)
    return Gaps(
        way.asked, (), _described(corpus, page, carried, scope), loose, len(given), len(given) - len(gone), classes,
        loose_ends(corpus, way.asked.document, incoming=True), way.truncated, way.frontier, onward, today,
        corpus.note(),
    )  # fmt: skip


def _unassigned(corpus: Corpus, way: Chain, scope: Scope, skip: int, room: int) -> tuple[tuple[Order, ...], int | None]:
    """The tasks of the document itself that name no body, from a place on, as many as there is room for."""
    if skip < 0:
        return (), None
    which = Which(document=way.asked.document.id, unassigned=True)
    page = tasks(corpus, which, Scope(as_of=scope.as_of, limit=max(room, 1)), skip)
    return (page.tasks, page.next) if room else ((), skip if page.tasks else None)


def _given(corpus: Corpus, rows: Sequence[Row], expand_on: str | None) -> tuple[list[_Given], tuple[BodyClass, ...]]:
    """The bodies that are given tasks, and the classes expanded to who belongs to them on a day, where one is given."""
    found: dict[str, _Given] = {}
    for row in rows:
        found.setdefault(row["id"], _Given(Body(row["id"], row["name"]))).add(row["role"], row)
    named = {Body(row["id"], row["name"]) for row in rows if is_class(row["id"])}
    classes = expanded(corpus, ((one, expand_on) for one in named)) if expand_on else ()
    for one in classes:
        _share_out(one, found, [row for row in rows if row["id"] == one.id])
    return sorted(found.values(), key=lambda one: one.place), classes


def _share_out(one: BodyClass, found: dict[str, _Given], rows: Sequence[Row]) -> None:
    """Give the tasks of a class to its members; the class stays where it may have others."""
    for member in one.members:
        mine = found.setdefault(member.id, _Given(replace(member, includes=one.certainty)))
        mine.classes[one.id] = Body(one.id, one.name)
        if mine.body.includes == "perhaps":
            mine.body = replace(mine.body, includes=one.certainty)
        for row in rows:
            mine.add(_MEMBER, row)
    if one.whole:
        found.pop(one.id, None)


def _asked_about(body: Body, scope: Scope) -> bool:
    """Whether a body is of the places and names that the scope asks for."""
    issuer, place = body.id.removeprefix("vn:org:").partition("@")[0], place_of(body.id)
    places = {place, province_of(place), label(province_of(place))[1]} if place else set()
    if scope.places and not places & set(scope.places):
        return False
    return not scope.issuers or bool({issuer, body.name} & set(scope.issuers))


@dataclass(frozen=True, slots=True)
class _Carried:
    """The bodies whose documents carry it out: held ones, also of who came before or after them with all of their work;
    and the documents of each that are only cited."""

    held: frozenset[str]
    attested: dict[str, list[Document]]


def _carried_out(corpus: Corpus, under: Iterable[Document]) -> _Carried:
    documents = {one.id: one for one in under}
    issued: dict[str, set[str]] = {id: {body.id} if (body := from_key(id)) else set() for id in documents}
    for row in corpus.read("issued_by", documents=sorted(documents)):
        issued[row["document"]].add(row["id"])
    held = {body for id, bodies in issued.items() for body in bodies if documents[id].held}
    ends = ("bodies_before", "bodies_after")
    family = {row["id"] for query in ends for row in corpus.read(query, ids=sorted(held), whole=True)}
    attested: dict[str, list[Document]] = defaultdict(list)
    for id, bodies in sorted(issued.items()):
        for one in bodies if not documents[id].held else ():
            attested[one].append(documents[id])
    return _Carried(frozenset(held | family), attested)


def _described(corpus: Corpus, page: Sequence[_Given], carried: _Carried, scope: Scope) -> tuple[BodyGap, ...]:
    rows = corpus.read("held_of", ids=[one.body.id for one in page], as_of=scope.last_day) if page else []
    held = {row["id"]: row for row in rows}
    latest = {id: row["latest"] for id, row in held.items()}
    known = corpus.documents(
        [id for ids in latest.values() for id in ids] + [id for one in page for id in one.documents]
    )
    return tuple(
        BodyGap(
            one.body, *one.counts(), tuple(known[id] for id in sorted(one.documents)),
            tuple(one.classes[id] for id in sorted(one.classes)),
            "attested" if carried.attested.get(one.body.id) else "none known",
            tuple(carried.attested.get(one.body.id, ())), held[one.body.id]["held"] if one.body.id in held else 0,
            tuple(known[id] for id in latest.get(one.body.id, ())),
        )
        for one in page
    )  # fmt: skip
