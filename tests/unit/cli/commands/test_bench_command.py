import json
from contextlib import asynccontextmanager

import attrs
import pytest
import trio

from oma.bench.run import FULL, QUICK
from oma.cli.commands import bench_command
from oma.cli.commands.bench_command import BenchOptions, run
from tests.unit.cli.parsing import parsed


def test_its_words_become_options():
    assert parsed("bench") == BenchOptions()
    assert parsed("--quick", "bench", "--json") == BenchOptions(quick=True, json=True)


@attrs.frozen
class Found:
    figure: int


@pytest.fixture
def measured(monkeypatch):
    """What is measured; the folder of a run is gone when its server is."""
    measured = []

    @asynccontextmanager
    async def server(folder):
        assert folder.is_dir()
        yield folder
        measured.append(folder)

    async def bench(private, plan, say):
        await trio.lowlevel.checkpoint()
        say("something", 0.5)
        measured.append(plan)
        return Found(7)

    monkeypatch.setattr(bench_command, "bench_server", server)
    monkeypatch.setattr(bench_command, "run_bench", bench)
    monkeypatch.setattr(bench_command, "table", lambda found: f"a table of {found.figure}\n")
    return measured


@pytest.mark.parametrize("quick", [True, False])
def test_results_are_a_table_or_json_and_the_folder_is_gone(measured, capsys, quick):
    assert run(BenchOptions(quick=quick)) == 0
    text = capsys.readouterr().out
    assert run(BenchOptions(quick=quick, json=True)) == 0

    assert text == "a table of 7\n"
    assert json.loads(capsys.readouterr().out) == {"figure": 7}
    assert measured[0] == (QUICK if quick else FULL)
    assert not measured[1].exists()
