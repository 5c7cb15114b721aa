"""`oma tile`: its options and refusals; what it does to a window is in `tests/integration`."""

from types import SimpleNamespace

import pytest
import trio

from oma.cli.cli_context import read_context
from oma.cli.commands import tile_command
from oma.cli.commands.tile_command import NOT_ASKED_FOR, TileOptions, Tiling, run
from oma.cli.option_values import GlobalOptions
from oma.errors import ConfigError, OmaError
from oma.model.ids import AgentId, SessionId
from oma.placement.plan import Action, Decision, Plan
from tests.unit.cli.parsing import parsed
from tests.unit.tui.fleets import agent, state


def test_its_words_become_options():
    assert parsed("tile") == TileOptions()
    line = "tile --layout grid --filter bob --once -d --explain --pane %3 --record f --background"
    assert parsed(*line.split()) == TileOptions(
        layout="grid",
        filter="bob",
        once=True,
        detach=True,
        explain=True,
        pane="%3",
        record="f",
        background=True,
    )


def test_outside_tmux_or_where_it_is_switched_off_nothing_is_tiled(tmp_path):
    config = tmp_path / "f.toml"
    config.write_text("[layout]\nenabled = false\n")

    with pytest.raises(OmaError, match="oma tile works inside tmux"):
        run(TileOptions())
    with pytest.raises(ConfigError, match="nothing is tiled"):
        run(TileOptions(config=str(config)))


def test_in_the_background_it_starts_itself_with_the_same_options(monkeypatch, capsys):
    started = []

    async def host(socket, what, pane):
        await trio.lowlevel.checkpoint()
        return SimpleNamespace(pane=pane)

    async def start(words):
        started.append(words)

    monkeypatch.setattr(tile_command, "find_host_pane", host)
    monkeypatch.setattr(tile_command, "start_in_background", start)
    monkeypatch.chdir("/")
    asked = TileOptions(
        socket_name="x", match="a*", detach=True, pane="%3", layout="grid", filter="b", record="f"
    )

    assert run(asked) == 0
    assert capsys.readouterr().out.startswith("tiling around %3;")
    again = parsed(*started[0])
    assert again == TileOptions(
        socket_name="x",
        match="a*",
        pane="%3",
        layout="grid",
        filter="b",
        record="/f",
        background=True,
    )


def tiling(**options):
    return Tiling(read_context(GlobalOptions()), None, TileOptions(**options))


def test_only_the_agents_that_are_asked_for_are_shown():
    some = tiling(filter="bob")

    assert some._exclusion_reason(agent(1, "bob")) is None
    assert some._exclusion_reason(agent(2, "alice")) == NOT_ASKED_FOR
    assert tiling()._exclusion_reason(agent(2, "alice")) is None


def test_what_would_be_done_is_a_line_for_each_agent():
    live = SimpleNamespace(
        store=SimpleNamespace(state=state(agent(1, "x", id=AgentId("%2")), agent(1, "bob")))
    )
    plan = Plan((Decision(Action.SPAWN, SessionId("$1"), None, "there is room"),), None)

    def explained(plan):
        return tiling()._explained(live, SimpleNamespace(rounds=SimpleNamespace(plan=plan)))

    assert explained(plan).split(maxsplit=2) == ["oma-agent-bob", "spawn", "there is room\n"]
    assert explained(None) == "no agents: nothing to do\n"
