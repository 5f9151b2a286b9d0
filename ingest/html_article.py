"""Finds the document in a web page and leaves the site out: menus, banners, scripts, what is not shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ingest.clean import fold

_DROPPED = frozenset(
    (
        *("script", "style", "noscript", "template", "iframe", "object", "embed", "canvas", "svg", "audio", "video"),
        *("head", "title", "link", "meta", "nav", "aside", "footer"),
        *("button", "select", "option", "input", "textarea"),
    )
)
_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "dialog", "menu"))
_MENU_LINKS, _MENU_SHARE = 4, 0.6
_WHOLE = 0.85
_CREST = re.compile(r"cong\s+hoa\s+xa\s+hoi\s+chu\s+nghia\s+viet\s+nam|dang\s+cong\s+san\s+viet\s+nam")
_TABLE = ("table", "thead", "tbody", "tfoot", "tr")
_GROUPS = ("div", "ul", "ol", "table", "section", "td", "p", "center", "dl", "header", "form")


def is_hidden(node: Any) -> bool:
    """Whether an element shows no words of the document: scripts, menus, what its style hides."""
    if not isinstance(node.tag, str) or node.tag.lower() in _DROPPED:
        return True
    if (node.get("role") or "").lower() in _ROLES or node.get("hidden") is not None:
        return True
    style = (node.get("style") or "").lower().replace(" ", "")
    return "display:none" in style or "visibility:hidden" in style or "mso-hide:all" in style


def article(root: Any) -> Any:
    """The element of a page that holds its document; menus around and in it are taken out of the page."""
    body = root.find("body")
    body = root if body is None else body
    for menu in list(_menus(body)):
        if menu.getparent() is not None:
            menu.drop_tree()
    whole = _length(body)
    best = inner = body
    while (inner := _larger(inner, whole)) is not None:
        best = best if inner.tag in _TABLE else inner  # a cell may hold the page; a table of data is part of it
    return best


def _menus(body: Any) -> Iterator[Any]:
    """The groups of links: many of them, and little else."""
    for node in body.iter(*_GROUPS):
        links = node.findall(".//a[@href]")
        if len(links) < _MENU_LINKS:
            continue
        words = _length(node)
        linked = sum(len("".join(link.itertext()).strip()) for link in links)
        if words and linked >= _MENU_SHARE * words and not _CREST.search(fold("".join(node.itertext())[:2_000])):
            yield node


def _larger(node: Any, whole: int) -> Any | None:
    """The only child that matters: it has nearly all the words, and no letterhead or signature stands beside it."""
    for child in node:
        if isinstance(child.tag, str) and not is_hidden(child) and _length(child) >= _WHOLE * whole:
            beside = fold(" ".join(_said(other) for other in node if other is not child))
            return None if _CREST.search(beside) or "noi nhan" in beside else child
    return None


def _said(node: Any) -> str:
    return "" if is_hidden(node) else "".join(node.itertext()) + " "


def _length(node: Any) -> int:
    """How many characters of words an element shows."""
    count = 0
    stack = [node]
    while stack:
        one = stack.pop()
        if is_hidden(one):
            continue
        count += len((one.text or "").strip())
        for child in one:
            count += len((child.tail or "").strip())
            stack.append(child)
    return count
