"""Styles, scripts and pictures of the pages; what is asked for by the mark of its content may be kept for good."""

from __future__ import annotations

from fastapi.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_FOR_GOOD = "public, max-age=31536000, immutable"


class Static(StaticFiles):
    """Files of a folder of a package."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """A file, or 404."""
        response = await super().get_response(path, scope)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cache-Control"] = _FOR_GOOD if scope.get("query_string") else "no-cache"
        return response
