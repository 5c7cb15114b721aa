"""What is measured, in which order, and what is told of it meanwhile."""

import pytest
import trio

from oma.bench import run
from oma.bench.results import Cost, Detection, Flood, Machine, Replay, Start
from oma.bench.run import FULL, QUICK, plan, run_bench, watchers
from tests.unit.bench.scripted import bench_server

FOUND = {
    "flood": Flood(1.0, 1.0, 1.0, 1.0, 1.0),
    "replay": Replay(1, None, None, None),
    "cost": Cost("oma", 1, 0, 1.0, 1.0, 1.0, None),
    "start": Start(1, None, None),
    "detection": Detection("oma", 1, 1, None, 1, 1),
}


@pytest.mark.parametrize("extent", [FULL, QUICK])
def test_the_server_only_grows_and_everything_is_measured(extent):
    words = [each for each, _ in plan(bench_server(), extent)]

    costs = [each for each in words if " idle agents" in each or " busy agents" in each]
    sizes = [int(each.split()[0]) for each in costs]
    assert sizes == sorted(sizes)
    assert len(costs) == 2 * sum(len(watchers(agents)) for agents in extent.sizes)
    detections = [each for each in words if each.startswith("detection")]
    assert len(detections) == sum(map(len, extent.detection.values()))
    assert f"start, {extent.start_agents} agents" in words
    assert len(set(words)) == len(words)


async def test_what_is_found_goes_to_its_place_and_progress_is_told(monkeypatch, autojump_clock):
    machine = Machine("cpu", 1, "os", "3", "3.4", "0", 0.0)

    async def this_machine():
        return machine

    for name, found in FOUND.items():

        async def measure(*_, found=found, **__):
            await trio.sleep(1)
            return found

        monkeypatch.setattr(run, f"measure_{name}", measure)
    monkeypatch.setattr(run, "this_machine", this_machine)
    said = []

    results = await run_bench(
        bench_server(), QUICK, lambda words, share: said.append((words, share))
    )
    assert (results.machine, results.flood) == (machine, FOUND["flood"])
    assert set(results.cost) == {FOUND["cost"]}
    assert set(results.detection) == {FOUND["detection"]}
    assert results.took_s == len(said)
    assert [share for _, share in said] == sorted(share for _, share in said)
    assert 0 == said[0][1] < said[-1][1] < 1
