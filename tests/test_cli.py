"""The command line, in this process: what it prints and the codes it leaves with."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest
from command import DEMO
from typer.main import get_command

from api.cli import app, run
from graph.reading import from_json

Said = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that has the five documents."""
    place = tmp_path_factory.mktemp("home")
    assert run(["ingest", str(DEMO), "--home", str(place), "--workers", "0"]) == 0
    return place


@pytest.fixture
def said(home: Path, capsys: pytest.CaptureFixture[str]) -> Said:
    """Run a command on that home; its code, standard output and error."""

    def ask(*arguments: str) -> tuple[int, str, str]:
        code = run([*arguments, "--home", str(home)])
        out, err = capsys.readouterr()
        return code, out, err

    return ask


def test_impact_names_the_plan_with_its_file_and_key_and_the_programme_by_whose_word(said: Said) -> None:
    code, out, _ = said("impact", "20-NQ/TW")
    assert code == 0
    plan = next(line for line in out.splitlines() if "Kế hoạch (không số) của Tỉnh ủy Hưng Yên" in line)
    assert "004_9f49aac2b4a91be7.txt" in plan and "vn:party:tu@hung-yen:kh:_:~" in plan and "held" in plan
    lines = out.splitlines()
    at = next(number for number, line in enumerate(lines) if "40-CTr/TU · Tỉnh ủy Bình Thuận" in line)
    assert "cited, not held" in lines[at] and "vn:party:tu@binh-thuan:ctr:n2015:40" in lines[at]
    assert "by the word of Công văn 3933/UBND-KGVXNV" in "\n".join(lines[at : at + 3])
    assert "assumed" in out and "Drawn from 5 documents held here" in out


def test_it_says_which_version_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"vanban-graph {version('vanban-graph')}\n"


def test_a_command_does_not_wait_for_what_only_a_server_needs() -> None:
    heavy = ("fastapi", "uvicorn", "neo4j", "scipy", "networkx", "docx", "lxml", "pypdfium2")
    script = f"import sys, api.cli; print(*[name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_lineage_shows_the_sentence_that_says_so(said: Said) -> None:
    code, out, _ = said("lineage", "20-NQ/TW", "--direction", "down")
    assert code == 0
    assert "Thực hiện Nghị quyết số 20-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương Đảng khóa XII" in out


QUESTIONS = [
    ("lineage", "20-NQ/TW"),
    ("impact", "20-NQ/TW"),
    ("document", "3933/UBND-KGVXNV"),
    ("missing",),
    ("stats",),
    ("lookup", "20-NQ/TW"),
    ("search", "suc khoe"),
    ("changes",),
    ("similar", "3933/UBND-KGVXNV"),
    ("searches",),
    ("stale",),
    ("coverage", "20-NQ/TW"),
    ("path", "40-CTr/TU", "20-NQ/TW"),
    ("timeline", "20-NQ/TW"),
    ("common", "3933/UBND-KGVXNV", "20-NQ/TW"),
    ("tasks",),
    ("tasks", "--under", "20-NQ/TW", "--expand"),
    ("gaps",),
    ("gaps", "3933/UBND-KGVXNV", "--expand"),
    ("rank",),
    ("cycles",),
    ("islands",),
    ("settings",),
]


@pytest.mark.parametrize("arguments", QUESTIONS, ids=lambda one: one[0])
def test_every_question_prints_text_and_json(said: Said, arguments: tuple[str, ...]) -> None:
    code, out, err = said(*arguments)
    assert (code, err) == (0, "") and out.strip()
    code, out, err = said(*arguments, "--json")
    assert (code, err) == (0, "") and json.loads(out)


def test_every_command_is_tested_or_named_here() -> None:
    tried = {one[0] for one in QUESTIONS} | {"ingest", "read", "remove", "rebuild", "export", "serve", "demo"}
    assert tried <= set(get_command(app).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("lineage", "999/QĐ-TTg"), 4, "999/QĐ-TTg"),
        (("impact", "vn:state:ttg:qd:2022:999"), 4, "vn:state:ttg:qd:2022:999"),
        (("lineage", "xin chào"), 2, "document"),
        (("lineage", "vn:state"), 2, "vn:system:issuer"),
        (("lineage", "20-NQ/TW", "--depth", "99"), 2, "depth"),
        (("lineage", "20-NQ/TW", "--as-of", "1/7/2025"), 2, "as_of"),
        (("lineage", "20-NQ/TW", "--relation", "LIKES"), 2, "relation"),
        (("path", "20-NQ/TW", "xin chào"), 2, "to"),
        (("tasks", "--due-from", "mai"), 2, "due_from"),
        (("tasks", "--body", "Sở Không Có"), 2, "body"),
        (("coverage", "20-NQ/TW", "--body", "Bộ Không Có"), 2, "body"),
        (("lookup",), 2, "citations"),
        (("lineage",), 2, "document"),
        (("nonsense",), 2, "nonsense"),
        (("remove", "vn:state:ttg:qd:2022:999"), 4, "unknown"),
        (("ingest", "nowhere.txt"), 1, "nowhere.txt"),
        (("stats", "--store", "mysql://localhost"), 3, "mysql"),
    ],
)
def test_errors_say_what_and_leave_with_their_code(
    said: Said, arguments: tuple[str, ...], code: int, words: str
) -> None:
    found, out, err = said(*arguments)
    assert found == code
    assert words in out + err and "Traceback" not in out + err


def test_several_candidates_leave_with_five_and_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "Căn cứ Quyết định số 376/QĐ-TTg ngày 17/3/2021 và Quyết định số 376/QĐ-TTg ngày 20/3/2015."
    (tmp_path / "two.txt").write_text(text, encoding="utf-8")
    assert run(["ingest", str(tmp_path / "two.txt"), "--home", str(tmp_path)]) == 0
    assert run(["lineage", "376/QĐ-TTg", "--home", str(tmp_path)]) == 5
    shown = capsys.readouterr().err
    assert "vn:state:ttg:qd:2021:376" in shown and "vn:state:ttg:qd:2015:376" in shown
    assert run(["lookup", "376/QĐ-TTg", "--home", str(tmp_path)]) == 0


def test_ingest_reports_added_changed_unchanged_failed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home, one = tmp_path / "home", tmp_path / "one.md"
    one.write_text("Căn cứ Nghị định số 16/2015/NĐ-CP của Chính phủ.", encoding="utf-8")
    (tmp_path / "empty.md").touch()

    def report() -> dict[str, list[object]]:
        code = run(["ingest", str(tmp_path / "*.md"), "--home", str(home), "--json"])
        assert code == 1
        counts: dict[str, list[object]] = json.loads(capsys.readouterr().out)
        return counts

    assert [len(report()[name]) for name in ("added", "failed")] == [1, 1]
    assert len(report()["unchanged"]) == 1
    one.write_text("Căn cứ Nghị định số 17/2015/NĐ-CP của Chính phủ.", encoding="utf-8")
    assert len(report()["changed"]) == 1


def test_read_prints_one_reading_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", "--jsonl", str(DEMO)]) == 0
    readings = [from_json(json.loads(line)) for line in capsys.readouterr().out.splitlines()]
    assert [one.document[:3] for one in readings] == ["000", "001", "002", "003", "004"]
    assert all(one.citations and one.key for one in readings)


def test_the_export_is_the_same_in_another_order_and_after_rebuild(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def exported(place: Path) -> str:
        assert run(["export", "--home", str(place)]) == 0
        return capsys.readouterr().out

    for path in sorted(DEMO.glob("*.txt"), reverse=True):
        assert run(["ingest", str(path), "--home", str(tmp_path)]) == 0
    capsys.readouterr()
    forward, backward = exported(home), exported(tmp_path)
    assert forward == backward
    assert run(["rebuild", "--again", "--home", str(tmp_path)]) == 0
    capsys.readouterr()
    assert exported(tmp_path) == forward
    out = tmp_path / "graph.jsonl"
    assert run(["export", "-o", str(out), "--home", str(tmp_path)]) == 0
    assert out.read_text(encoding="utf-8") == forward


def test_remove_takes_out_and_ingest_brings_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ingest", str(DEMO), "--home", str(tmp_path)]) == 0
    assert run(["remove", str(DEMO / "004_9f49aac2b4a91be7.txt"), "--home", str(tmp_path)]) == 0
    capsys.readouterr()
    run(["impact", "20-NQ/TW", "--home", str(tmp_path)])
    assert "Hưng Yên" not in capsys.readouterr().out
    run(["ingest", str(DEMO), "--home", str(tmp_path)])
    capsys.readouterr()
    run(["impact", "20-NQ/TW", "--home", str(tmp_path)])
    assert "Hưng Yên" in capsys.readouterr().out


def test_settings_hide_what_is_secret(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VANBAN_STORE_PASSWORD", "geheim-geheim")
    monkeypatch.setenv("VANBAN_API_KEY", "office:0123456789abcdef0123")
    assert run(["settings"]) == 0
    shown = capsys.readouterr().out
    assert "geheim" not in shown and "0123456789" not in shown and "office:***" in shown


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "x"), ("PUBLIC_READ", "maybe"), ("API_KEY", "short:key"), ("RATE", "-1")]
)
def test_a_bad_setting_is_named(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(f"VANBAN_{name}", value)
    assert run(["settings"]) == 2
    assert f"VANBAN_{name}" in capsys.readouterr().err


def test_a_text_given_to_lookup_is_read_citation_by_citation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "Căn cứ Quyết định 376/QĐ-TTg, Nghị quyết 20-NQ/TW và Luật Đất đai năm 2024"
    (tmp_path / "one.txt").write_text("Căn cứ Luật Đất đai năm 2024.", encoding="utf-8")
    assert run(["ingest", str(tmp_path / "one.txt"), "--home", str(tmp_path)]) == 0
    capsys.readouterr()
    assert run(["lookup", text, "--home", str(tmp_path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["citations"]
    assert [one["key"] for one in found] == [
        "vn:state:ttg:qd:_:376", "vn:party:tw:nq:_:20", "vn:na:qh:luat:qh15:31",
    ]  # fmt: skip
