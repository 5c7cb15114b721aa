import io

import pytest
import trio

from oma.cli.commands import up_command
from oma.cli.commands.up_command import UpOptions, run
from oma.cli.fleet_plan import Becomes, FleetStep
from oma.cli.option_values import DashboardOptions
from oma.errors import ConfigError, OmaError, UnsavedWorkError
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

    async def plan(starter, agents, *, restart, prune):
        other = FleetStep("oma-agent-x", Becomes.ENDED if prune else Becomes.LEFT)
        steps = (FleetStep(f"oma-agent-{agent.name}", Becomes.STARTED, agent) for agent in agents)
        return (other, *steps)

    async def carry_out(starter, step):
        if step.session == "oma-agent-b":
            raise OmaError("no such directory")
        if step.becomes is Becomes.ENDED:
            error = UnsavedWorkError("nothing was removed")
            error.lines = ("  untracked: x",)
            raise error
        started.append(step.session)
        return step.words

    monkeypatch.setattr(up_command.FleetStarter, "plan", plan)
    monkeypatch.setattr(up_command.FleetStarter, "carry_out", carry_out)
    return started


@pytest.fixture
def fleet(tmp_path):
    """Give the path of a fleet's file."""
    (tmp_path / "f.toml").write_text(FLEET)
    return str(tmp_path / "f.toml")


def test_a_fleet_is_started_and_what_fails_is_told(starter, fleet, capsys):
    assert run(UpOptions(fleet=fleet)) == 1
    told = capsys.readouterr()
    assert told.out.splitlines() == [
        "oma-agent-x is not in the file: it stays; --prune ends it",
        "oma-agent-a is started",
    ]
    assert told.err == "oma: oma-agent-b: no such directory\n"


def test_a_plan_starts_nothing(starter, fleet, capsys):
    assert run(UpOptions(fleet=fleet, plan=True, prune=True)) == 0
    assert starter == []
    assert capsys.readouterr().out.splitlines() == [
        "oma-agent-x is not in the file, and is ended",
        "oma-agent-a is started",
        "oma-agent-b is started",
    ]


def test_who_is_ended_is_named_and_asked_about_and_work_that_would_be_lost_is_told(
    starter, fleet, capsys, monkeypatch
):
    monkeypatch.setattr("sys.stdin", io.StringIO("n\ny\n"))
    with pytest.raises(OmaError, match="nothing was done"):
        run(UpOptions(fleet=fleet, prune=True))
    assert starter == []
    asked = "oma-agent-x is not in the file, and is ended\nis that meant? [y/N] "
    assert capsys.readouterr().err == asked
    assert run(UpOptions(fleet=fleet, prune=True)) == 1
    assert starter == ["oma-agent-a"]
    lost = "  untracked: x\noma: oma-agent-x: nothing was removed\n"
    assert capsys.readouterr().err.startswith(f"{asked}{lost}")


@pytest.mark.parametrize("option", ["plan", "restart", "prune"])
def test_what_is_about_a_fleet_needs_its_file(option):
    with pytest.raises(ConfigError, match=f"--{option} is for the file"):
        run(UpOptions(**{option: True}))


def test_a_file_with_an_unknown_profile_starts_nothing(monkeypatch, tmp_path):
    (tmp_path / "f.toml").write_text(f"{FLEET}[[agent]]\nname = 'c'\nprofile = 'nobody'")
    with pytest.raises(ConfigError, match="unknown profile 'nobody'"):
        run(UpOptions(fleet=str(tmp_path / "f.toml")))
