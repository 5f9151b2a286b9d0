"""The page of the review: one doubt after the other, both texts side by side, decided by a key."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from api.deciding import now
from api.page import FormRoute, PageRoute, page
from api.pages_key import local
from api.pages_tasks import BackTo, Token, over
from api.parameters import Asked
from api.routes_decide import IdsRequest, kept, undo_route
from api.routes_judge import MaybeDoubt
from api.routes_more import Cursor
from api.routes_write import At, Jobs
from api.session import checked
from graph.judgement import BadJudgement
from ingest.decisions import Decision, stated
from queries.corpus import Corpus
from queries.errors import BadQuestion
from queries.review import KINDS, Doubtful, review
from queries.side import of_document, of_mention, of_two

router = APIRouter(include_in_schema=False, route_class=PageRoute)
forms = APIRouter(include_in_schema=False, route_class=FormRoute)

Key = Annotated[str, Form(min_length=1, max_length=300)]
Id = Annotated[str, Query(pattern="^[0-9a-f]{16}$")]


@router.get("/review")
def review_page(
    request: Request,
    corpus: Asked,
    doubt: MaybeDoubt = None,
    cursor: Cursor = 0,
    pick: Annotated[int, Query(ge=0, le=1000)] = 0,
    decided: Id | None = None,
) -> Response:
    """One doubt with what it is about; `pick` is the number of the candidate that is looked at."""
    answer = review(corpus, doubt, 1, cursor)
    one = answer.doubts[0] if answer.doubts else None
    shown = _sides(corpus, one, pick) if one else {"sides": (), "picked": None}
    return page(
        request, "review", one=one, doubt=doubt, cursor=cursor, pick=pick, decided=decided,
        kinds=KINDS, more=answer.next is not None, note=answer.corpus, **shown,
    )  # fmt: skip


def _sides(corpus: Corpus, one: Doubtful, pick: int) -> dict[str, Any]:
    """What is looked at side by side, and the key that a decision would be about."""
    if one.kind in ("double", "texts") and len(one.sources) > 1:
        keys = (one.key, one.other or one.key)
        known = corpus.documents(keys)
        return {"sides": of_two(corpus, one.sources, [known.get(key) for key in keys]), "picked": one.other}
    candidate = one.candidates[min(pick, len(one.candidates) - 1)].document if one.candidates else None
    first = [of_mention(corpus, one.mentions[0])] if one.mentions else []
    other = candidate or one.document
    sides = (*first, *([of_document(corpus, other)] if other else []))
    return {"sides": sides, "picked": candidate.id if candidate else None}


@forms.post("/review")
def decide_form(
    request: Request,
    desk: At,
    jobs: Jobs,
    verdict: Annotated[Literal["same", "different"], Form()],
    key: Key,
    other: Key,
    source: Annotated[str | None, Form(pattern="^([0-9a-f]{16})?$")] = None,
    start: Annotated[int | None, Form(ge=0)] = None,
    token: Token = "",
    back: BackTo = "/review",
) -> Response:
    """Keep what was decided: the mention (or the document) is that one, or it is another."""
    name = checked(request, token)
    if verdict == "different":
        said = Decision("not-same", key=key, other=other)
    elif source and start is not None:
        said = Decision("key", source=source, start=start, key=other)
    else:
        said = Decision("same", key=key, other=other)
    try:
        judgements = stated(desk.library(), [said], name, now())
    except BadJudgement as bad:
        raise BadQuestion("decision", str(bad)) from bad
    over(jobs, kept(desk, jobs, judgements))
    return RedirectResponse(_with(local(request, back), judgements[0].id), 303)


def _with(back: str, id: str) -> str:
    return f"{back}{'&' if '?' in back else '?'}decided={id}"


@forms.post("/review/undo")
def undo_form(
    request: Request,
    desk: At,
    jobs: Jobs,
    decided: Annotated[str, Form(pattern="^[0-9a-f]{16}$")],
    token: Token = "",
    back: BackTo = "/review",
) -> Response:
    """Forget what was decided last."""
    name = checked(request, token)
    over(jobs, undo_route(name, desk, jobs, IdsRequest(ids=[decided])))
    return RedirectResponse(local(request, back), 303)
