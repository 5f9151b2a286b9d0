"""The server's log: one JSON object a line, on standard error."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime


class JsonLines(logging.Formatter):
    """A record as JSON: time, level, who says it, and what; a message that is an object has its fields beside them."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"time": when, "level": record.levelname.lower(), "logger": record.name}
        said = record.msg if isinstance(record.msg, dict) else {"message": record.getMessage()}
        if record.exc_info:
            said = said | {"exception": self.formatException(record.exc_info)}
        return json.dumps(line | said, ensure_ascii=False, default=str)


def log_to_stderr() -> None:
    """Log our own lines and the warnings of others."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("vanban").setLevel(logging.INFO)
