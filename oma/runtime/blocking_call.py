"""Work that may hang, where no event loop runs: done in a thread, and left behind when that takes too long."""

import threading  # noqa: TID251  # a look of its own has no event loop
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


def call_within(patience_s: float, work: Callable[[], Result]) -> Result | None:
    """Return what `work` returns; `None` where it has not returned in time, or has failed.

    A failure is told on stderr, as that of any thread.
    """
    done: list[Result] = []
    thread = threading.Thread(target=lambda: done.append(work()), daemon=True)
    thread.start()
    thread.join(patience_s)
    return done[0] if done else None
