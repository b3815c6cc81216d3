"""A limit on the processor time of one piece of work, so that no article, page or rule can hang a run."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

TOO_SLOW = "too-slow"


EACH = 100_000
"""So many letters, begun, have the allowed time once more: a long article may take longer."""


def allowed(seconds: int, size: int) -> int:
    """Return the processor seconds that a text of so many letters may take."""
    return seconds * (1 + size // EACH)


class TooSlow(BaseException):
    """The time is up. No `Exception`, so that no library on the way takes it for one of its own."""


@contextmanager
def processor_seconds(seconds: float) -> Iterator[None]:
    """Raise TooSlow in the work inside after so many seconds of its own processor time.

    Where a process has no such timer (Windows, or a thread that is not its first) nothing is limited. A regular
    expression is interrupted in its middle; other code at its next line of Python.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _stop(number: int, frame: FrameType | None) -> None:
    raise TooSlow
