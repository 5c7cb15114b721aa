"""How a signal ends a command that runs until it is told to: one way for all of them.

A signal that was ignored when `oma` started stays ignored: by `nohup`, or by the shell for a job in
the background of a script.
"""

import signal
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager

import trio

_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@asynccontextmanager
async def minding_signals(
    end: Callable[[signal.Signals], None],
    *,
    patient: Callable[[], bool] = lambda: True,
    in_terminal: bool = False,
) -> AsyncIterator[None]:
    """Call `end` at each signal that asks us to end, while the block runs.

    Args:
        end: Begins the end. Never blocks.
        patient: Whether another signal may come after this one; else the next one kills us, as it
            would if nobody minded it.
        in_terminal: The terminal is ours, and given back before we end: SIGQUIT, which otherwise
            dumps core, ends us as the others do.
    """
    ending = (*_ENDING, signal.SIGQUIT) if in_terminal else _ENDING
    numbers = [number for number in ending if signal.getsignal(number) is not signal.SIG_IGN]
    if not numbers:
        yield
        return
    with ExitStack() as minded:
        signals = minded.enter_context(trio.open_signal_receiver(*numbers))
        async with trio.open_nursery() as nursery:

            async def mind() -> None:
                async for number in signals:
                    end(signal.Signals(number))
                    if not patient():
                        minded.close()
                        return

            nursery.start_soon(mind)
            yield
            nursery.cancel_scope.cancel()
