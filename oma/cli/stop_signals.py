"""How a signal ends a command that runs until it is told to: one way for all of them.

A signal that was ignored when `oma` started stays ignored: by `nohup`, or by the shell for a job in
the background of a script.
"""

import signal
import subprocess  # noqa: TID251  # for a switch of it only
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import ExitStack, asynccontextmanager

import trio

from oma.cli.exit_codes import ended_by


def let_children_be_stopped() -> None:
    """Start child processes from now on so that a stop in that very moment is one.

    A child that is stopped between `vfork` and `exec` holds the thread that started it, so that this process is
    never stopped as a whole and the shell waits for ever. Python documents the switch, typeshed does not have it.
    """
    setattr(subprocess, "_USE_VFORK", False)  # noqa: B010


_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


async def run_with_signals(
    work: Callable[[], Awaitable[int]],
    on_signal: Callable[[signal.Signals], None] | None = None,
    *,
    holds_terminal: bool = False,
    repeats: bool = True,
) -> int:
    """Run `work`; return its exit code, or that of the first signal that asked us to end.

    Ctrl-Z stops us at every moment, also while a process is started.

    Args:
        work: What to run.
        on_signal: Begins the end, and never blocks; called for each signal. Without it the first
            signal cancels `work`.
        holds_terminal: The terminal is given back before we end: SIGQUIT, which otherwise dumps core,
            ends us as the others do.
        repeats: Signals after the first are handled, too; else the second kills us, as it would if
            nobody handled it.
    """
    let_children_be_stopped()
    first: signal.Signals | None = None
    code = 0

    def handle(number: signal.Signals) -> None:
        nonlocal first
        first = first or number
        if on_signal is None:
            scope.cancel()
        else:
            on_signal(number)

    ending = (*_ENDING, signal.SIGQUIT) if holds_terminal else _ENDING
    async with _handled(ending, handle, repeats=repeats):
        with trio.CancelScope() as scope:
            code = await work()
    return code if first is None else ended_by(first)


@asynccontextmanager
async def _handled(
    ending: tuple[signal.Signals, ...], handle: Callable[[signal.Signals], None], *, repeats: bool
) -> AsyncIterator[None]:
    """Call `handle` at each of the signals while the block runs, unless they are ignored."""
    numbers = [number for number in ending if signal.getsignal(number) is not signal.SIG_IGN]
    if not numbers:
        yield
        return
    with ExitStack() as received:
        signals = received.enter_context(trio.open_signal_receiver(*numbers))
        async with trio.open_nursery() as nursery:

            async def receive() -> None:
                async for number in signals:
                    handle(signal.Signals(number))
                    if not repeats:
                        received.close()
                        return

            nursery.start_soon(receive)
            yield
            nursery.cancel_scope.cancel()
