"""What a reader costs while all goes on as before: itself, its tmux clients, and the server."""

from contextlib import AsyncExitStack

import attrs
import trio

from oma.bench.bench_server import BenchServer
from oma.bench.child import running
from oma.bench.readers import Reader, name_of
from oma.bench.results import Cost
from oma.bench.workload import FRAMES_PER_S, Play
from oma.runtime.process_tree import children_of, usage_of

FOREVER_S = 1e6


@attrs.frozen
class Window:
    """How long is measured."""

    seconds: float
    settle_s: float = 1.5
    """From the start of the load to the first look at the clock."""
    attached_settle_s: float = 1.5
    """The same for a reader that stays attached: it finds out by then who works steadily or rests."""


async def measure_cost(
    bench_server: BenchServer,
    reader: Reader | None,
    agents: int,
    window: Window,
    *,
    painting: bool,
) -> Cost:
    """Measure; without a reader, what the server costs by itself."""
    await bench_server.start_agents(agents)
    async with AsyncExitStack() as children:
        watcher = None
        if reader is not None:
            watcher = await children.enter_async_context(
                running(bench_server, *reader.command(bench_server))
            )
            await watcher.until(reader.at_work(bench_server))
        if painting:
            play = Play(
                painters=[agent.terminal for agent in bench_server.agents[:agents]],
                failing=(),
                visible_s=0,
                clear_s=0,
                seconds=FOREVER_S,
            )
            argv = ["oma.bench.workload", play.as_json()]
            await children.enter_async_context(running(bench_server, *argv))
        attached = reader is not None and reader.stays_attached
        await trio.sleep(window.attached_settle_s if attached else window.settle_s)
        pids = [] if watcher is None else [watcher.pid]
        # The commands of a poll come and go, and count as ended children of the reader.
        clients = children_of(watcher.pid) if watcher is not None and attached else []
        began_s = trio.current_time()
        before = [usage_of(each).cpu_s for each in (pids, clients, [bench_server.server_pid])]
        await trio.sleep(window.seconds)
        after = [usage_of(each).cpu_s for each in (pids, clients, [bench_server.server_pid])]
        took_s = trio.current_time() - began_s
        rss_bytes = usage_of(pids).rss_bytes
    percents = [100 * (end - start) / took_s for start, end in zip(before, after, strict=True)]
    return Cost(
        reader=name_of(reader),
        agents=agents,
        frames_per_s=FRAMES_PER_S if painting else 0,
        reader_percent=percents[0],
        clients_percent=percents[1],
        server_percent=percents[2],
        rss_mb=rss_bytes / 1e6 if pids else None,
    )
