"""Small documents and a library of them for tests: what it makes of the graph is kept as plain rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from graph.library import FileRow, Library, Read
from graph.likeness import sketch
from graph.model import Change
from graph.projection import Projection, merged, named
from ingest.extract import extract
from ingest.judging import judged
from ingest.shipped import shipped

HEAD = """ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
{place}                  Độc lập - Tự do - Hạnh phúc

Số: {number}              {seat}, ngày {day} tháng {month} năm {year}

{kind}
{subject}

{body}

Nơi nhận:
- Như trên;
- Sở Y tế;
- Lưu: VT.
                                   TM. ỦY BAN NHÂN DÂN
                                   CHỦ TỊCH
                                   Nguyễn Văn A
"""
_FILLER = (
    "Các cơ quan, đơn vị, địa phương tổ chức quán triệt, tuyên truyền sâu rộng nội dung chăm sóc sức khỏe nhân dân; "
    "củng cố mạng lưới y tế cơ sở, nâng cao chất lượng khám bệnh, chữa bệnh và bảo đảm thuốc, vật tư y tế thiết yếu."
)


def letter(number: str, body: str, subject: str = "Về chăm sóc sức khỏe", kind: str = "KẾ HOẠCH") -> str:
    """A plan of Bình Thuận with that number and body."""
    said = {"place": "TỈNH BÌNH THUẬN", "seat": "Bình Thuận", "day": "12", "month": "8", "year": "2022"}
    return HEAD.format(**said, number=number, kind=kind, subject=subject, body=f"{body}\n\n{_FILLER}")


# Documents that cite one another, are cited before they are held, share a number, or have none.
POOL: Mapping[str, str] = {
    "plan.txt": letter(
        "1511/KH-UBND",
        "Thực hiện Nghị quyết số 20-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương Đảng khóa XII; "
        "Chỉ thị số 16/CT-TTg ngày 20/9/2022 của Thủ tướng Chính phủ.\n\n1. Giao Sở Y tế chủ trì, phối hợp với "
        "Sở Tài chính thực hiện Chỉ thị số 16/CT-TTg, hoàn thành trước ngày 15/12/2022.",
    ),
    "under.txt": letter(
        "1600/KH-UBND",
        "Thực hiện Kế hoạch số 1511/KH-UBND ngày 12/8/2022 của Ủy ban nhân dân tỉnh Bình Thuận và Nghị quyết số "
        "20-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương Đảng.\n\n1. Sở Nội vụ: tham mưu kiện toàn bộ máy.\n"
        "2. Sở Nội vụ: tham mưu kiện toàn bộ máy.",
        "Triển khai Kế hoạch số 1511/KH-UBND",
    ),
    "doubtful.txt": letter(
        "1700/BC-UBND", "Báo cáo kết quả theo Nghị quyết số 20-NQ/TW và Quyết định số 376/QĐ-TTg.", kind="BÁO CÁO"
    ),
    "nested.txt": letter(
        "1800/CV-UBND",
        "Tiếp tục Chương trình hành động số 40-CTr/TU ngày 26/01/2018 của Tỉnh ủy thực hiện Nghị quyết số 20-NQ/TW "
        "ngày 25/10/2017 của Ban Chấp hành Trung ương Đảng khóa XII.",
    ),
    "law.txt": letter(
        "1900/QĐ-UBND",
        "Căn cứ Luật Khám bệnh, chữa bệnh số 15/2023/QH15 ngày 09/01/2023;\nCăn cứ Nghị định số 16/2015/NĐ-CP ngày "
        "12/02/2015 của Chính phủ;",
        kind="QUYẾT ĐỊNH",
    ),
    "otherdate.txt": letter(
        "1901/QĐ-UBND", "Căn cứ Nghị định số 16/2015/NĐ-CP ngày 14/02/2015 của Chính phủ;", kind="QUYẾT ĐỊNH"
    ),
    "unnumbered.txt": letter("      /KH-UBND", "Thực hiện Chỉ thị số 16/CT-TTg của Thủ tướng Chính phủ."),
}
# The plan again: as a scan gives it (near-equal), and another text that took its number.
POOL = {
    **POOL,
    "plan.scan": POOL["plan.txt"].replace("Giao Sở Y tế", "Giao  Sở Y tê").replace("nâng cao", "nâng  cao"),
    "plan.other": letter(
        "1511/KH-UBND", "Căn cứ Nghị quyết số 21-NQ/TW ngày 25/10/2017. " + "Nội dung khác hẳn. " * 40
    ),
}


@cache
def read(name: str, text: str) -> Read:
    """The reading of a text, as it goes into a library."""
    source = hashlib.sha256(text.encode()).hexdigest()[:16]
    return Read(source, text, replace(extract(name, text), source=source), None, sketch(text))


def row(name: str, one: Read) -> FileRow:
    """The file of a text; a name that ends in .scan is a worse format than .txt."""
    sha256 = hashlib.sha256(one.text.encode()).hexdigest()
    rank = 4 if name.endswith(".scan") else 2
    return FileRow(sha256, one.source, "scan" if rank == 4 else "text", "text", "utf-8", len(one.text), rank)


@dataclass(slots=True)
class Shelf:
    """A library, and the graph that its changes add up to."""

    library: Library
    graph: Projection = field(default_factory=Projection)

    def put(self, *names: str, texts: Mapping[str, str] = POOL) -> None:
        """Take documents in, in one transaction."""
        with self.library.writing():
            self.apply(merged([self._put(name, texts[name]) for name in names]))

    def _put(self, name: str, text: str) -> Change:
        one = read(name, text)
        one = replace(one, judged=judged(one.said, text, self.library.judgements_of(one.source)))
        return self.library.add(shipped(), one, row(name, one), f"/docs/{name}")

    def drop(self, *names: str) -> None:
        """Take documents out, by their paths."""
        for name in names:
            self.apply(self.library.forget(shipped(), f"/docs/{name}"))

    def apply(self, change: Change) -> None:
        """What an engine does with a change; an edge without its ends is an error, as there."""
        for edge in change.remove_edges:
            self.graph.edges.pop(named(edge), None)
        for node in change.remove_nodes:
            self.graph.nodes.pop(node.id, None)
        self.graph.add(change.put_nodes, change.put_edges)
        ends = {id for edge in self.graph.edges.values() for id in (edge.start, edge.end)}
        assert ends <= self.graph.nodes.keys(), ends - self.graph.nodes.keys()

    def again(self) -> Projection:
        """The graph made again from the library alone."""
        fresh = Projection()
        for change in self.library.everything(shipped()):
            fresh.add(change.put_nodes, change.put_edges)
        return fresh


def shelf(home: Path) -> Shelf:
    """An empty one in a folder."""
    return Shelf(Library.open(home, durable=False))


def graph_of(home: Path, names: Iterable[str]) -> Projection:
    """The graph of these documents, taken in one after the other."""
    one = shelf(home)
    for name in names:
        one.put(name)
    one.library.close()
    return one.graph
