import pytest
import trio

from oma.cli.commands import up_command
from oma.cli.commands.up_command import run
from oma.cli.option_values import DashboardOptions
from oma.errors import ConfigError
from tests.unit.cli.parsing import parsed


@pytest.mark.parametrize("line", ["up --record f --ascii", "--record f --ascii up"])
def test_options_of_the_dashboard_may_stand_on_either_side(line):
    assert parsed(*line.split()) == DashboardOptions(record="f", ascii=True)


def test_without_a_terminal_it_is_refused():
    with pytest.raises(ConfigError, match="the dashboard needs a terminal"):
        run(DashboardOptions())


def test_the_dashboard_is_started_with_the_same_options_and_shown(monkeypatch):
    done = []

    async def start(server, command, variables, name="oma-dashboard"):
        done.append(list(command))
        await trio.lowlevel.checkpoint()
        return "$5"

    async def show(server, socket, session, environ):
        done.append(session)
        return 4

    async def runs_service(context):
        return context.no_service

    monkeypatch.setattr(up_command, "runs_service", runs_service)
    monkeypatch.setattr(up_command, "need_terminal", lambda: None)
    monkeypatch.setattr(up_command, "start_dashboard", start)
    monkeypatch.setattr(up_command, "show_dashboard", show)
    monkeypatch.setenv("OMA_TMUX", "/opt/tmux")
    monkeypatch.chdir("/")
    asked = DashboardOptions(socket_name="x", match="a*", record="f", ascii=True, web=True)

    assert run(asked) == 4
    serve, command, session = done
    assert serve[-5:] == ["-L", "x", "--match", "a*", "serve"]
    assert session == "$5"
    assert command[:2] == ["env", "OMA_TMUX=/opt/tmux"]
    again = command[command.index("oma") + 1 :]
    assert parsed(*again) == DashboardOptions(
        socket_name="x", match="a*", record="/f", ascii=True, web=True
    )
