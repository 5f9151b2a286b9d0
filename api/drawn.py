"""A lineage as text that draws it: Mermaid for pages and notes, DOT for Graphviz."""

from __future__ import annotations

from collections.abc import Iterable

from queries.answer import Document, Edge
from queries.lineage import Lineage

WORDS = {
    "IMPLEMENTS": "thực hiện", "BASED_ON": "căn cứ", "GUIDES": "hướng dẫn", "AMENDS": "sửa đổi", "REPLACES": "thay thế",
    "REPEALS": "bãi bỏ", "CORRECTS": "đính chính", "CITES": "viện dẫn", "APPROVES": "phê duyệt",
}  # fmt: skip
_ENTITIES = {'"': "#quot;", "#": "#35;", "<": "#lt;", ">": "#gt;", "&": "#amp;", "\\": "#92;", "`": "#96;"}


def mermaid(answer: Lineage) -> str:
    """A flowchart, what is rested on above; documents that are only cited have a dashed frame, changes dashed lines.

    `n1["Chương trình 40-CTr/TU<br/>2018-01-26"] -->|thực hiện| n0[…]`
    """
    names = _names(answer)
    lines = ["flowchart BT", *(f"  %% {note}" for note in notes(answer))]
    for id, (name, document) in names.items():
        lines.append(f'  {name}["{"<br/>".join(map(_entities, label(document)))}"]')
        if not document.held:
            lines.append(f"  style {name} stroke-dasharray: 5 5")
        if id == answer.asked.document.id:
            lines.append(f"  style {name} stroke-width: 3px")
    for start, words, end, dashed in _arrows(answer, names):
        arrow = f"-. {words} .->" if dashed else f"-->|{words}|"
        lines.append(f"  {start} {arrow} {end}")
    return "\n".join(lines) + "\n"


def dot(answer: Lineage) -> str:
    """A digraph, what is rested on above; documents that are only cited have a dashed frame, changes dashed lines."""
    names = _names(answer)
    lines = [*(f"// {note}" for note in notes(answer)), "digraph lineage {", "  rankdir=BT; node [shape=box];"]
    for id, (name, document) in names.items():
        style = "bold" if id == answer.asked.document.id else "solid" if document.held else "dashed"
        lines.append(f"  {name} [label={_text(*label(document))}, style={style}, tooltip={_text(id)}];")
    for start, words, end, dashed in _arrows(answer, names):
        lines.append(f"  {start} -> {end} [label={_text(words)}{', style=dashed' if dashed else ''}];")
    return "\n".join([*lines, "}"]) + "\n"


def notes(answer: Lineage) -> list[str]:
    """What the lineage was drawn from, in Vietnamese, and that it was cut where it was."""
    said = [drawn_from(answer.corpus.held, answer.corpus.cited)]
    if answer.as_of:
        said.append(f"Không kể văn bản ban hành sau ngày {answer.as_of}.")
    if answer.truncated:
        said.append("Chưa đủ: có nhiều văn bản hơn giới hạn của câu hỏi.")
    return said


def drawn_from(held: int, cited: int) -> str:
    """What an answer was drawn from, in Vietnamese."""
    return f"Lập từ {held} văn bản có trong kho; {cited} văn bản khác chỉ được viện dẫn."


def label(document: Document) -> list[str]:
    """The lines that name a document in a drawing: its name, its body where the name has it not, its day."""
    issuer = document.issuer if document.issuer and document.issuer not in document.name else None
    return [part for part in (document.name, issuer, document.date) if part]


def _names(answer: Lineage) -> dict[str, tuple[str, Document]]:
    """Each document by key with its name in the drawing, the one asked for first."""
    shown = [answer.asked.document, *(one.document for one in answer.documents)]
    changing = {id for edge in answer.changes for id in (edge.from_id, edge.to_id)}
    documents = {one.id: one for one in (*shown, *(one for one in answer.others if one.id in changing))}
    return {id: (f"n{number}", one) for number, (id, one) in enumerate(documents.items())}


def _arrows(answer: Lineage, names: dict[str, tuple[str, Document]]) -> Iterable[tuple[str, str, str, bool]]:
    """(from, words, to, whether it changes) of each relation once, however many documents state it."""
    edges = ((edge, dashed) for dashed, some in enumerate((answer.edges, answer.changes)) for edge in some)
    arrows = {
        (names[edge.from_id][0], _words(edge), names[edge.to_id][0], bool(dashed)): None
        for edge, dashed in edges
        if edge.from_id in names and edge.to_id in names
    }
    return list(arrows)


def _words(edge: Edge) -> str:
    return WORDS.get(edge.relation, edge.relation)


def _entities(text: str) -> str:
    """Nothing in a label may be read as Mermaid."""
    return "".join(_ENTITIES.get(char, char) for char in " ".join(text.split()))


def _text(*lines: str) -> str:
    """Lines as a quoted label of DOT."""
    said = "\\n".join(" ".join(line.split()).replace("\\", "\\\\").replace('"', '\\"') for line in lines)
    return f'"{said}"'
