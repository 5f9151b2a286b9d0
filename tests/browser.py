"""Debian's Chromium, driven as a person would: where it is, how it starts, what every page must satisfy."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--font-render-hinting=none",
)  # fmt: skip
DESK = {"width": 1200, "height": 820}
PHONE = {"width": 360, "height": 740}
expect.set_options(timeout=30_000)


def missing() -> str | None:
    """Why there is no browser to test with, None when there is one."""
    return None if shutil.which("chromium") else "no chromium on the path; apt-get install chromium"


@contextmanager
def launched() -> Iterator[Browser]:
    """A browser; closed at the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        yield browser
        browser.close()


@dataclass(slots=True)
class Visitor:
    """Somebody at a page; what the browser complains of is kept."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(60_000)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda said: self._said(said.type, said.text))

    def _said(self, kind: str, text: str) -> None:
        # A page that says 404 is one that we ask for.
        if kind in ("error", "warning") and not text.startswith("Failed to load resource"):
            self.complaints.append(text)

    def go(self, path: str) -> Page:
        """Open a page."""
        self.page.goto(self.address + path)
        return self.page

    def picture(self, name: str) -> None:
        """Keep a picture of what is seen where VANBAN_PICTURES says, for the guide and the README."""
        if folder := os.environ.get("VANBAN_PICTURES"):
            self.page.screenshot(path=Path(folder) / f"{name}.png", animations="disabled")


@contextmanager
def visitor(browser: Browser, address: str, **more: Any) -> Iterator[Visitor]:
    """Somebody with a browser of their own; at the end nothing may have gone wrong there."""
    context = browser.new_context(**{"viewport": DESK, "locale": "vi-VN", "reduced_motion": "reduce", **more})
    try:
        one = Visitor(context.new_page(), address)
        yield one
        assert one.complaints == []
    finally:
        context.close()


def barriers(page: Page, *rules: str) -> list[str]:
    """What keeps some people from using a page, by all rules of axe or by these: none may be left."""
    only = {"runOnly": list(rules)} if rules else None
    found = Axe().run(page, options=only).response["violations"]
    return [f"{one['id']}: {one['help']}: {[node['html'][:120] for node in one['nodes'][:3]]}" for one in found]


def too_wide(page: Page) -> bool:
    """Whether one has to scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
