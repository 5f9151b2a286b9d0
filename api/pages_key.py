"""The page where a key is given once, to be kept in a cookie that no script can read."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from api.page import FormRoute, page
from api.session import named, own_form, remember

router = APIRouter(include_in_schema=False, route_class=FormRoute)

Back = Annotated[str, Query(max_length=4000)]


@router.get("/key")
def key_page(request: Request, back: Back = "/") -> Response:
    """A form for the key, or whose key it is."""
    return page(request, "key", back=local(request, back), wrong=False)


@router.post("/key")
def keep_key(
    request: Request,
    key: Annotated[str, Form(max_length=500)] = "",
    back: Annotated[str, Form(max_length=4000)] = "/",
    forget: Annotated[bool, Form()] = False,
) -> Response:
    """Keep the key when it is one of this server's, and go back to where it was asked for; or forget it."""
    own_form(request)
    if not forget and named(request.app.state.settings, key.strip()) is None:
        return page(request, "key", 401, back=local(request, back), wrong=True)
    response = RedirectResponse(local(request, back), 303)
    remember(request, response, None if forget else key.strip())
    return response


def local(request: Request, path: str) -> str:
    """A path of this server, its first page in place of any other address."""
    root = request.scope.get("root_path", "")
    safe = path.startswith("/") and not path.startswith(("//", "/\\")) and "\\" not in path and path.isprintable()
    return path if safe else f"{root}/"
