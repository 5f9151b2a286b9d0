"""What a DOCX says apart from its words: looks by style, and the numbers that are put before paragraphs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_LONGEST_CHAIN = 20
Look = dict[str, str | bool]


def local(node: Any) -> str:
    """The name of an element without its namespace; "" for comments."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def value(node: Any) -> str | None:
    """The `w:val` of an element that may be missing."""
    said: str | None = None if node is None else node.get(f"{W}val")
    return said


def on(node: Any) -> bool:
    """Whether a switch is set: there, and not off."""
    return node is not None and value(node) not in ("0", "false", "off", "none")


def _look(properties: Any) -> Look:
    said: Look = {}
    if properties is None:
        return said
    for name, tag in (("bold", "b"), ("caps", "caps"), ("vanish", "vanish")):
        node = properties.find(f"{W}{tag}")
        if node is not None:
            said[name] = on(node)
    fonts = properties.find(f"{W}rFonts")
    if fonts is not None and (font := fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi")):
        said["font"] = font
    return said


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles by id: how their runs look, and the list that their paragraphs belong to."""

    looks: dict[str, Look]
    lists: dict[str, tuple[str | None, int | None]]
    default: Look

    @classmethod
    def of(cls, root: Any) -> Styles:
        """The styles of `word/styles.xml`, none for None."""
        nodes = {} if root is None else {one.get(f"{W}styleId"): one for one in root.iter(f"{W}style")}
        looks: dict[str, Look] = {}
        lists: dict[str, tuple[str | None, int | None]] = {}
        for id in nodes:
            looks[id], lists[id] = _inherited(nodes, id)
        first = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        return cls(looks, lists, _look(first))

    def paragraph(self, node: Any) -> Look:
        """How the runs of a paragraph look by its style."""
        style = value(node.find(f"{W}pPr/{W}pStyle"))
        return self.default | self.looks.get(style or "", {})

    def run(self, node: Any) -> Look:
        """How a run looks by its own properties and its style."""
        properties = node.find(f"{W}rPr")
        if properties is None:
            return {}
        return self.looks.get(value(properties.find(f"{W}rStyle")) or "", {}) | _look(properties)

    def numbered(self, node: Any) -> tuple[str | None, int]:
        """The list of a paragraph and its level there; no list: None."""
        style = self.lists.get(value(node.find(f"{W}pPr/{W}pStyle")) or "", (None, None))
        own = node.find(f"{W}pPr/{W}numPr")
        list_ = value(own.find(f"{W}numId")) if own is not None else None
        level = _whole(value(own.find(f"{W}ilvl"))) if own is not None else None
        found = list_ or style[0]
        return (None if found == "0" else found), (level if level is not None else style[1] or 0)


def _inherited(nodes: dict[str, Any], id: str) -> tuple[Look, tuple[str | None, int | None]]:
    chain: list[Any] = []
    at: str | None = id
    while at in nodes and len(chain) < _LONGEST_CHAIN:
        chain.append(nodes[at])
        at = value(nodes[at].find(f"{W}basedOn"))
    look: Look = {}
    list_: tuple[str | None, int | None] = (None, None)
    for node in reversed(chain):
        look |= _look(node.find(f"{W}rPr"))
        own = node.find(f"{W}pPr/{W}numPr")
        if own is not None:
            list_ = value(own.find(f"{W}numId")) or list_[0], _whole(value(own.find(f"{W}ilvl")))
    return look, list_


@dataclass(frozen=True, slots=True)
class _Level:
    format: str = "decimal"
    shape: str = "%1."
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has counted."""

    levels: dict[str, list[_Level]]
    abstract: dict[str, str]
    counts: dict[str, list[int | None]] = field(default_factory=lambda: defaultdict(lambda: [None] * _LEVELS))

    @classmethod
    def of(cls, root: Any) -> Numbering:
        """The lists of `word/numbering.xml`, none for None."""
        if root is None:
            return cls({}, {})
        shapes = {one.get(f"{W}abstractNumId"): _levels(one) for one in root.iter(f"{W}abstractNum")}
        levels: dict[str, list[_Level]] = {}
        abstract: dict[str, str] = {}
        for num in root.iter(f"{W}num"):
            id, of = num.get(f"{W}numId"), value(num.find(f"{W}abstractNumId"))
            own = list(shapes.get(of, [_Level()] * _LEVELS))
            again = False
            for override in num.iter(f"{W}lvlOverride"):
                again |= _override(own, override)
            levels[id], abstract[id] = own, f"{of}:{id}" if again else str(of)
        return cls(levels, abstract)

    def next(self, list_: str | None, level: int) -> str:
        """What stands before the next paragraph of a list at a level: "2.", "a)", "Điều 3.", "-"; "" for no list."""
        if list_ is None or list_ not in self.levels or not 0 <= level < _LEVELS:
            return ""
        shapes = self.levels[list_]
        if shapes[level].format == "none":
            return ""
        if shapes[level].format == "bullet":
            return "-"
        counts = self.counts[self.abstract[list_]]
        before = counts[level]
        counts[level] = shapes[level].start if before is None else before + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        said = shapes[level].shape
        for at in range(level + 1):
            count = counts[at]
            printed = _printed(shapes[at].start if count is None else count, shapes[at].format)
            said = said.replace(f"%{at + 1}", printed)
        return said.strip()


def _levels(root: Any) -> list[_Level]:
    found = [_Level()] * _LEVELS
    for node in root.iter(f"{W}lvl"):
        at = _whole(node.get(f"{W}ilvl"))
        if at is not None and at < _LEVELS:
            found[at] = _level(node)
    return found


def _level(node: Any) -> _Level:
    start = _whole(value(node.find(f"{W}start")))
    shape = value(node.find(f"{W}lvlText"))
    return _Level(
        value(node.find(f"{W}numFmt")) or "decimal", "%1." if shape is None else shape, 1 if start is None else start
    )


def _override(levels: list[_Level], node: Any) -> bool:
    """Put what one list has of its own into `levels`; whether it counts from a start of its own."""
    at = _whole(node.get(f"{W}ilvl"))
    if at is None or at >= _LEVELS:
        return False
    own = node.find(f"{W}lvl")
    if own is not None:
        levels[at] = _level(own)
    start = _whole(value(node.find(f"{W}startOverride")))
    if start is not None:
        levels[at] = _Level(levels[at].format, levels[at].shape, start)
    return start is not None


def _whole(said: str | None) -> int | None:
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 8 else None


def _printed(number: int, format: str) -> str:
    if format in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * min(4, 1 + (number - 1) // 26)
        return letter if format == "lowerLetter" else letter.upper()
    if format in ("lowerRoman", "upperRoman") and 0 < number < 400:
        said = roman(number)
        return said.lower() if format == "lowerRoman" else said
    return f"{number:02}" if format == "decimalZero" else str(number)


def roman(number: int) -> str:
    """A number from 1 to 399 in Roman figures."""
    said = ""
    for figure, letters in (
        (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        said += letters * (number // figure)
        number %= figure
    return said
