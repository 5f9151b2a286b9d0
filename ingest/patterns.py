"""Patterns that are compiled when first used, and kept."""

from __future__ import annotations

import re
from functools import cache


@cache
def compiled(shape: str) -> re.Pattern[str]:
    """The compiled pattern of a literal `shape`; only for literals, so that what is kept stays small."""
    return re.compile(shape)
