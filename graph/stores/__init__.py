"""Opens the graph engine that an address names; the engines are the modules beside this one."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import replace
from importlib import import_module
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from graph.store import Committing, Store, StoreError

# scheme -> module with `connect` and `renew`, as below; an engine costs one row.
SCHEMES: Mapping[str, str] = MappingProxyType(
    {
        "kglite": "graph.stores.kglite",
        **dict.fromkeys(
            ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc"),
            "graph.stores.neo4j",
        ),
    }
)


def open_store(url: str, *, user: str = "", password: str = "", database: str = "", readonly: bool = False) -> Store:
    """The store at `url`: a path or `kglite:///path` (embedded), `neo4j://host` or `bolt://host`, TLS `+s`, `+ssc`.

    The schema is made when it is not there, but for `readonly`, which refuses every write. Raises `StoreError`,
    also for an address that names no engine ("mysql://localhost").
    """
    store: Store = _engine(url).connect(url, user=user, password=password, database=database, readonly=readonly)
    return store


def bounded(store: Store, seconds: float, committing: Committing = nullcontext) -> Store:
    """The same store with another bound on each read (0: the engine's own), that enters `committing` at each commit."""
    given: Any = store
    changed: Store = replace(given, seconds=float(seconds or given.seconds), committing=committing)
    return changed


def steady(store: Store) -> Store:
    """The store as it is now, to read: later commits are not seen. Itself where the engine has no such view."""
    given: Any = store
    view: Store = given.steady() if hasattr(given, "steady") else store
    return view


def renew_store(url: str, *, user: str = "", password: str = "", database: str = "") -> Store:
    """An empty store at `url`, whatever was there: what a rebuilding starts from. A damaged file is removed.

    `StoreBusy` while another process writes the file. Raises `StoreError`.
    """
    store: Store = _engine(url).renew(url, user=user, password=password, database=database)
    return store


def _engine(url: str) -> Any:
    scheme = urlsplit(url).scheme if "://" in url else "kglite"
    if scheme not in SCHEMES:
        raise StoreError(f"no engine for '{scheme}://': write a path, or {', '.join(SCHEMES)}")
    return import_module(SCHEMES[scheme])
