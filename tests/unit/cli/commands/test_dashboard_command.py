from contextlib import contextmanager

import pytest

from oma.cli import live_dashboard
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


def test_the_dashboard_goes_on_where_the_first_frame_stands(monkeypatch):
    @contextmanager
    def first_frame(options, environ, *, ascii_only):
        yield "the terminal"

    monkeypatch.setattr(dashboard_command, "need_terminal", lambda: None)
    monkeypatch.setattr(dashboard_command, "first_frame", first_frame)
    monkeypatch.setattr(live_dashboard, "show_dashboard", lambda options, terminal: terminal)

    assert run(DashboardOptions()) == "the terminal"
