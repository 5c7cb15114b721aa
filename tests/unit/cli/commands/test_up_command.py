import pytest
import trio

from oma.cli.commands import up_command
from oma.cli.commands.up_command import UpOptions, run
from oma.cli.fleet_up import MISSING, OTHER, FleetStep
from oma.cli.option_values import DashboardOptions
from oma.errors import ConfigError, OmaError
from tests.unit.cli.parsing import parsed


@pytest.mark.parametrize("line", ["up --record f --ascii", "--record f --ascii up"])
def test_options_of_the_dashboard_may_stand_on_either_side(line):
    assert parsed(*line.split()) == UpOptions(record="f", ascii=True)


def test_without_a_terminal_it_is_refused():
    with pytest.raises(ConfigError, match="the dashboard needs a terminal"):
        run(UpOptions())


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
    asked = UpOptions(socket_name="x", match="a*", record="f", ascii=True, web=True)

    assert run(asked) == 4
    serve, command, session = done
    assert serve[-5:] == ["-L", "x", "--match", "a*", "serve"]
    assert session == "$5"
    assert command[:2] == ["env", "OMA_TMUX=/opt/tmux"]
    again = command[command.index("oma") + 1 :]
    assert parsed(*again) == DashboardOptions(
        socket_name="x", match="a*", record="/f", ascii=True, web=True
    )


FLEET = """
[[agent]]
name = "a"
command = "sh"
[[agent]]
name = "b"
command = "sh"
"""


@pytest.fixture
def starter(monkeypatch):
    """Give what is started; one of two agents cannot be."""
    started = []

    async def plan(starter, agents):
        steps = [FleetStep(f"oma-agent-{agent.name}", MISSING, agent) for agent in agents]
        return (*steps, FleetStep("oma-agent-x", OTHER))

    async def start(starter, session, agent):
        if agent.name == "b":
            raise OmaError("no such directory")
        started.append(session)
        return f"started {session}"

    monkeypatch.setattr(up_command.FleetStarter, "plan", plan)
    monkeypatch.setattr(up_command.FleetStarter, "start", start)
    return started


def test_a_fleet_is_started_and_what_fails_is_told(starter, tmp_path, capsys):
    (tmp_path / "f.toml").write_text(FLEET)
    assert run(UpOptions(fleet=str(tmp_path / "f.toml"))) == 1
    told = capsys.readouterr()
    assert told.out.splitlines() == [
        "started oma-agent-a",
        "oma-agent-x is not in the file: it stays",
    ]
    assert told.err == "oma: oma-agent-b: no such directory\n"


def test_a_plan_starts_nothing(starter, tmp_path, capsys):
    (tmp_path / "f.toml").write_text(FLEET)
    assert run(UpOptions(fleet=str(tmp_path / "f.toml"), plan=True)) == 0
    assert starter == []
    assert capsys.readouterr().out.startswith("oma-agent-a is started\noma-agent-b is started\n")


def test_a_plan_is_of_a_file_and_a_wrong_file_starts_nothing(starter, tmp_path):
    with pytest.raises(ConfigError, match="--plan is for the file"):
        run(UpOptions(plan=True))
    (tmp_path / "f.toml").write_text(f"{FLEET}[[agent]]\nname = 'c'\nprofile = 'nobody'")
    with pytest.raises(ConfigError, match="unknown profile 'nobody'"):
        run(UpOptions(fleet=str(tmp_path / "f.toml")))
    assert starter == []
