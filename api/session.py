"""The key in a cookie that no script can read, and the token that forms must carry beside it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from functools import cache

from fastapi import HTTPException, Request
from fastapi.responses import Response

from api.settings import Settings

COOKIE = "vanban_key"
MONTH_SECONDS = 30 * 24 * 3600


@cache
def _secret() -> bytes:
    """Of this run of the server: forms of an earlier one are asked again."""
    return secrets.token_bytes(32)


def named(settings: Settings, key: str) -> str | None:
    """The name of an API key, None for one that is not known; compared in constant time."""
    names = [
        name for name, known in (settings.api_keys or {}).items() if hmac.compare_digest(known.encode(), key.encode())
    ]
    return names[0] if names else None


def may_add(request: Request) -> str | None:
    """The name of the key in the cookie, None without one that is known."""
    key = request.cookies.get(COOKIE, "")
    return named(request.app.state.settings, key) if key else None


def token_of(request: Request) -> str:
    """The token of forms for this browser: nobody makes it without its cookie and this server's secret."""
    key = request.cookies.get(COOKIE, "")
    return hmac.new(_secret(), key.encode("utf-8", "replace"), hashlib.sha256).hexdigest() if key else ""


def own_form(request: Request) -> None:
    """403 for a form that a page of another server sends, as browsers tell."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise HTTPException(403, "this form is of another server's page")


def checked(request: Request, token: str) -> str:
    """The name of the key of a form that writes; 401 without a key, 403 where the token is not that of this browser."""
    own_form(request)
    name = may_add(request)
    if name is None:
        raise HTTPException(401, "writing needs a key of this server")
    if not hmac.compare_digest(token_of(request).encode(), token.encode()):
        raise HTTPException(403, "this form is not of this server's run; load the page again")
    return name


def remember(request: Request, response: Response, key: str | None) -> None:
    """Keep the key with the browser, or have it forgotten."""
    path = request.scope.get("root_path", "") or "/"
    if key is None:
        response.delete_cookie(COOKIE, path)
        return
    secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, key, MONTH_SECONDS, path=path, secure=secure, httponly=True, samesite="lax")
