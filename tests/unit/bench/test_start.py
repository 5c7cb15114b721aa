"""How long the first answer and the first frame take; with a program in place of `oma`."""

import os

from oma.bench import start
from oma.bench.bench_server import CONFIG, PREFIX
from oma.bench.start import _shows, measure_start
from tests.unit.bench.scripted import bench_server


async def test_each_is_tried_as_often_after_one_that_does_not_count(monkeypatch):
    tried = []

    def measure(name):
        async def one(private):
            tried.append(name)
            return float(len(tried))

        return one

    monkeypatch.setattr(start, "_status", measure("status"))
    monkeypatch.setattr(start, "_first_frame", measure("frame"))

    found = await measure_start(bench_server(), 5, 2)
    assert tried == ["status", "frame"] * 3
    assert (found.sessions, found.status_ms.count, found.status_ms.min) == (5, 2, 3.0)
    assert found.first_frame_ms.max == 6.0


async def test_a_frame_is_there_when_the_name_of_an_agent_is(monkeypatch):
    reading, writing = os.pipe()
    os.write(writing, b"\x1b[2J oma-agent-bench-1")

    await _shows(reading)
    os.close(writing)
    os.close(reading)


async def test_a_status_is_run_on_the_server_of_the_run(monkeypatch):
    asked = []

    async def run(words, **options):
        asked.append(words)

    monkeypatch.setattr(start.trio, "run_process", run)
    assert await start._status(bench_server()) >= 0
    assert asked[0][1:] == [
        "-m",
        "oma",
        "-S",
        "/srv/bench/s",
        "--config",
        "/srv/bench/config.toml",
        "status",
    ]


def test_a_list_is_known_by_the_name_that_agents_of_a_run_have():
    assert start.SHOWN.decode() in PREFIX
    # Without agents the dashboard tells how their sessions are named.
    assert start.SHOWN.decode() not in CONFIG
