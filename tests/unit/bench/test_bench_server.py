"""The private server of a run."""

import tomllib

import pytest

from oma.bench.bench_server import BenchServer, bench_server
from oma.config.load import load_config
from oma.errors import CommandError
from tests.support.scripted_tmux import ScriptedTmux


@pytest.fixture
def tmux(tmp_path, monkeypatch):
    tmux = ScriptedTmux(tmp_path)
    monkeypatch.setenv("OMA_TMUX", str(tmux.program))
    return tmux


def test_measured_processes_get_no_options_of_whoever_runs_the_bench(tmp_path, monkeypatch):
    for name in ("TMUX", "TMUX_PANE", "OMA_CONFIG", "PYTHONDONTWRITEBYTECODE"):
        monkeypatch.setenv(name, "x")
    monkeypatch.setenv("HOME", "/here")

    found = BenchServer(tmp_path).environment()
    assert not {"TMUX", "TMUX_PANE", "OMA_CONFIG", "PYTHONDONTWRITEBYTECODE"} & set(found)
    assert (found["HOME"], found["LC_ALL"]) == ("/here", "C.UTF-8")
    assert found["PYTHONPYCACHEPREFIX"] == str(tmp_path / "byte-code")


@pytest.mark.usefixtures("tmux")
async def test_its_configuration_tells_a_failure_as_soon_as_it_is_seen(tmp_path):
    async with bench_server(tmp_path) as private:
        health = load_config(private.config).health
        assert tomllib.loads(private.config.read_text())["health"]["error_settle"] == 0

    assert (health.error_settle, health.idle_warning) == (0, 3600)
    assert private.agents == []


async def test_the_server_is_ended_with_the_block_and_gone(tmp_path, tmux):
    async with bench_server(tmp_path):
        pass

    asked = (tmp_path / "asked").read_text()
    assert "kill-server" in asked
    assert str(tmp_path / "s") in asked


async def test_a_tmux_that_refuses_an_agent_breaks_the_run_off(tmp_path, tmux):
    tmux.says("new-session", status=1, complaint="no space for new pane")

    with pytest.raises(CommandError, match="no space for new pane"):
        await BenchServer(tmp_path).start_agents(1)
