import shutil

import attrs
import pytest

from oma.cli.commands import demo_command
from oma.cli.commands.demo_command import IDLE_WARNING_S, DemoOptions, run
from oma.cli.dashboard_frontend import DashboardFrontend
from oma.cli.transition_printer import TransitionPrinter
from oma.errors import OmaError
from tests.unit.cli.parsing import parsed


def test_its_words_become_options():
    assert parsed("demo") == DemoOptions(duration=float("inf"))
    assert parsed(
        *["--ascii", "demo", "--duration", "5", "--json", "--watch", "--record", "f"]
    ) == DemoOptions(duration=5.0, json=True, watch=True, record="f", ascii=True)


def test_without_bash_there_are_no_agents_to_show(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)

    with pytest.raises(OmaError, match="the demo's agents need bash"):
        run(DemoOptions())


def test_it_watches_a_server_of_its_own_with_a_newcomers_patience(monkeypatch, tmux):
    runs = []

    async def end(watch):
        runs.append(watch)
        return 3

    monkeypatch.setattr(demo_command.Run, "run", end)
    assert run(DemoOptions(socket_name="mine", match="x*", duration=5.0)) == 3

    context = runs[0].context
    assert context.server.socket_name.startswith("oma-demo-")
    assert (context.match, context.config.health.idle_warning) == (None, IDLE_WARNING_S)
    assert runs[0].duration_s == 5.0


@pytest.mark.parametrize(
    ("terminal", "options", "frontend"),
    [
        (True, DemoOptions(), DashboardFrontend),
        (True, DemoOptions(watch=True), TransitionPrinter),
        (True, DemoOptions(json=True), TransitionPrinter),
        (False, DemoOptions(), TransitionPrinter),
    ],
)
def test_a_terminal_shows_the_dashboard_unless_lines_are_asked_for(
    monkeypatch, terminal, options, frontend
):
    for stream in (demo_command.sys.stdin, demo_command.sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: terminal, raising=False)

    shown = demo_command._frontend(None, attrs.evolve(options))
    assert isinstance(shown.__self__, frontend)
