"""Who may write, and read where reading is not public: the token of this run, or an API key; compared in constant
time."""

from __future__ import annotations

import hmac
from typing import Annotated

from fastapi import Depends, HTTPException, Request

from api.running import Running
from api.session import may_add
from api.settings import Settings

LOCAL = "local"
_CHALLENGE = {"WWW-Authenticate": "Bearer"}


def caller(request: Request) -> str | None:
    """Who calls: `local` for a command on this machine, the name of an API key, None for anybody."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    secret = secret.strip() if scheme.lower() == "bearer" else request.headers.get("x-api-key", "")
    if not secret:
        return None
    settings: Settings = request.app.state.settings
    run: Running | None = request.app.state.run
    known = [*([(LOCAL, run.token)] if run else []), *(settings.api_keys or {}).items()]
    names = [name for name, key in known if hmac.compare_digest(key.encode(), secret.encode())]
    return names[0] if names else None


def may_write(request: Request) -> str:
    """The caller, who may write; 401 for others."""
    name = caller(request)
    if name is None:
        raise HTTPException(401, "writing needs Authorization: Bearer with a key of this server", _CHALLENGE)
    return name


def may_name_paths(request: Request) -> str:
    """A command on this machine, which may name files on it; 403 for others."""
    if may_write(request) != LOCAL:
        raise HTTPException(403, "only commands on the server's machine may name its files; upload them instead")
    return LOCAL


def is_known(request: Request) -> bool:
    """Whether the caller has a key, by a header or by the cookie of the pages, or is a command on this machine."""
    return caller(request) is not None or may_add(request) is not None


def may_read(request: Request) -> None:
    """Anybody where reading is public, else a caller that is known, also by the cookie of the pages; 401 for others."""
    settings: Settings = request.app.state.settings
    if not settings.public_read and not is_known(request):
        raise HTTPException(401, "reading needs Authorization: Bearer with a key of this server", _CHALLENGE)


Writer = Annotated[str, Depends(may_write)]
Local = Annotated[str, Depends(may_name_paths)]
