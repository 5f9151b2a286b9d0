"""What reading one file may take: memory and time, also where a library is stuck in its own code."""

from __future__ import annotations

import faulthandler
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

SECONDS = 120
MEMORY = 2 * 1024 * 1024 * 1024
# After its time a file is given up; a process that cannot be told so by then is ended.
_GRACE = 20


class TooSlow(Exception):
    """Reading took longer than it may."""


_ends: list[tuple[float, int]] = []
_nowhere: list[int] = []


def as_worker() -> None:
    """Make this process one that reads files: bounded in memory, deaf to Ctrl-C, which is for the one that collects."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(ImportError, ValueError, OSError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, most))
    _nowhere.append(os.open(os.devnull, os.O_WRONLY))


def roomy() -> None:
    """Let a program that is started now have the memory that it needs; it is bounded by its time."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


@contextmanager
def limited(seconds: int = SECONDS) -> Iterator[None]:
    """Raise `TooSlow` inside when it takes longer, in a worker end the process when that does not help.

    Where the system has no such clock, or in a thread, it may take longer.
    """
    usable = hasattr(signal, "SIGALRM") and threading.current_thread() is threading.main_thread()
    if not usable:
        yield
        return

    def stop(*_: object) -> None:
        raise TooSlow(f"reading took more than {_ends[-1][1]} seconds")

    before: Callable[..., object] | int | None = signal.signal(signal.SIGALRM, stop)
    _ends.append((0.0, 0))
    allow(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        if _nowhere:
            faulthandler.cancel_dump_traceback_later()
        _ends.pop()
        signal.signal(signal.SIGALRM, before)


def allow(seconds: int) -> None:
    """Give the file that is being read so many seconds from now on; less than it has changes nothing."""
    end = time.monotonic() + seconds
    if not _ends or end <= _ends[-1][0]:
        return
    _ends[-1] = end, seconds
    signal.alarm(seconds)
    if _nowhere:
        faulthandler.dump_traceback_later(seconds + _GRACE, exit=True, file=_nowhere[0])
