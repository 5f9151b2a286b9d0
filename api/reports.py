"""Answers as Word documents for a file: lineage, coverage and tasks, each claim with the words that say so."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from importlib import import_module
from typing import Any, Literal

from api.drawn import WORDS, dot, drawn_from, mermaid, notes
from queries.answer import Asked, Document, Edge
from queries.coverage import Coverage, Covered, Through
from queries.errors import BadQuestion
from queries.lineage import Lineage
from queries.tasks import Order, Orders

MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Drawing = Literal["mermaid", "dot", "docx"]
MOST_TASKS = 5000
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# A report carries no day of its making: the same answer gives the same bytes.
_DAY = (1980, 1, 1, 0, 0, 0)
_STATES = {"held": "có văn bản trong kho", "attested": "được nhắc đến, chưa có văn bản", "none known": "chưa thấy"}
_OVER = {"provinces": "các tỉnh, thành phố", "ministries": "các bộ, cơ quan ngang bộ", "bodies": "các cơ quan"}


def lineage_file(answer: Lineage, format: Drawing) -> bytes:
    """A lineage as a drawing, or as a report."""
    if format == "docx":
        return lineage_report(answer)
    return (mermaid if format == "mermaid" else dot)(answer).encode("utf-8", "replace")


def lineage_report(answer: Lineage) -> bytes:
    """What a document rests on and what rests on it, then each relation with its quotes."""
    report = _Report(f"Cây văn bản: {answer.asked.document.name}")
    report.about(answer.asked, notes(answer))
    known = _known(answer.asked, (*(one.document for one in answer.documents), *answer.others))
    for way, heading in (("up", "Căn cứ, văn bản cấp trên"), ("down", "Văn bản triển khai")):
        rows = [(str(one.distance), *_document(one.document)) for one in answer.documents if one.way == way]
        report.table(heading, ("Bậc", "Văn bản", "Cơ quan ban hành", "Ngày", "Trong kho"), rows)
    report.said("Quan hệ và câu nguyên văn", answer.edges, known)
    report.said("Sửa đổi, thay thế, bãi bỏ, đính chính", answer.changes, known)
    report.said("Viện dẫn khác", answer.citations, known)
    for one in answer.loose:
        report.said(f"Có thể cũng nói về văn bản này: {one.document.name}", one.edges, known | _known(None, one.citing))
    return report.written()


def coverage_report(answer: Coverage) -> bytes:
    """Which bodies carry a document out, each with the document and the words by which it does."""
    report = _Report(f"Tình hình triển khai {answer.asked.document.name} của {_OVER[answer.among]}")
    count = f"{answer.held} nơi có văn bản trong kho, {answer.attested} nơi được nhắc đến, {answer.none_known} nơi "
    count += f"chưa thấy; tính đến ngày {answer.as_of}. Chưa thấy không có nghĩa là chưa triển khai."
    cut = ["Chưa đủ: có nhiều văn bản hơn giới hạn của câu hỏi."] if answer.truncated else []
    report.about(answer.asked, [count, drawn_from(answer.corpus.held, answer.corpus.cited), *cut])
    rows = [_unit(one) for one in answer.units]
    report.table("Theo từng nơi", ("Nơi", "Tình trạng", "Qua văn bản", "Số ngày sau", "Văn bản có trong kho"), rows)
    known = _known(answer.asked, answer.others)
    known |= _known(None, (way.document for unit in answer.units for way in unit.through))
    edges = [edge for unit in answer.units for way in unit.through for edge in way.path]
    report.said("Câu nguyên văn", tuple(dict.fromkeys(edges)), known)
    elsewhere = tuple(dict.fromkeys(edge for way in answer.elsewhere for edge in way.path))
    report.said("Nơi khác cũng triển khai", elsewhere, known | _known(None, (way.document for way in answer.elsewhere)))
    return report.written()


def tasks_report(pages: Iterable[Orders]) -> bytes:
    """Tasks under the documents that lay them down, in the words of these. Raises `BadQuestion` for too many."""
    report = _Report("Nhiệm vụ được giao")
    by_document: dict[str, list[Order]] = {}
    last: Orders | None = None
    for last in pages:
        for one in last.tasks:
            by_document.setdefault(one.document.id, []).append(one)
        if sum(map(len, by_document.values())) > MOST_TASKS:
            raise BadQuestion("format", f"a report holds {MOST_TASKS} tasks and there are more: use csv, or narrow it")
    if last:
        said = [f"Tính đến ngày {last.as_of}.", drawn_from(last.corpus.held, last.corpus.cited)]
        report.about(last.under or last.document, said)
    for orders in by_document.values():
        report.table(
            _named(orders[0].document),
            ("Nhiệm vụ (nguyên văn)", "Chủ trì", "Phối hợp", "Thời hạn", "Sản phẩm"),
            [_order(one) for one in orders],
        )
    return report.written()


class _Report:
    """A Word document that grows downward."""

    def __init__(self, title: str) -> None:
        self._word: Any = import_module("docx").Document()  # imported when first needed: it takes long
        about = self._word.core_properties
        about.author, about.title, about.comments = "vanban-graph", _clean(title)[:250], ""
        about.created = about.modified = datetime(2000, 1, 1)
        self._word.add_heading(_clean(title), 1)

    def about(self, asked: Asked | None, said: Sequence[str]) -> None:
        """The document asked for, and what the report was drawn from."""
        if asked:
            assumed = f" (“{asked.words}” còn để ngỏ; đây là văn bản duy nhất phù hợp)" if asked.assumed else ""
            self._word.add_paragraph(_clean(f"{_named(asked.document)}; khóa {asked.document.id}{assumed}"))
        for line in said:
            self._word.add_paragraph(_clean(line))

    def table(self, heading: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A table under a heading; where there is no row, it says so."""
        self._word.add_heading(_clean(heading), 2)
        if not rows:
            self._word.add_paragraph("Chưa thấy trong những văn bản đã đọc.")
            return
        table = self._word.add_table(rows=0, cols=len(heads), style="Table Grid")
        for number, row in enumerate((heads, *rows)):
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.paragraphs[0].add_run(_clean(text)).bold = number == 0

    def said(self, heading: str, edges: Sequence[Edge], known: dict[str, Document]) -> None:
        """Relations, each with the sentences that state it and whose word they are."""
        if not edges:
            return
        self._word.add_heading(_clean(heading), 2)
        for edge in edges:
            ends = (_name(known, edge.from_id), WORDS.get(edge.relation, edge.relation), _name(known, edge.to_id))
            by = f" (theo {_name(known, edge.asserted_by)})" if edge.asserted_by not in (None, edge.from_id) else ""
            pinpoints = f" [{', '.join(edge.pinpoints)}]" if edge.pinpoints else ""
            self._word.add_paragraph(_clean(" ".join(ends) + pinpoints + by), style="List Bullet")
            for quote in edge.quotes:
                self._word.add_paragraph(_clean(f"“{' '.join(quote.text.split())}”"), style="Quote")

    def written(self) -> bytes:
        """The file; the same report gives the same bytes."""
        made, packed = io.BytesIO(), io.BytesIO()
        self._word.save(made)
        with zipfile.ZipFile(made) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in parts.namelist():
                info = zipfile.ZipInfo(name, _DAY)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, parts.read(name))
        return packed.getvalue()


def _unit(unit: Covered) -> tuple[str, ...]:
    named = "\n".join(_named(way.document) for way in unit.through)
    return unit.name, _STATES[unit.state], named, "\n".join(map(_days, unit.through)), str(unit.held)


def _days(way: Through) -> str:
    return "chưa rõ" if way.days is None else str(way.days)


def _order(order: Order) -> tuple[str, ...]:
    lead, help_ = (
        "\n".join(body.name or body.id for body in order.bodies if body.role == role) for role in ("lead", "coordinate")
    )
    return " ".join(order.text.split()), lead, help_, order.deadline or "", order.product or ""


def _document(document: Document) -> tuple[str, str, str, str]:
    held = "có" if document.held else "chưa" if document.complete else "chưa rõ văn bản nào"
    return document.name, document.issuer or "", document.date or "", held


def _named(document: Document) -> str:
    issuer = f", {document.issuer}" if document.issuer and document.issuer not in document.name else ""
    return document.name + issuer + (f" ngày {document.date}" if document.date else "")


def _known(asked: Asked | None, documents: Iterable[Document]) -> dict[str, Document]:
    first = [asked.document] if asked else []
    return {one.id: one for one in (*first, *documents)}


def _name(known: dict[str, Document], id: str | None) -> str:
    return known[id].name if id in known else str(id)


def _clean(text: str) -> str:
    """Without what a Word document cannot hold."""
    return _NOT_XML.sub("\ufffd", text)
