"""A measured process is read line by line, and ends with its block."""

import time

import pytest
import trio
from trio.testing import memory_stream_one_way_pair

from oma.bench.child import Child, oma_arguments, running
from oma.errors import OmaError
from tests.unit.bench.scripted import bench_server


async def test_each_line_has_the_moment_at_which_it_came():
    sending, receiving = memory_stream_one_way_pair()
    child = Child("it", None)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(child.read, receiving)
        began_ns = time.monotonic_ns()
        await sending.send_all(b"one\ntw")
        await child.until(lambda lines: len(lines) == 1)
        assert began_ns <= child.lines[0][1] <= time.monotonic_ns()
        await sending.send_all(b"o\nrest")
        await sending.aclose()
        await child.until_ended()
    assert [line for line, _ in child.lines] == ["one", "two"]


async def test_a_process_that_ends_before_it_does_what_is_expected_breaks_the_run_off():
    child = Child("it", None, ended=True)

    with pytest.raises(OmaError, match="it does not do what was expected"):
        await child.until(bool)


async def test_one_that_takes_too_long_does_so_too(autojump_clock):
    with pytest.raises(OmaError, match="the run is broken off"):
        await Child("it", None).until(bool)


async def test_a_module_is_run_and_gone_after_its_block(tmp_path):
    async with running(bench_server(tmp_path), "json.tool", "--help") as child:
        await child.until_ended()
        assert child.lines[0][0].startswith("usage: ")
    assert child.process.returncode is not None


def test_oma_is_told_which_server_and_which_configuration():
    assert oma_arguments(bench_server("/srv/x"), "watch") == [
        "-S",
        "/srv/x/s",
        "--config",
        "/srv/x/config.toml",
        "watch",
    ]
