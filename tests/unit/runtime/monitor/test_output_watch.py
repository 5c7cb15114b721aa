import itertools

import attrs
import pytest
import trio

from oma.runtime.monitor import output_watch
from oma.runtime.monitor.output_watch import (
    MANY,
    OFTEN_S,
    PAUSE_S,
    SELDOM_S,
    SOON_S,
    OutputWatch,
)
from oma.tmux.queries.panes import parse_panes
from tests.support.wire_events import listed
from tests.unit.runtime.conftest import Terminal


def row(terminal, **facts):
    (found,) = parse_panes([listed(terminal=terminal.path)])
    return attrs.evolve(found, **facts)


class Told:
    def __init__(self):
        self.told = []
        self.watch = OutputWatch(self._take)

    def _take(self, rows):
        self.told += [(row.pane, trio.current_time()) for row in rows]

    @property
    def panes(self):
        return [pane for pane, _ in self.told]


async def test_a_pane_that_printed_is_told_within_a_moment_once(nursery, autojump_clock, terminal):
    told = Told()
    told.watch.watch([row(terminal)])
    await nursery.start(told.watch.run)
    began_s = trio.current_time()

    terminal.write()
    terminal.write()
    await trio.sleep(10)

    assert told.told == [("%1", pytest.approx(began_s + SOON_S))]


@pytest.mark.parametrize(("command", "most_s"), [("bash", OFTEN_S), ("make", SELDOM_S)])
async def test_one_that_goes_on_printing_is_told_of_less_and_less_often(
    nursery, autojump_clock, terminal, command, most_s
):
    told = Told()
    await nursery.start(told.watch.run)
    told.watch.watch([row(terminal, command=command)])
    for _ in range(MANY * 40):
        terminal.write()
        await trio.sleep(0.05)
    times = [at for _, at in told.told]
    pauses = [later - before for before, later in itertools.pairwise(times)]
    assert min(pauses) == pytest.approx(PAUSE_S, abs=0.06)
    assert pauses[MANY - 2] == pytest.approx(OFTEN_S, abs=0.06)
    assert max(pauses) == pytest.approx(most_s, abs=0.06)
    assert pauses[-1] == pytest.approx(max(pauses))

    await trio.sleep(3 * SELDOM_S)
    told.told.clear()
    for _ in range(2):
        terminal.write()
        await trio.sleep(PAUSE_S)
    assert len(told.told) == 2


async def test_panes_that_go_on_printing_are_told_of_together(nursery, autojump_clock, terminal):
    told, other = Told(), Terminal()
    await nursery.start(told.watch.run)
    told.watch.watch([row(terminal), row(other, pane="%2")])
    for step in range(200):
        (terminal if step % 2 else other).write()
        await trio.sleep(0.03)
    other.close()

    last = [at for _, at in told.told[-4:]]
    assert last[0] == last[1] < last[2] == last[3]
    assert told.panes.count("%1") == pytest.approx(6 / OFTEN_S, abs=3)


async def test_a_pane_is_told_of_while_it_is_watched(nursery, autojump_clock, terminal):
    told = Told()
    await nursery.start(told.watch.run)
    told.watch.watch([row(terminal)])
    assert told.watch.told == {"%1"}
    told.watch.watch([])
    assert told.watch.told == set()
    terminal.write()
    await trio.sleep(1)
    assert told.panes == []

    told.watch.watch([row(terminal, pane="%2"), attrs.evolve(row(terminal), terminal="")])
    terminal.write()
    await trio.sleep(1)
    assert told.panes == ["%2"]


async def test_where_the_system_tells_nothing_the_watch_ends(
    autojump_clock, monkeypatch, terminal
):
    def refuse():
        raise OSError

    monkeypatch.setattr(output_watch, "TerminalWrites", refuse)
    told = Told()
    told.watch.watch([row(terminal)])

    async with trio.open_nursery() as nursery:
        await nursery.start(told.watch.run)

    assert told.told == []


async def test_a_terminal_of_another_system_is_not_watched(
    nursery, autojump_clock, terminal, monkeypatch
):
    monkeypatch.setattr(output_watch, "has_terminal", lambda pid, path: False)
    told = Told()
    told.watch.watch([row(terminal)])
    await nursery.start(told.watch.run)
    terminal.write()
    await trio.sleep(10)
    assert told.watch.told == set()
    assert told.told == []
