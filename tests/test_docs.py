"""Do the docs name every command, route, setting and query?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer.main

from api.app import create_app
from api.cli import app
from api.settings import read_settings

ROOT = Path(__file__).parent.parent
REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_command_is_named() -> None:
    names = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    assert [name for name in names if f"`vanban {name}" not in REFERENCE] == []


def test_every_route_is_named(tmp_path: Path) -> None:
    routes = create_app(read_settings({"VANBAN_HOME": str(tmp_path)})).openapi()["paths"]
    assert [route for route in routes if f"`{route}`" not in REFERENCE] == []


def test_every_query_is_named() -> None:
    names = [path.stem for path in (ROOT / "cypher").glob("*.cypher")]
    families = ("write_", "export_", "schema_")
    assert [name for name in names if not name.startswith(families) and f"`{name}`" not in REFERENCE] == []


@pytest.mark.parametrize("name", ["HOME", "STORE", "STORE_USER", "FILES", "HOST", "PORT", "API_KEY", "CORS", "RATE"])
def test_every_setting_is_named(name: str) -> None:
    assert f"`VANBAN_{name}`" in README


def test_the_guides_and_the_readme_show_pictures_that_tests_make() -> None:
    guides = "".join((ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("huong-dan.vi.md", "analysts.md"))
    tests = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").glob("test_*browser.py"))
    made = set(re.findall(r'picture\((?:page, )?"([\w-]+)"\)', tests))
    shown = set(re.findall(r"pictures/([\w-]+)\.png", guides))
    assert shown == made and {path.stem for path in (ROOT / "docs" / "pictures").glob("*.png")} == made
    assert set(re.findall(r"docs/pictures/([\w-]+)\.png", README)) <= made
