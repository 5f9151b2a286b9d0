"""Answers of one state of the graph: where a commit fell into one it is asked again, so that none is half new."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request
from fastapi.responses import Response
from fastapi.routing import APIRoute

from api.commits import TRIES, Commits


class WholeRoute(APIRoute):
    """A route that only reads: asked again when a commit fell into its answer, at last with commits held off."""

    graph_alone = False

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, around that of any route."""
        ask = super().get_route_handler()

        async def whole(request: Request) -> Response:
            desk = request.app.state.desk
            commits: Commits = desk.commits
            for _ in range(TRIES):
                await commits.over()
                before = commits.count
                try:
                    response = await ask(request)
                except Exception:
                    if commits.count == before:
                        raise
                else:
                    if commits.count == before or (self.graph_alone and desk.of_one_moment):
                        return response
            await commits.hold_off()
            try:
                return await ask(request)
            finally:
                commits.let_on()

        return whole


class GraphRoute(WholeRoute):
    """A route whose answer rests on the graph alone: it stands where the engine shows one moment of it."""

    graph_alone = True
