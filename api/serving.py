"""Serving over HTTP in this process: the socket, the run that commands beside it use, and a graceful stop."""

from __future__ import annotations

import socket

import uvicorn

from api.app import create_app
from api.logs import log_to_stderr
from api.running import new_run
from api.settings import Settings

GRACE_SECONDS = 10


class PortTaken(OSError):
    """The address cannot be listened on; the message says which and what to do."""


def serve(settings: Settings, host: str, port: int) -> None:
    """Serve until interrupted; requests under way are answered first. Raises `PortTaken`."""
    listening = listen(host, port)
    address = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}"
    app = create_app(settings, new_run(address, settings.store))
    print(f"Serving at {address} (API at {address}/docs); Ctrl-C stops", flush=True)
    log_to_stderr()
    config = uvicorn.Config(
        app,
        log_config=None,
        timeout_graceful_shutdown=GRACE_SECONDS,
        lifespan="on",
        root_path=settings.root_path,
        server_header=False,
    )
    uvicorn.Server(config).run(sockets=[listening])


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises `PortTaken`."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        raise PortTaken(f"cannot listen on {host}:{port} ({error.strerror}); choose another with --port") from error
    # Else the end of each answer waits 40 ms for the client's word that the beginning came; connections inherit it.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening
