"""Speed of reading as a ratio to a bare scan in the same run; other extractors on their own languages beside it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

from ingest.extract import extract

BARE = re.compile(r"\d+\s?[/-]\s?(?:\d{4}\s?/\s?)?[A-ZĐ][\w&]*(?:\s?[/-–]\s?[A-ZĐ][\w&]*)*")
ENGLISH = (
    "The court held in Bush v. Gore, 531 U.S. 98, 99-100 (2000), that the claim fails; see also 42 U.S.C. § 1983 and "
    "Roe v. Wade, 410 U.S. 113, 120 (1973). Id. at 121. We follow Smith v. Jones, 12 F.3d 45 (2d Cir. 1995), supra. "
)
GERMAN = (
    "Der Kläger hat gemäß § 823 Abs. 1 BGB und § 7 Abs. 1 StVG einen Anspruch "
    "(vgl. BGH, Urteil vom 12. Mai 2010 - VIII ZR 12/09), der nach §§ 195, 199 BGB nicht verjährt ist. "
    "Die Kostenentscheidung folgt aus § 91 ZPO. "
)


def best(work: Callable[[], object], rounds: int = 3) -> float:
    """Seconds of the quickest of `rounds` runs."""
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times)


def texts(folder: Path) -> list[tuple[str, str]]:
    """Name and text of each document in `folder`."""
    names = sorted(path for path in folder.iterdir() if path.suffix in {".txt", ".md"})
    return [(path.name, path.read_text(encoding="utf-8")) for path in names]


def ratio(documents: list[tuple[str, str]]) -> float:
    """How many times a bare scan the whole reading of `documents` takes."""
    for name, text in documents[:1]:
        extract(name, text)
    bare = best(lambda: [BARE.findall(text) for _, text in documents], 5)
    whole = best(lambda: [extract(name, text) for name, text in documents])
    return whole / bare


def others() -> dict[str, float]:
    """How many times a bare scan of their own text eyecite (English) and refex (German) take."""
    from eyecite import get_citations
    from refex.orchestrator import CitationExtractor

    english, german = ENGLISH * 40, GERMAN * 40
    extractor = CitationExtractor()
    return {
        "eyecite (US, English)": best(lambda: get_citations(english)) / best(lambda: BARE.findall(english), 5),
        "refex (German)": best(lambda: extractor.extract(german)) / best(lambda: BARE.findall(german), 5),
    }
