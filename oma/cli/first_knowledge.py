"""When the watch of a dashboard knows what its first frame shows already, so that it may replace that."""

from collections.abc import Awaitable, Callable

import trio

from oma.cli.live import RunContext

KNOWN_S = 3.0
"""How long that may take: no longer than a first verdict waits for processes."""

KEY_S = 0.2
"""How long a key waits for verdicts on the agents that were found."""

GATHER_S = 0.02
"""How long news gathers before what is known is looked at again."""

_UNSEEN = "unseen"
"""The reason of an agent that has not been judged yet."""


async def until_known(live: RunContext, key: Callable[[], Awaitable[object]]) -> None:
    """Wait until the agents were found and judged, or the run ends.

    A key waits with us, but not for long once agents were found: it may be about what the frame shows.

    Args:
        live: The run.
        key: Returns when there is something to read from the terminal; it stays there.
    """
    async with trio.open_nursery() as nursery:

        async def leave() -> None:
            await live.ending.wait()
            nursery.cancel_scope.cancel()

        async def hurry() -> None:
            await key()
            await trio.sleep(KEY_S)
            nursery.cancel_scope.cancel()

        nursery.start_soon(leave)
        with trio.move_on_after(KNOWN_S):
            await live.monitor.begun()
            nursery.start_soon(hurry)
            while any(agent.verdict.reason == _UNSEEN for agent in live.store.state.agents):
                await live.store.wait_newer(live.store.seq)
                await trio.sleep(GATHER_S)  # each state that is asked for is made anew
        nursery.cancel_scope.cancel()
