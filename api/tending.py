"""While a server runs, its graph is brought to what the library says: after a crash, and when a lost store is back."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from threading import Event, Thread

from api.desk import Desk
from graph.library import LibraryError, LibraryLocked
from graph.store import StoreError

AGAIN_SECONDS = 2.0
STOP_SECONDS = 10.0
_LOG = logging.getLogger("vanban.tending")


@dataclass(slots=True)
class Tender:
    """A thread that waits until the graph is owed something, and pays; a store that is away is tried again."""

    desk: Desk
    _stopped: Event = field(default_factory=Event)
    _thread: Thread = field(init=False)

    def __post_init__(self) -> None:
        self._thread = Thread(target=self._tend, name="vanban-tending", daemon=True)

    def start(self) -> None:
        """Look now, and from now on."""
        self.desk.owed.set()
        self._thread.start()

    def stop(self) -> None:
        """Let what is under way come to its end, for some seconds; what is left is done at the next start."""
        self._stopped.set()
        self.desk.owed.set()
        self._thread.join(STOP_SECONDS)

    def _tend(self) -> None:
        said = ""
        while self.desk.owed.wait() and not self._stopped.is_set():
            try:
                self.desk.bring_up_to_date()
                said = ""
            except (StoreError, LibraryLocked) as error:
                if str(error) != said:
                    said = str(error)
                    _LOG.warning("the graph cannot be brought up to date yet: %s", said)
                self._stopped.wait(AGAIN_SECONDS)
            except LibraryError as error:
                _LOG.error("the graph cannot be brought up to date: %s", error)
                self.desk.owed.clear()
            except Exception:
                _LOG.exception("the graph cannot be brought up to date")
                self.desk.owed.clear()
