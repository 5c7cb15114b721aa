"""What a reader costs, from the processor times of its processes."""

import pytest
import trio

from oma.bench import cost
from oma.bench.cost import Window, measure_cost
from oma.bench.readers import BARE, POLL_FAST
from oma.runtime.process_tree import Usage
from tests.unit.bench.scripted import bench_server, scripted

RATES = {100: 0.5, 101: 0.25, 7: 0.125}
"""Process → processor seconds in a second: the reader, its client, the server."""


@pytest.fixture
def started(monkeypatch):
    def usage(pids):
        cpu_s = sum(RATES[pid] for pid in pids) * cost.trio.current_time()
        return Usage(cpu_s, 50_000_000 * len(list(pids)))

    monkeypatch.setattr(cost, "usage_of", usage)
    monkeypatch.setattr(cost, "children_of", lambda pid: [101])
    return scripted(monkeypatch, cost, lambda words: ["ready"])


async def test_a_reader_its_clients_and_the_server_are_told_apart(started, autojump_clock):
    found = await measure_cost(bench_server(), BARE, 3, Window(2.0), painting=False)

    assert (found.reader, found.agents, found.frames_per_s) == ("bare reader", 3, 0)
    assert (found.reader_percent, found.clients_percent, found.server_percent) == pytest.approx(
        (50, 25, 12.5)
    )
    assert found.rss_mb == 50
    assert [words[0] for words in started] == ["oma.bench.bare"]


async def test_commands_of_a_poll_are_no_clients_that_stay(started, autojump_clock):
    found = await measure_cost(bench_server(), POLL_FAST, 3, Window(2.0), painting=True)

    assert found.clients_percent == 0
    assert found.frames_per_s > 0
    assert [words[0] for words in started] == ["oma.bench.polling", "oma.bench.workload"]


@pytest.mark.usefixtures("started")
async def test_without_a_reader_it_is_what_the_server_costs_by_itself(autojump_clock):
    found = await measure_cost(bench_server(), None, 3, Window(2.0), painting=False)

    assert (found.reader, found.reader_percent, found.rss_mb) == ("nobody", 0, None)
    assert found.server_percent == pytest.approx(12.5)


async def test_while_agents_are_at_work_tmux_is_asked_how_soon_it_answers(
    started, autojump_clock, monkeypatch
):
    async def run(self, command):
        await trio.sleep(0.004)

    monkeypatch.setattr(cost.TmuxClient, "run", run)
    window = Window(2.0, questions=3)

    busy = await measure_cost(bench_server(), None, 3, window, painting=True)
    idle = await measure_cost(bench_server(), None, 3, window, painting=False)
    assert (busy.answer_ms.count, busy.answer_ms.p50) == (3, pytest.approx(4.0))
    assert idle.answer_ms is None
