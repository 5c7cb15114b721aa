"""`oma bench`: measures on a server of its own, and leaves nothing behind."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

import attrs
import pytest
import trio

from oma.bench.bench_server import bench_server
from oma.bench.cost import Window
from oma.bench.latency import Tries
from oma.bench.readers import BARE, OMA, POLL_FAST
from oma.bench.run import BenchPlan, run_bench
from tests.support.oma_process import environment
from tests.support.recorded import until

pytestmark = [pytest.mark.tmux, pytest.mark.slow]

TINY = BenchPlan(
    sizes=(2,),
    detection={2: (BARE, OMA, POLL_FAST)},
    tries=Tries(standing=3, short=3, settle_s=0.1),
    cost=Window(0.2, settle_s=0.1),
    flood_mb=0.2,
    records=500,
    starts=1,
    start_agents=2,
)


@pytest.fixture
def folder():
    """On a short path: a socket's ends near 100 bytes, and pytest's own are longer than that."""
    with tempfile.TemporaryDirectory(prefix="oma", dir="/tmp") as name:
        yield Path(name)


def processes_of(folder):
    """The processes whose command line names the folder of a run."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            words = (entry / "cmdline").read_bytes() if entry.name.isdigit() else b""
        except OSError:
            continue
        if os.fsencode(folder) in words:
            found.append(words)
    return found


async def test_everything_is_measured_and_nothing_is_left(folder):
    said = []
    async with bench_server(folder) as private:
        results = await run_bench(private, TINY, lambda words, share: said.append(share))
    assert [each.reader for each in results.detection] == [BARE.name, OMA.name, POLL_FAST.name]
    for each in results.detection[:2]:
        assert each.latency_ms.count == each.made >= 3
        assert each.short_seen == each.short_made >= 3
        assert each.latency_ms.min > 0
    assert len(results.cost) == 8
    assert results.flood.mb_per_s > 0
    assert results.start.status_ms.count == results.start.first_frame_ms.count == 1
    assert said == sorted(said)
    json.dumps(attrs.asdict(results))
    await until(lambda: not processes_of(folder))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_run_that_is_broken_off_leaves_nothing(folder, number):
    async with trio.open_nursery() as nursery:
        process = await nursery.start(
            partial(
                trio.run_process,
                [sys.executable, "-m", "oma", "bench", "--quick"],
                env=environment(TMPDIR=str(folder)),
                stdin=subprocess.DEVNULL,
                capture_stdout=True,
                check=False,
            )
        )
        await until(lambda: list(folder.glob("oma-bench-*/s")))
        process.send_signal(number)
    assert process.returncode == 128 + number
    assert list(folder.iterdir()) == []
    await until(lambda: not processes_of(folder))
