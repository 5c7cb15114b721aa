from types import SimpleNamespace

import attrs
import pytest
import trio

from oma.cli.commands import pane_view_command
from oma.cli.commands.pane_view_command import PaneViewOptions, run
from oma.errors import CommandError, OmaError, ProtocolError


@attrs.define
class Scene:
    """What the view did with its own pane, and which program took its place."""

    asked: list = attrs.Factory(list)
    became: list = attrs.Factory(list)
    code: int = 0
    refuses: bool = False


@pytest.fixture
def scene(monkeypatch):
    scene = Scene()

    async def access_to(socket):
        await trio.lowlevel.checkpoint()
        if scene.refuses:
            raise CommandError("there is no such tmux server")
        return str(socket)

    async def run_with_signals(work, *, holds_terminal):
        await trio.lowlevel.checkpoint()
        return scene.code

    async def ask(self, command):
        await trio.lowlevel.checkpoint()
        scene.asked.append(command.words())

    class Terminal:
        def isatty(self):
            return True

    monkeypatch.setattr(pane_view_command, "access_to", access_to)
    monkeypatch.setattr(pane_view_command, "run_with_signals", run_with_signals)
    monkeypatch.setattr(pane_view_command.TmuxClient, "run", ask)
    monkeypatch.setattr(pane_view_command.termios, "tcflush", lambda *_: None)
    monkeypatch.setattr(
        pane_view_command.os, "execv", lambda path, words: scene.became.append(words[-1])
    )
    streams = SimpleNamespace(stdin=Terminal(), stdout=Terminal())
    monkeypatch.setattr(pane_view_command, "sys", streams)
    monkeypatch.setenv("TMUX", "/s,7,0")
    monkeypatch.setenv("TMUX_PANE", "%7")
    return scene


def test_a_tile_takes_no_keys_from_the_start_and_ends_with_its_pane(scene):
    assert run(PaneViewOptions(pane="%1", socket_path="/s")) == 0
    assert scene.asked == [("select-pane", "-d", "-t", "%7")]
    assert scene.became == []


def test_a_right_pane_takes_keys_and_says_in_the_end_whom_it_showed(scene):
    run(PaneViewOptions(pane="%1", socket_path="/s", stay="-x"))

    assert (scene.asked, scene.became) == ([], ["-x"])


def test_a_right_pane_that_cannot_show_says_so_and_one_that_is_ended_does_not(scene):
    scene.refuses = True
    run(PaneViewOptions(pane="%1", socket_path="/s", stay="x"))
    assert scene.became == ["x"]

    scene.refuses, scene.code = False, 129
    assert run(PaneViewOptions(pane="%1", socket_path="/s", stay="x")) == 129
    assert scene.became == ["x"]


def test_what_cannot_be_shown_is_refused(scene, monkeypatch):
    with pytest.raises(ProtocolError, match="not a pane id"):
        run(PaneViewOptions(pane="x"))
    scene.refuses = True
    with pytest.raises(CommandError, match="no such tmux server"):
        run(PaneViewOptions(pane="%1", socket_path="/s"))
    monkeypatch.undo()
    with pytest.raises(OmaError, match="needs a terminal"):
        run(PaneViewOptions(pane="%1"))
