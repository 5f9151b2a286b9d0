"""One plain page: a lineage with its quotes, readable without scripts."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from api.parameters import Asked
from queries.answer import Document
from queries.ask import MOST_WORDS
from queries.corpus import Corpus
from queries.document import documents
from queries.errors import AmbiguousDocument, QuestionError
from queries.lineage import Lineage, lineage
from queries.scope import Scope

RELATIONS = {
    "IMPLEMENTS": "thực hiện", "BASED_ON": "căn cứ", "GUIDES": "hướng dẫn", "AMENDS": "sửa đổi", "REPLACES": "thay thế",
    "REPEALS": "bãi bỏ", "CORRECTS": "đính chính", "CITES": "viện dẫn", "APPROVES": "phê duyệt",
}  # fmt: skip

router = APIRouter(include_in_schema=False)


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("api"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


@router.get("/")
def home() -> RedirectResponse:
    """The first page is the lineage page."""
    return RedirectResponse("lineage")


@router.get("/lineage")
def lineage_page(corpus: Asked, document: Annotated[str, Query(max_length=MOST_WORDS)] = "") -> HTMLResponse:
    """A form to ask by, and the lineage of what was asked for."""
    page = {
        "words": document,
        "answer": None,
        "candidates": (),
        "problem": None,
        "held": (),
        "known": {},
        "relations": RELATIONS,
    }
    try:
        status, more = _answered(corpus, document)
    except AmbiguousDocument as error:
        status, more = 300, {"candidates": error.candidates}
    except QuestionError as error:
        status, more = 404, {"problem": str(error)}
    return HTMLResponse(_templates().get_template("lineage.html").render(**page | more), status)


def _answered(corpus: Corpus, words: str) -> tuple[int, dict[str, Any]]:
    if not words.strip():
        return 200, {"held": documents(corpus, Scope(held=True, limit=50)).documents}
    answer = lineage(corpus, words)
    return 200, {"answer": answer, "known": _known(answer)}


def _known(answer: Lineage) -> dict[str, Document]:
    found = (answer.asked.document, *(one.document for one in answer.documents), *answer.others)
    found += tuple(document for one in answer.loose for document in (one.document, *one.citing))
    return {document.id: document for document in found}
