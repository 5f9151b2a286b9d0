"""Archives and mails: what is in them comes in under their path; bombs, loops and bad names are bounded and said."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from made_files import docx, p, zipped
from made_msg import msg
from made_pdf import bomb, pdf
from shelf import POOL
from test_intake import House, house, names

from ingest.containers import contents, is_container, safe_name
from ingest.intake import Options, Report

PLAN, LAW = POOL["plan.txt"].encode(), POOL["law.txt"].encode()


@pytest.fixture
def one(tmp_path: Path) -> Iterator[House]:
    made = house(tmp_path)
    yield made
    made.close()


def mail(*attached: tuple[str, bytes], body: str = "Kính gửi các đơn vị.") -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.vn", "b@example.vn", "Kế hoạch"
    message["Date"] = "Mon, 15 Aug 2022 08:00:00 +0700"
    message.set_content(body)
    for name, data in attached:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def failed(report: Report) -> dict[str, str]:
    return {os.path.basename(each.path): each.why for each in report.failed}


def test_what_is_in_an_archive_comes_in_under_its_path_and_is_followed(one: House) -> None:
    inner = zipped({"luật.txt": LAW})
    archive = one.docs / "gửi.zip"
    archive.write_bytes(
        zipped({"kế hoạch/plan.md": PLAN, "trong.zip": inner, "ảnh.bmp": b"BM", "__MACOSX/._x.txt": b"x"})
    )
    report = one.take()
    assert [path.removeprefix(f"{archive}/") for path in report.added] == ["kế hoạch/plan.md", "trong.zip/luật.txt"]
    assert names(report.opened) == ["gửi.zip", "trong.zip"] and not report.failed
    assert [path.removeprefix(f"{archive}/") for path in report.left_out] == ["__MACOSX/._x.txt", "ảnh.bmp"]
    export = one.export()
    again = one.take()
    assert again.unchanged == report.added and not again.gone and one.export() == export
    archive.write_bytes(zipped({"kế hoạch/plan.md": PLAN}))
    later = one.take(options=Options(prune=True))
    assert names(later.pruned) == ["luật.txt"] and names(later.unchanged) == ["plan.md"]
    assert one.library.counts()["sources"] == 1
    archive.unlink()
    assert names(one.take(options=Options(prune=True)).pruned) == ["plan.md"]


def test_attachments_of_mails_come_in_and_a_mail_without_any_is_the_document(one: House) -> None:
    whole = mail(
        ("kế hoạch.txt", PLAN), ("logo.bmp", b"BM"), ("thư.eml", mail(("luật.docx", docx(p(POOL["law.txt"][:900])))))
    )
    (one.docs / "thư đến.eml").write_bytes(whole)
    (one.docs / "trơn.eml").write_bytes(mail(body=POOL["nested.txt"]))
    report = one.take()
    inside = [os.path.relpath(path, one.docs) for path in report.added]
    assert inside == ["thư đến.eml/kế hoạch.txt", "thư đến.eml/thư.eml/luật.docx", "trơn.eml/body.txt"]
    assert "thư đến.eml/logo.bmp" in [os.path.relpath(path, one.docs) for path in report.left_out]


def test_attachments_of_outlook_mails_come_in(one: House) -> None:
    (one.docs / "thư.msg").write_bytes(msg("Kính gửi", ("kế hoạch.txt", PLAN.ljust(5_000))))
    (one.docs / "không kèm.msg").write_bytes(msg(POOL["law.txt"]))
    report = one.take()
    inside = [os.path.relpath(path, one.docs) for path in report.added]
    assert inside == ["không kèm.msg/body.txt", "thư.msg/kế hoạch.txt"] and not report.failed
    (one.docs / "hỏng.msg").write_bytes(
        msg("Kính gửi")[:8] + bytes(600) + "__properties_version1.0".encode("utf-16-le")
    )
    assert "cannot be taken apart" in failed(one.take())["hỏng.msg"]


def test_names_lead_nowhere_and_none_is_lost(one: House, tmp_path: Path) -> None:
    (one.docs / "xấu.zip").write_bytes(
        zipped({"../../../ra ngoài.txt": PLAN, "/etc/passwd.txt": LAW, "C:\\x\\..\\y.txt": POOL["nested.txt"]})
    )
    report = one.take()
    assert sorted(names(report.added)) == ["passwd.txt", "ra ngoài.txt", "y.txt"]
    assert not list(tmp_path.rglob("ra ngoài.txt")) and not (tmp_path.parent / "ra ngoài.txt").exists()
    twice = tmp_path / "docs" / "trùng.zip"
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(twice, "w") as file:
        file.writestr("a.txt", PLAN)
        file.writestr("a.txt", LAW)
    found = contents(twice.read_bytes(), "trùng.zip")
    assert [inner.path for inner in found.documents] == ["trùng.zip/a.txt"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/a.txt", "etc/a.txt"),
        ("C:\\x\\b.pdf", "x/b.pdf"),
        ("a\0b\n.txt", "ab.txt"),
        ("../..", "unnamed"),
        ("x" * 5_000, "x" * 200),
        ("một/hai.docx", "một/hai.docx"),
    ],
)
def test_a_name_is_what_is_left_of_it(name: str, shown: str) -> None:
    assert safe_name(name) == shown


@pytest.mark.parametrize("encoding", ["utf-8", "cp1258", "cp437"])
def test_names_in_any_encoding(encoding: str) -> None:
    name = {"utf-8": "Kế hoạch số 1.txt", "cp1258": "Ke hoach số.txt", "cp437": "Kµ.txt"}[encoding]
    from ingest.encodings import code_page

    raw = code_page("CP1258").encode(name) if encoding == "cp1258" else name.encode(encoding)
    data = zipped({"N" * len(raw): PLAN}).replace(b"N" * len(raw), raw)
    (inner,) = contents(data, "x.zip").documents
    assert inner.path.startswith("x.zip/K") and inner.path.endswith(".txt")
    assert encoding != "utf-8" or inner.path == f"x.zip/{name}"


def nested(depth: int) -> bytes:
    data = zipped({"đáy.txt": PLAN})
    for level in range(depth):
        data = zipped({f"{level}.zip": data})
    return data


def test_hostile_files_fail_alone_and_the_others_come_in(one: House) -> None:
    """Bombs, encryption, half files, wrong extensions and loops in one folder: nothing else is lost."""
    files = {
        "bom.zip": zipped({"a.txt": b" " * 60_000_000, "b.txt": LAW}),
        "bom.docx": zipped({"word/document.xml": b"<a>" + b" " * 60_000_000}),
        "bom.pdf": bomb(2_000),
        "sâu.zip": nested(6),
        "nửa.pdf": pdf([(72, 700, "nua tep")])[:300],
        "nửa.docx": docx(p("chữ" * 3000))[:-400],
        "nghìn trang.pdf": pdf([]).replace(b"/Count 1", b"/Count 5000"),
        "khóa.zip": _locked_zip(),
        "thật ra là văn bản.pdf": PLAN,
        "thật ra là docx.txt": docx(p("Căn cứ Quyết định số 376/QĐ-TTg ngày 17/3/2021;")),
    }
    for name, data in files.items():
        (one.docs / name).write_bytes(data)
    (one.docs / "vòng").symlink_to(one.docs, target_is_directory=True)
    report = one.take(options=Options())
    assert sorted(names(report.added)) == ["b.txt", "thật ra là docx.txt", "thật ra là văn bản.pdf"]
    why = failed(report)
    assert "unpacks to far more" in why["a.txt"] and "unpacks to far more" in why["bom.docx"]
    assert "more than 3 archives" in why["3.zip"] and "password" in why["mật khẩu.txt"]
    assert "not whole" in why["nửa.pdf"] and "not whole" in why["nửa.docx"]
    assert "5000 pages" in why["nghìn trang.pdf"] and "bom.pdf" in why
    assert len(why) == 8


def _locked_zip() -> bytes:
    data = bytearray(zipped({"mật khẩu.txt": PLAN}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    return bytes(data)


def test_documents_are_no_containers() -> None:
    assert not any(map(is_container, (PLAN, docx(p("x")), pdf(), b"", b"From: a\nKinh gui", b"PK\x03\x04")))
    assert is_container(mail()) and is_container(zipped({"a.txt": b"x"}))
