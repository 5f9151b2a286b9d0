"""What can be set from outside: VANBAN_… in the environment, each overridden by an option of the command."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PREFIX = "VANBAN_"
MAX_BODY = 200 * 1024 * 1024
SECONDS = 60


class BadSetting(ValueError):
    """A setting that cannot be used; the message names it and says what is expected."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are kept and how they are served.

    `home` holds the library, the embedded graph and what a running server writes for the commands beside it. `store`
    is a path or an address
    of a graph engine, `files` where original files are kept (a folder of `home` by default). `api_keys` maps a name to
    a key that may write by HTTP. `rate` is requests a minute from one
    address, 0 for no limit. `seconds` bounds the time of one answer. `root_path` is the path under which a proxy shows
    this server ("/vanban"), which it takes away before it passes a request on.
    """

    home: Path
    store: str
    store_user: str = ""
    store_password: str = ""
    store_database: str = ""
    host: str = "127.0.0.1"
    port: int = 8000
    api_keys: Mapping[str, str] | None = None
    public_read: bool = True
    cors: tuple[str, ...] = ()
    rate: int = 0
    files: str = ""
    seconds: int = SECONDS
    root_path: str = ""
    max_body: int = MAX_BODY

    def shown(self) -> dict[str, str]:
        """The settings as printed: passwords and keys as stars."""
        return {
            "VANBAN_HOME": str(self.home),
            "VANBAN_STORE": self.store,
            "VANBAN_STORE_USER": self.store_user,
            "VANBAN_STORE_PASSWORD": "***" if self.store_password else "",
            "VANBAN_STORE_DATABASE": self.store_database,
            "VANBAN_FILES": self.files,
            "VANBAN_HOST": self.host,
            "VANBAN_PORT": str(self.port),
            "VANBAN_API_KEY": ",".join(f"{name}:***" for name in self.api_keys or {}),
            "VANBAN_PUBLIC_READ": "on" if self.public_read else "off",
            "VANBAN_CORS": ",".join(self.cors),
            "VANBAN_RATE": str(self.rate),
            "VANBAN_SECONDS": str(self.seconds),
            "VANBAN_ROOT_PATH": self.root_path,
        }


def read_settings(
    environment: Mapping[str, str] | None = None, *, home: Path | None = None, store: str | None = None
) -> Settings:
    """The settings of the environment, `home` and `store` taking precedence. Raises `BadSetting`."""
    given = {
        name.removeprefix(PREFIX): value
        for name, value in (os.environ if environment is None else environment).items()
        if name.startswith(PREFIX) and value
    }
    place = home or Path(given.get("HOME") or Path.home() / ".vanban").expanduser()
    return Settings(
        home=place,
        store=store or given.get("STORE") or str(place / "graph.kgl"),
        store_user=given.get("STORE_USER", ""),
        store_password=given.get("STORE_PASSWORD", ""),
        store_database=given.get("STORE_DATABASE", ""),
        files=given.get("FILES", ""),
        host=given.get("HOST", "127.0.0.1"),
        port=_number("PORT", given.get("PORT", "8000"), 65535),
        api_keys=_keys(given.get("API_KEY", "")),
        public_read=_switch("PUBLIC_READ", given.get("PUBLIC_READ", "on")),
        cors=tuple(filter(None, given.get("CORS", "").split(","))),
        rate=_number("RATE", given.get("RATE", "0"), 1_000_000),
        seconds=_number("SECONDS", given.get("SECONDS", str(SECONDS)), 3600) or SECONDS,
        root_path=_root_path(given.get("ROOT_PATH", "")),
    )


def _number(name: str, text: str, most: int) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > most:
        raise BadSetting(f"{PREFIX}{name} is {text!r}; it takes a number from 0 to {most}")
    return int(text)


def _switch(name: str, text: str) -> bool:
    words = {"on": True, "true": True, "1": True, "yes": True, "off": False, "false": False, "0": False, "no": False}
    if text.lower() not in words:
        raise BadSetting(f"{PREFIX}{name} is {text!r}; it takes on or off")
    return words[text.lower()]


def _root_path(text: str) -> str:
    path = text.rstrip("/")
    if path and not re.fullmatch(r"(/[\w.~-]+)+", path, re.ASCII):
        raise BadSetting(f"{PREFIX}ROOT_PATH is {text!r}; it takes a path like /vanban")
    return path


def _keys(text: str) -> dict[str, str]:
    keys = {}
    for pair in filter(None, text.split(",")):
        name, colon, key = pair.partition(":")
        if not (name and colon and len(key) >= 16):
            raise BadSetting(f"{PREFIX}API_KEY takes name:key pairs with commas between, keys of 16 characters or more")
        keys[name] = key
    return keys
