import pytest

from oma.cli.commands import dashboard_command
from oma.cli.commands.dashboard_command import run
from oma.cli.option_values import DashboardOptions
from oma.errors import ConfigError
from tests.unit.cli.parsing import parsed


def test_its_words_become_options():
    assert parsed() == DashboardOptions()
    assert parsed("--record", "f", "--ascii", "--web", "--web-port", "0") == DashboardOptions(
        record="f", ascii=True, web=True, web_port=0
    )


def test_without_a_terminal_it_is_refused():
    with pytest.raises(ConfigError, match="the dashboard needs a terminal"):
        run(DashboardOptions())


def test_it_never_watches_its_own_session(monkeypatch, tmux):
    """The one that `oma up` starts, and the one that it runs in by itself."""
    runs = []

    async def end(watch):
        runs.append(watch)
        return 0

    monkeypatch.setattr(dashboard_command, "need_terminal", lambda: None)
    monkeypatch.setattr(dashboard_command, "runs_inside", lambda socket, environ: True)
    monkeypatch.setattr(dashboard_command.Run, "run", end)
    monkeypatch.setenv("TMUX_PANE", "%3")
    tmux.says("display-message", "oma-agent-mine\n")

    assert run(DashboardOptions(match="oma-*")) == 0
    assert runs[0].context.exclude == {"oma-dashboard", "oma-serve", "oma-agent-mine"}
    assert runs[0].context.no_service  # it would show itself
    assert runs[0].holds_terminal
