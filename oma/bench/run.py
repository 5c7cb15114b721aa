"""One run of the bench: every measurement, one after the other, on one stage that grows."""

from collections.abc import Awaitable, Callable
from functools import partial

import attrs
import trio

from oma.bench.bench_server import BenchServer
from oma.bench.cost import Window, measure_cost
from oma.bench.flood import measure_flood
from oma.bench.latency import Tries, measure_detection
from oma.bench.machine import this_machine
from oma.bench.readers import BARE, OMA, POLL_EACH, POLL_FAST, POLL_SLOW, Reader, name_of
from oma.bench.replay import measure_replay
from oma.bench.results import Cost, Detection, Flood, Replay, Results, Start
from oma.bench.start import measure_start

WATCHERS: tuple[Reader | None, ...] = (None, OMA, POLL_FAST, POLL_EACH)
"""Whose cost is measured; the first is what the server costs by itself."""

MOST_PROCESSES = 100
"""Beside more agents no reader starts a process for each: it would not come round in its time."""

FELT_FROM = 100
"""From so many agents on it is measured how soon tmux answers: beside fewer nobody feels a reader."""


@attrs.frozen
class BenchPlan:
    """How much is measured."""

    sizes: tuple[int, ...]
    """Of agents whose watch is paid for; ascending."""
    detection: dict[int, tuple[Reader, ...]]
    """Panes that repaint → who is to tell of failures beside them."""
    tries: Tries
    cost: Window
    flood_mb: float
    records: int
    starts: int
    """How often each is started, and each way to read a recording is tried."""
    start_agents: int


FULL = BenchPlan(
    sizes=(10, 50, 100, 200, 300),
    detection={20: (BARE, OMA), 100: (BARE, OMA, POLL_FAST, POLL_SLOW)},
    tries=Tries(standing=100, short=100),
    cost=Window(4.0, attached_settle_s=30.0, questions=200),
    flood_mb=50.0,
    records=60_000,
    starts=8,
    start_agents=50,
)

QUICK = BenchPlan(
    sizes=(10,),
    detection={10: (BARE, OMA, POLL_FAST)},
    tries=Tries(standing=20, short=20),
    cost=Window(1.5),
    flood_mb=5.0,
    records=5_000,
    starts=2,
    start_agents=10,
)


Found = Detection | Cost | Flood | Replay | Start
Step = tuple[str, Callable[[], Awaitable[Found]]]
"""What is measured, in words, and how."""


def plan(bench_server: BenchServer, extent: BenchPlan) -> list[Step]:
    """Return what is measured, in order: the stage only grows, so few agents come first."""
    steps: list[Step] = [
        (
            "a pane that prints as fast as it can",
            partial(
                measure_flood, bench_server, bench_server.folder / "flood.jsonl", extent.flood_mb
            ),
        ),
        (
            "replay",
            partial(
                measure_replay,
                bench_server,
                bench_server.folder / "r.jsonl",
                extent.records,
                extent.starts,
            ),
        ),
    ]
    for agents in sorted({*extent.sizes, *extent.detection, extent.start_agents}):
        if agents in extent.sizes:
            steps += _costs(bench_server, extent, agents)
        if agents == extent.start_agents:
            start = partial(measure_start, bench_server, agents, extent.starts)
            steps.append((f"start, {agents} agents", start))
        for reader in extent.detection.get(agents, ()):
            detection = partial(measure_detection, bench_server, reader, agents, extent.tries)
            steps.append((f"detection beside {agents} panes: {reader.name}", detection))
    return steps


def watchers(agents: int) -> tuple[Reader | None, ...]:
    """Return whose cost is measured beside so many agents."""
    return tuple(each for each in WATCHERS if agents <= MOST_PROCESSES or each is not POLL_EACH)


def _costs(bench_server: BenchServer, extent: BenchPlan, agents: int) -> list[Step]:
    steps: list[Step] = []
    window = extent.cost if agents >= FELT_FROM else attrs.evolve(extent.cost, questions=0)
    for painting in (False, True):
        for reader in watchers(agents):
            words = f"{agents} {'busy' if painting else 'idle'} agents: {name_of(reader)}"
            measure = partial(
                measure_cost, bench_server, reader, agents, window, painting=painting
            )
            steps.append((words, measure))
    return steps


async def run_bench(
    bench_server: BenchServer, extent: BenchPlan, say: Callable[[str, float], None]
) -> Results:
    """Measure everything and return what was found.

    Args:
        bench_server: Where; nobody is on it yet.
        extent: How much is measured.
        say: Is told what is measured next, and how far the run is, from 0 to 1.

    Raises:
        OmaError: tmux refuses, or a measured process does not do what it should.
    """
    machine, began_s = await this_machine(), trio.current_time()
    found: list[Found] = []
    steps = plan(bench_server, extent)
    for number, (words, measure) in enumerate(steps):
        say(words, number / len(steps))
        found.append(await measure())
    return Results(
        machine=machine,
        detection=tuple(each for each in found if isinstance(each, Detection)),
        cost=tuple(each for each in found if isinstance(each, Cost)),
        flood=next(each for each in found if isinstance(each, Flood)),
        replay=next(each for each in found if isinstance(each, Replay)),
        start=next(each for each in found if isinstance(each, Start)),
        took_s=trio.current_time() - began_s,
    )
