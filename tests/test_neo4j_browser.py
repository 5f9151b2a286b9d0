"""The real Neo4j Browser in a real browser: log in, style, guide, saved queries, one by one and dropped on it."""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Iterator
from pathlib import Path

import neo4j_server
import pytest
import typer.main
from command import vanban
from playwright.sync_api import Browser, Locator, Page, expect
from ruamel.yaml import YAML
from served import served

from api.cli import app
from api.routes_guides import archive, saved_queries
from graph.copying import empty
from graph.store import Store

pytestmark = [pytest.mark.neo4j, pytest.mark.browser]
DOCS = Path(__file__).parents[1] / "docs" / "analysts.md"
SAVED = saved_queries()
WINDOW = {"width": 1400, "height": 860}
_DROP = """([name, data]) => {
  const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0))
  const given = new DataTransfer()
  given.items.add(new File([bytes], name, { type: "application/zip" }))
  return given
}"""


@pytest.fixture(scope="module")
def guides(
    tmp_path_factory: pytest.TempPathFactory, neo4j_address: neo4j_server.Address, neo4j_shared: Store
) -> Iterator[str]:
    """The address of a server of the five documents on Neo4j, as the Browser may ask it."""
    home, login = tmp_path_factory.mktemp("browser") / "home", {"VANBAN_STORE_USER": neo4j_address.user}
    given = login | {"VANBAN_STORE": neo4j_address.url, "VANBAN_STORE_PASSWORD": neo4j_address.password}
    empty(neo4j_shared)
    for command in ("demo --no-serve", "analyse"):
        assert vanban(home, *command.split(), **given).returncode == 0
    with served(home, **given) as server:
        yield server.address.replace("127.0.0.1", "localhost")


@pytest.fixture(scope="module")
def page(browser: Browser, neo4j_address: neo4j_server.Address) -> Iterator[Page]:
    """The Browser, logged in."""
    context = browser.new_context(viewport=WINDOW)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(neo4j_address.browser or "http://localhost:7474/browser/")
    page.fill("[data-testid=username]", neo4j_address.user)
    page.fill("[data-testid=password]", neo4j_address.password)
    page.click("[data-testid=connect]")
    expect(page.locator("[data-testid=activeEditor] .monaco-editor[role=code]")).to_be_visible()
    yield page
    context.close()


def asked(page: Page, text: str) -> Locator:
    """The frame of what was asked, when it has answered."""
    page.click("[data-testid=activeEditor] .monaco-editor[role=code]")
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(text)
    page.keyboard.press("Control+Enter")
    frame = page.locator("[data-testid=frame]").first
    expect(frame.locator("[data-testid=frameCommand]")).to_contain_text(text.splitlines()[0])
    return frame


def picture(page: Page, name: str) -> None:
    """Keep a picture for the docs where VANBAN_PICTURES says."""
    if folder := os.environ.get("VANBAN_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", animations="disabled")


def commands(heading: str) -> list[str]:
    """What docs/analysts.md tells to type under a heading."""
    part = DOCS.read_text(encoding="utf-8").split(f"### {heading}\n")[1].split("\n## ")[0].split("\n### ")[0]
    return [line for block in re.findall(r"```(?:sh)?\n(.*?)```", part, re.S) for line in block.splitlines()]


@pytest.mark.parametrize("heading", ["With Docker", "Without Docker"])
def test_five_commands_lead_to_a_coloured_lineage(page: Page, guides: str, heading: str) -> None:
    *shell, style, play = commands(heading)
    assert len(shell) == 3
    known = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    for said in shell:
        if called := re.search(r"\bvanban (\w+)", said):
            assert called[1] in known
        if said.startswith("docker compose exec"):
            services = YAML(typ="safe").load((DOCS.parents[1] / "docker-compose.yml").read_text(encoding="utf-8"))
            assert said.split()[3] in services["services"]
    page.click("[data-testid=activeEditor] .monaco-editor[role=code]")
    page.keyboard.insert_text(style.replace("http://localhost:8000", guides))
    page.keyboard.press("Control+Enter")
    frame = asked(page, play.replace("http://localhost:8000", guides))
    frame.locator("pre.runnable", has_text="20-NQ/TW").click()
    page.keyboard.press("Control+Enter")
    answer = page.locator("[data-testid=frame]").first
    expect(answer).to_contain_text("Displaying 3 nodes")
    node = answer.locator("g.node", has_text="20-NQ/TW").locator("circle.b-outline")
    expect(node).to_have_attribute("fill", "#8c2d04")


def test_the_style_colours_by_family_and_shows_numbers(page: Page, guides: str) -> None:
    before = page.locator("[data-testid=frame]").count()
    page.click("[data-testid=activeEditor] .monaco-editor[role=code]")
    page.keyboard.insert_text(f":style {guides}/guides/vanban.grass")
    page.keyboard.press("Control+Enter")
    frame = asked(page, ":style")
    expect(frame).to_contain_text("relationship.IMPLEMENTS")
    assert page.locator("[data-testid=frame]").count() >= before
    graph = asked(page, SAVED["01_who_implements"])
    resolution = graph.locator("g.node", has_text="20-NQ/TW").locator("circle.b-outline")
    expect(resolution).to_have_attribute("fill", "#8c2d04")
    expect(graph).to_contain_text("40-CTr/TU")
    expect(graph.locator("g.node", has_text="Hưng Yên").locator("circle.b-outline")).to_have_attribute(
        "fill", "#2f855a"
    )


@pytest.mark.parametrize(("name", "title"), [("vanban.en", "The graph of documents"), ("vanban", "Đồ thị văn bản")])
def test_the_guide_plays_and_its_commands_run(page: Page, guides: str, name: str, title: str) -> None:
    frame = asked(page, f":play {guides}/guides/{name}")
    expect(frame).to_contain_text(title)
    expect(frame).to_contain_text("1 / 5")
    picture(page, f"neo4j-browser-{name}")
    frame.locator("pre.runnable", has_text="20-NQ/TW").click()
    page.keyboard.press("Control+Enter")
    answer = page.locator("[data-testid=frame]").first
    expect(answer).to_contain_text("Displaying 3 nodes")
    picture(page, "neo4j-browser")


@pytest.mark.parametrize("name", SAVED)
def test_every_saved_query_answers(page: Page, guides: str, name: str) -> None:
    frame = asked(page, SAVED[name])
    expect(frame.locator("[data-testid=frame-loaded-contents]")).to_be_visible()
    assert "ERROR" not in frame.inner_text() and "Neo.ClientError" not in frame.inner_text()


def test_the_saved_queries_are_taken_in_by_dropping_the_archive(page: Page, guides: str) -> None:
    given = page.evaluate_handle(_DROP, ["vanban.zip", base64.b64encode(archive()).decode()])
    page.dispatch_event("[data-testid=main]", "dragenter", {"dataTransfer": given})
    page.dispatch_event("[data-testid=main]", "drop", {"dataTransfer": given})
    page.click("[data-testid=navigationFavorites]")
    page.get_by_text("vanban", exact=True).first.click()
    for text in SAVED.values():
        expect(page.get_by_text(text.splitlines()[0].removeprefix("// ")[:40]).first).to_be_visible()
