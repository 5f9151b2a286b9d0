"""How a file is refused: which, why, and what to do."""

from __future__ import annotations

import os


class Unreadable(Exception):
    """A file that cannot be read: which, why, and what to do; all three are in the message."""

    def __init__(self, path: str | os.PathLike[str], why: str, advice: str) -> None:
        self.path, self.why, self.advice = os.fspath(path), why, advice
        super().__init__(f"{self.path}: {why}; {advice}")

    def __reduce__(self) -> tuple[type[Unreadable], tuple[str, str, str]]:
        """Kept whole on its way between processes."""
        return type(self), (self.path, self.why, self.advice)
