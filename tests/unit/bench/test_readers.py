"""Who is measured, by which command, and when it is at work."""

import json

import pytest

from oma.bench.readers import BARE, OMA, POLL_EACH, POLL_FAST, POLL_SLOW, name_of
from tests.unit.bench.scripted import bench_server


def lines(*texts):
    return [(text, 0) for text in texts]


@pytest.mark.parametrize(
    ("reader", "words"),
    [
        (
            OMA,
            ["oma", "-S", "/srv/bench/s", "--config", "/srv/bench/config.toml", "watch", "--json"],
        ),
        (BARE, ["oma.bench.bare", "/srv/bench/s"]),
        (POLL_FAST, ["oma.bench.polling", "/srv/bench/s", "0.5", "batched"]),
        (POLL_SLOW, ["oma.bench.polling", "/srv/bench/s", "2", "batched"]),
        (POLL_EACH, ["oma.bench.polling", "/srv/bench/s", "0.5", "each"]),
    ],
)
def test_a_reader_is_a_module_with_arguments(reader, words):
    assert list(reader.command(bench_server())) == words
    assert reader.stays_attached == (words[0] != "oma.bench.polling")


async def test_oma_is_at_work_when_it_has_told_of_every_agent_once():
    private = bench_server()
    await private.start_agents(2)
    told = [json.dumps({"agent": name}) for name in ("a", "a", "b")]

    at_work = OMA.at_work(private)
    assert not at_work(lines(*told[:2]))
    assert at_work(lines(*told))


@pytest.mark.parametrize("reader", [BARE, POLL_FAST])
def test_the_others_say_so(reader):
    at_work = reader.at_work(bench_server())

    assert not at_work(lines("error: try 1 at 5;"))
    assert at_work(lines("ready"))


def test_the_absence_of_a_reader_has_a_name():
    assert (name_of(None), name_of(OMA)) == ("nobody", "oma")
