"""From lines of a reader to latencies."""

import pytest

from oma.bench import latency
from oma.bench.latency import FAILING, Tries, _told, measure_detection, perform
from oma.bench.readers import BARE
from oma.bench.workload import Play
from tests.unit.bench.scripted import bench_server, scripted

MS = 1_000_000


def test_a_failure_is_told_of_once_at_the_first_line_that_names_it():
    lines = [
        ("ready", 0),
        ("error: try 1 at 1000000;", 3 * MS),
        ("again error: try 1 at 1000000;", 9 * MS),
        ("error: try 2 at 5000000;", 6 * MS),
    ]

    assert _told(lines) == {1: 2.0, 2: 1.0}


async def test_the_workload_says_how_many_failures_there_were(monkeypatch):
    started = scripted(monkeypatch, latency, lambda words: ["0", "1", "2"])
    play = Play(painters=("a",), failing=("b",), visible_s=1.0, clear_s=1.0, seconds=2.0)

    assert await perform(bench_server(), play) == 3
    assert started == [("oma.bench.workload", play.as_json())]


async def test_what_is_told_is_counted_beside_what_was_made(monkeypatch, autojump_clock):
    def says(words):
        return ["0", "1"] if words[0] == "oma.bench.workload" else ["ready"]

    scripted(monkeypatch, latency, says)
    monkeypatch.setattr(latency, "_told", lambda lines: {1: 4.0, 2: 6.0})

    found = await measure_detection(bench_server(), BARE, panes=3, tries=Tries(2, 2))
    assert (found.reader, found.panes) == ("bare reader", 3)
    assert (found.made, found.latency_ms.count, found.latency_ms.max) == (2, 2, 6.0)
    assert (found.short_made, found.short_seen) == (2, 2)


@pytest.mark.parametrize("tries", [20, 100])
async def test_panes_fail_in_turns_until_there_were_enough_tries(
    monkeypatch, autojump_clock, tries
):
    plays = []

    async def play(private, play):
        plays.append(play)
        return 0

    scripted(monkeypatch, latency, lambda words: ["ready"])
    monkeypatch.setattr(latency, "perform", play)

    await measure_detection(bench_server(), BARE, panes=3, tries=Tries(tries, tries))
    for each in plays:
        rounds = each.seconds / (each.visible_s + each.clear_s)
        assert rounds * len(each.failing) == pytest.approx(tries)
        assert (len(each.failing), len(each.painters)) == (FAILING, 3)
