"""Detection latency, and the share of short failures that is seen at all."""

from collections.abc import Sequence

import attrs
import trio

from oma.bench.bench_server import BenchServer
from oma.bench.child import Child, running
from oma.bench.figures import spread
from oma.bench.marker import find
from oma.bench.readers import Reader
from oma.bench.results import Detection
from oma.bench.workload import Play

FAILING = 20
"""Panes that fail in turns, beside those that repaint."""

STANDING_S = (2.4, 0.6)
"""How long a failure stands, and all is well after it: a poll every two seconds sees each."""

SHORT_S = (0.3, 1.2)
"""The same for failures that are gone before most polls come by."""

GRACE_S = 2.2
"""How long after the last failure a reader may still tell of it: a round of the slowest poll."""


@attrs.frozen
class Tries:
    """How many failures of each kind are made, at least."""

    standing: int
    short: int
    settle_s: float = 1.0
    """From a reader that is at work to the first failure: what it does at the start is over."""


async def measure_detection(
    bench_server: BenchServer, reader: Reader, panes: int, tries: Tries
) -> Detection:
    """Measure one reader beside so many panes that repaint ten times a second."""
    await bench_server.start_agents(panes + FAILING)
    async with running(bench_server, *reader.command(bench_server)) as child:
        await child.until(reader.at_work(bench_server))
        await trio.sleep(tries.settle_s)
        made, latencies_ms = await _round(bench_server, child, panes, STANDING_S, tries.standing)
        short_made, short_ms = await _round(bench_server, child, panes, SHORT_S, tries.short)
    return Detection(
        reader=reader.name,
        panes=panes,
        made=made,
        latency_ms=spread(latencies_ms),
        short_made=short_made,
        short_seen=len(short_ms),
    )


async def _round(
    bench_server: BenchServer, child: Child, panes: int, turns_s: tuple[float, float], tries: int
) -> tuple[int, Sequence[float]]:
    """Let panes fail; return how often, and how long after each the child told of it (ms)."""
    visible_s, clear_s = turns_s
    known = len(child.lines)
    play = Play(
        painters=[agent.terminal for agent in bench_server.agents[FAILING : FAILING + panes]],
        failing=[agent.terminal for agent in bench_server.agents[:FAILING]],
        visible_s=visible_s,
        clear_s=clear_s,
        seconds=tries * (visible_s + clear_s) / FAILING,
    )
    made = await perform(bench_server, play)
    with trio.move_on_after(GRACE_S):
        await child.until(lambda lines: len(_told(lines[known:])) >= made)
    return made, list(_told(child.lines[known:]).values())


def _told(lines: Sequence[tuple[str, int]]) -> dict[int, float]:
    """Return how long after each failure it was first told of, in milliseconds, by its number."""
    told: dict[int, float] = {}
    for line, arrived_ns in lines:
        for marker in find(line):
            told.setdefault(marker.number, (arrived_ns - marker.written_ns) / 1e6)
    return told


async def perform(bench_server: BenchServer, play: Play) -> int:
    """Play to the end and return how many failures there were."""
    async with running(bench_server, "oma.bench.workload", play.as_json()) as workload:
        await workload.until_ended()
        return len(workload.lines)
