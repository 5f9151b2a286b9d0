"""Numbers of documents taken apart and put into the shape of their family, or refused: "16/CT-TTG" → 16/CT-TTg."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from graph.model import Repair
from ingest.clean import fold
from ingest.tables import table

_STRICT = frozenset(("UBND", "CTUBND", "HĐND", "CP", "TTg", "UB", "VPCP"))
_CLASS = {"party": "P", "mass": "M", "org": "M"}
_ASSEMBLY = re.compile(r"(UBTVQH|QH)([\dOolI]{1,2})\Z", re.I)
_DIGITS = str.maketrans("OolI", "0011")


@dataclass(frozen=True, slots=True)
class Symbol:
    """A number in normal form; `types` are the names that its code can mean, `bodies` the codes of who issues it."""

    number: str
    types: tuple[str, ...]
    bodies: tuple[str, ...]
    shape: str
    repairs: tuple[Repair, ...] = ()

    @property
    def suffix(self) -> str:
        """What follows the number proper, for lists that print it once: "-NQ/TW"."""
        found = re.match(r"[\d.]+[A-Za-zĐđ]{0,2}(?=[-/ ])", self.number)
        return self.number[found.end() :] if found else ""


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a number: as it is to be printed and what it can be (a sign of the table of forms)."""

    printed: str
    sign: str


@dataclass(frozen=True, slots=True)
class _Shape:
    name: str
    pattern: re.Pattern[str]
    needs: str
    not_types: tuple[str, ...]
    only_types: tuple[str, ...]
    signs: str
    rule: str
    as_printed: bool


@cache
def shapes() -> tuple[_Shape, ...]:
    """The rows of the table of forms, compiled."""
    rows = table("forms")["shape"]
    return tuple(
        _Shape(
            row["name"],
            re.compile(row["shape"].replace("B", "[ISPQM]").replace("C", "[ISPQMUT]") + r"\Z"),
            row.get("needs", ""),
            tuple(row.get("not_types", ())),
            tuple(row.get("only_types", ())),
            row.get("signs", ""),
            row.get("rule", ""),
            row.get("as_printed", False),
        )
        for row in rows
    )


def _bare(code: str) -> str:
    """A code as people may type it: no accents, capitals, no "&" or dots."""
    return fold(code).upper().replace("&", "").replace(".", "")


@cache
def type_codes() -> dict[str, tuple[str, ...]]:
    """The names of types by code as printed."""
    found: dict[str, list[str]] = {}
    for row in table("types")["type"]:
        for code in row.get("codes", ()):
            found.setdefault(code, []).append(row["name"])
    for code, name in table("forms")["codes"]["types"]:
        found.setdefault(code, []).append(name)
    return {code: tuple(names) for code, names in found.items()}


@cache
def _types_by_bare() -> dict[str, str]:
    known: dict[str, str] = {}
    for code in type_codes():
        # Where marks alone tell two codes apart (ĐA, DA) the plain one is kept as it is printed.
        known[_bare(code)] = code if _bare(code) not in known or code == _bare(code) else known[_bare(code)]
    return known | {"QD": "QĐ", "ND": "NĐ", "CD": "CĐ"}


@cache
def issuer_rows() -> dict[str, dict[str, Any]]:
    """The bodies by code as printed, the first one of a code."""
    rows: dict[str, dict[str, Any]] = {}
    for row in table("issuers")["issuer"] + table("forms").get("body_code", []):
        for code in (row.get("code"), *row.get("codes", ())):
            if code:
                rows.setdefault(code, row)
    return rows


@cache
def _issuers_by_bare() -> dict[str, str]:
    known = {_bare(row["code"]): str(row["code"]) for row in issuer_rows().values()}
    for code, row in issuer_rows().items():
        known.setdefault(_bare(code), code)
        for alias in row.get("aliases", ()):
            if " " not in alias:
                known.setdefault(_bare(alias), code)
    return known


@lru_cache(maxsize=4096)
def read_code(raw: str, first: bool) -> Code:
    """What one code is: "QD" → QĐ, a type (when `first`); "TTG" → TTg, a body; "QHl5" → QH15."""
    assembly = _ASSEMBLY.match(raw)
    if assembly:
        return Code(assembly[1].upper() + assembly[2].translate(_DIGITS), "Q")
    if first:
        kind = raw if raw in type_codes() else _types_by_bare().get(_bare(raw))
        if kind:
            return Code(kind, "T")
    body = body_code(raw)
    if body:
        return Code(_printed(raw, body), _sign(body))
    kind = raw if raw in type_codes() else _types_by_bare().get(_bare(raw))
    return Code(kind, "T") if kind else Code(raw, "U")


@lru_cache(maxsize=4096)
def body_code(raw: str) -> str | None:
    """The code in the table of issuers that `raw` is: "BGD&ĐT" → BGDĐT, "UBDNGS16" → UBDNGS."""
    if raw in issuer_rows():
        return raw
    bare = _bare(raw)
    return _issuers_by_bare().get(bare) or _issuers_by_bare().get(bare.rstrip("0123456789"))


def _printed(raw: str, body: str) -> str:
    """The code as the document prints it but in the official case: only case and lost accents are put right."""
    if _bare(raw) == _bare(body) and "&" not in raw:
        return body
    return raw


def _sign(body: str) -> str:
    row = issuer_rows()[body]
    return "S" if body in _STRICT else _CLASS.get(row["system"], "I")


@lru_cache(maxsize=4096)
def split_code(raw: str) -> tuple[str, ...]:
    """The two codes of which a sign was lost: "QĐBYT" → QĐ, BYT; the code itself when it is none of them."""
    if read_code(raw, True).sign != "U":
        return (raw,)
    for cut in range(len(raw) - 2, 0, -1):
        kind, body = raw[:cut], raw[cut:]
        if body_code(body) and len(body) > 1 and read_code(kind, True).sign == "T":
            return kind, body
    return (raw,)


@lru_cache(maxsize=4096)
def read_symbol(parts: tuple[str, ...], printed: str, needs: str, kind: str | None = None) -> Symbol | None:
    """The number that `parts` make: ["20", "/", "NQ", "-", "TW"] → 20-NQ/TW, with what was put right.

    `parts` are the number, then signs ("-", "/", "~") and codes in turn, a year among them. `needs` is what stands
    before the number: "type", "lead" or "", `kind` the type named there. None when no row of the table of forms fits.
    """
    number, year, codes, signs = _taken_apart(parts)
    key = "n" + "".join(
        sign + ("y" if year and at == 0 else code.sign)
        for at, (sign, code) in enumerate(zip(signs, codes, strict=True))
    )
    row = next((row for row in shapes() if row.pattern.match(key) and _fits(row, needs, kind)), None)
    if row is None:
        return None
    taken = _with_signs(row, signs)
    normal = number + "".join(sign + code.printed for sign, code in zip(taken, codes, strict=True))
    plain = codes[1:] if year else codes
    code = plain[0].printed if plain and plain[0].sign == "T" else ""
    types = type_codes().get(code, ())
    bodies = _bodies([code.printed for code in plain[1 if types else 0 :]], joint=code.endswith(("LT", "PH", "LN")))
    return Symbol(normal, types, bodies, row.name, _repairs(printed, normal, row, taken != signs))


def _taken_apart(parts: Sequence[str]) -> tuple[str, str, list[Code], list[str]]:
    number = parts[0].translate(_DIGITS) if re.match(r"[\dOolI]*[OolI][\dOolI]*\Z", parts[0]) else parts[0]
    signs, words = list(parts[1::2]), list(parts[2::2])
    year = words[0].translate(_DIGITS) if words and re.fullmatch(r"[12][\dO][\dOlI]{2}", words[0]) else ""
    codes = [Code(year, "y")] if year else []
    for at, word in enumerate(words[1:] if year else words):
        halves = split_code(word) if at == 0 else (word,)
        if len(halves) == 2:
            signs.insert(len(codes) + 1, "~")
        codes += [read_code(half, first=at == 0 and place == 0) for place, half in enumerate(halves)]
    return number, year, codes, signs


def _fits(row: _Shape, given: str, kind: str | None) -> bool:
    if kind in row.not_types or (row.only_types and kind not in row.only_types):
        return False
    return not row.needs or row.needs == given or given == "type"


def _with_signs(row: _Shape, signs: Sequence[str]) -> list[str]:
    if row.as_printed:
        return [" " if sign == "~" else sign for sign in signs]
    return [*row.signs, *signs[len(row.signs) :]] if row.signs else list(signs)


def _bodies(codes: Sequence[str], joint: bool) -> tuple[str, ...]:
    """The codes of who issues: all of a joint document, else the first; the unit that drafts is none."""
    known = [body for code in codes if (body := body_code(code) or (code if _ASSEMBLY.match(code) else None))]
    return tuple(known if joint else known[:1])


def _repairs(printed: str, normal: str, row: _Shape, signs: bool) -> tuple[Repair, ...]:
    if printed == normal:
        return ()
    rules = [row.rule] if signs and row.rule else []
    tight = re.sub(r"\s+", "", printed)
    if tight != printed and " " not in normal:
        rules.append("blank inside")
    letters, wanted = re.sub(r"[-/ ]", "", tight), re.sub(r"[-/ ]", "", normal)
    if letters != wanted:
        rules += [name for name, differs in _letter_rules(letters, wanted) if differs]
    return tuple(Repair(printed, normal, rule) for rule in rules)


def _letter_rules(letters: str, wanted: str) -> list[tuple[str, bool]]:
    digits = letters.translate(_DIGITS) == wanted.translate(_DIGITS)
    case = letters.lower() == wanted.lower()
    return [("letter for digit", digits), ("case", case), ("lost accent", not digits and not case)]
