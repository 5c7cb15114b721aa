"""What other tools do: asks tmux for every screen, again and again, and looks for a text on it.

    python -m oma.bench.polling SOCKET SECONDS batched|each

`each` runs one tmux process for each pane and round, one after the other; `batched` runs one for
all panes, the least that polling can cost. A round that takes longer than its period is followed by
the next at once. Prints each failure that it sees.
"""

import select
import sys
from collections.abc import Sequence
from functools import partial

import trio

from oma.bench.marker import Marker, find
from oma.runtime.client.tmux_client import TmuxClient
from oma.tmux.address import ServerAddress
from oma.tmux.commands.command import in_order
from oma.tmux.commands.pane_questions import CapturePane
from oma.tmux.queries.panes import LIST_PANES, parse_panes


def main() -> None:
    """Poll until the end of the input."""
    socket, period_s, manner = sys.argv[1:4]
    server = ServerAddress(socket_path=socket)
    trio.run(partial(_poll, server, float(period_s), batched=manner == "batched"))


async def _poll(server: ServerAddress, period_s: float, *, batched: bool) -> None:
    seen: set[Marker] = set()
    due_s = trio.current_time()
    ready = False
    while not select.select([sys.stdin], [], [], 0)[0]:
        for text in await _screens(server, batched=batched):
            for marker in find(text):
                if marker not in seen:
                    seen.add(marker)
                    print(f"error: try {marker.number} at {marker.written_ns};", flush=True)
        if not ready:
            ready = True
            print("ready", flush=True)
        due_s = max(due_s + period_s, trio.current_time())
        await trio.sleep_until(due_s)


async def _screens(server: ServerAddress, *, batched: bool) -> Sequence[str]:
    client = TmuxClient(server)
    answer = await client.ask(LIST_PANES)
    captures = [CapturePane(row.pane) for row in parse_panes(answer.output.split("\n"))]
    if batched:
        return [(await client.ask(in_order(*captures))).output]
    return [(await client.ask(capture)).output for capture in captures]


if __name__ == "__main__":
    main()
