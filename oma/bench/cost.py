"""What a reader costs while all goes on as before: itself, its tmux clients, the server, and who asks that."""

from contextlib import AsyncExitStack

import attrs
import trio

from oma.bench.bench_server import BenchServer
from oma.bench.child import running
from oma.bench.figures import spread
from oma.bench.readers import Reader, name_of
from oma.bench.results import Cost
from oma.bench.workload import FRAMES_PER_S, Play
from oma.runtime.client.tmux_client import TmuxClient
from oma.runtime.process_tree import children_of, usage_of
from oma.tmux.queries.panes import pane_terminal

FOREVER_S = 1e6

ASK_EVERY_S = 0.05


@attrs.frozen
class Window:
    """How long is measured."""

    seconds: float
    settle_s: float = 1.5
    """From the start of the load to the first look at the clock."""
    attached_settle_s: float = 1.5
    """The same for a reader that stays attached: it finds out by then who works steadily or rests."""
    questions: int = 0
    """How often tmux is asked something after that, while agents are at work: CPU time is none of it."""


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
        answers_ms = await _answers(bench_server, window.questions if painting else 0)
    percents = [100 * (end - start) / took_s for start, end in zip(before, after, strict=True)]
    return Cost(
        reader=name_of(reader),
        agents=agents,
        frames_per_s=FRAMES_PER_S if painting else 0,
        reader_percent=percents[0],
        clients_percent=percents[1],
        server_percent=percents[2],
        rss_mb=rss_bytes / 1e6 if pids else None,
        answer_ms=spread(answers_ms),
    )


async def _answers(bench_server: BenchServer, questions: int) -> list[float]:
    """Return how soon tmux answered each question, in ms: what a user waits for who types a command."""
    tmux, question = TmuxClient(bench_server.server), pane_terminal(bench_server.agents[0].pane)
    answers_ms: list[float] = []
    for _ in range(questions):
        asked_s = trio.current_time()
        await tmux.run(question)
        answers_ms.append(1000 * (trio.current_time() - asked_s))
        await trio.sleep(ASK_EVERY_S)
    return answers_ms
