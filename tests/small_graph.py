"""Small graphs for the tests of the questions: written through the real store, shaped as the founding documents shape
theirs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from graph.key import Key
from graph.model import Change, Edge, Node
from graph.store import Store
from graph.stores import open_store
from graph.writing import steps

NQ20 = "vn:party:tw:nq:k12:20"
NQ20_PARTIAL = "vn:party:tw:nq:_:20"
CT16 = "vn:state:ttg:ct:2022:16"
LETTER = "vn:state:ubnd@binh-thuan:cv:2022:3933"
PROGRAMME = "vn:party:tu@binh-thuan:ctr:n2015:40"
PLAN = "vn:party:tu@hung-yen:kh:_:~0123456789abcdef"
NOTE = "vn:state:ubnd@ha-noi:bc:2023:7"
LAW = "vn:na:qh:luat:qh13:77"
DECISIONS = tuple(f"vn:state:ubnd@{place}:qd:2022:1511" for place in ("binh-thuan", "hai-phong"))


def node(key: str, **properties: str | bool) -> Node:
    """A document node; `complete` and `block` follow from the key."""
    parsed = Key.parse(key)
    given = {"id": key, "held": False, "complete": parsed.complete, "block": parsed.block, **properties}
    if "date" in properties:
        given = {"date_first": properties["date"], "date_last": properties["date"], **given}
    return Node(key, ("Document",), given)


def edge(start: str, relation: str, end: str, said_by: str | None = None, **properties: object) -> Edge:
    """An edge asserted by its start unless `said_by` names another document."""
    said_by = said_by or start
    quote = f"{start} {relation} {end}"
    given = {"asserted_by": said_by, "quotes": [quote], "quote_starts": [10], "quote_ends": [10 + len(quote)]}
    given |= {"pinpoints": [""], "method": "number", "confidence": 0.95, **properties}
    return Edge(start, relation, end, f"{abs(hash(said_by)):016x}"[:16], given)  # type: ignore[arg-type]


def health() -> Change:
    """Ten documents around 20-NQ/TW: held and cited ones, a partial key, an ambiguous number, a basis of mere
    authority."""
    nodes = (
        node(NQ20, number="20-NQ/TW", kind="Nghị quyết", issuer="Ban Chấp hành Trung ương", date="2017-10-25"),
        node(NQ20_PARTIAL, number="20-NQ/TW", kind="Nghị quyết"),
        node(CT16, number="16/CT-TTg", kind="Chỉ thị", issuer="Thủ tướng Chính phủ", date="2022-09-20"),
        node(
            LETTER,
            number="3933/UBND-KGVXNV",
            kind="Công văn",
            issuer="Ủy ban nhân dân tỉnh Bình Thuận",
            place="Bình Thuận",
            date="2022-11-22",
            held=True,
        ),
        node(
            PROGRAMME,
            number="40-CTr/TU",
            kind="Chương trình",
            issuer="Tỉnh ủy Bình Thuận",
            place="Bình Thuận",
            date="2018-01-26",
        ),
        node(PLAN, kind="Kế hoạch", issuer="Tỉnh ủy Hưng Yên", place="Hưng Yên", held=True),
        node(
            NOTE,
            number="07/BC-UBND",
            kind="Báo cáo",
            issuer="Ủy ban nhân dân thành phố Hà Nội",
            place="Hà Nội",
            date="2023-02-01",
            held=True,
        ),
        node(LAW, number="77/2015/QH13", kind="Luật", subject="Luật Tổ chức chính quyền địa phương", date="2015-06-19"),
        *(node(key, number="1511/QĐ-UBND", kind="Quyết định", date="2022-07-08") for key in DECISIONS),
    )
    edges = (
        edge(PROGRAMME, "IMPLEMENTS", NQ20, LETTER, method="nested"),
        edge(LETTER, "CITES", PROGRAMME),
        edge(LETTER, "CITES", NQ20),
        edge(LETTER, "IMPLEMENTS", CT16),
        edge(LETTER, "CITES", DECISIONS[0]),
        edge(LETTER, "BASED_ON", LAW),
        edge(PLAN, "IMPLEMENTS", NQ20, pinpoints=["khoản 2 Điều 5"]),
        edge(NOTE, "CITES", NQ20_PARTIAL),
        edge(NOTE, "AMENDS", CT16),
        edge(NOTE, "CITES", DECISIONS[1]),
    )
    return Change(put_nodes=nodes, put_edges=edges)


def store_of(path: Path, change: Change) -> Store:
    """An embedded store in `path` that holds the change."""
    store = open_store(str(path / "graph.kgl"))
    store.write(steps(change))
    return store


def documents(keys: Iterable[str]) -> tuple[Node, ...]:
    """Plain held nodes with these keys."""
    return tuple(node(key, held=True) for key in keys)
