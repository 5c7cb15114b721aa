"""The first frame where no service is: what one look shows."""

import subprocess
import sys

import pytest

from oma.cli.looked_frame import looked_frame
from oma.cli.option_values import GlobalOptions
from oma.errors import ConfigError
from oma.tui.cells import Size
from oma.tui.frame_lines import decode_frame
from tests.support.wire_events import listed

ASKED = {"columns": 60, "rows": 12, "ascii": True}
SERVER = GlobalOptions(socket_path="/s", match="oma-*")


@pytest.fixture
def server(tmux):
    """A server whose one agent ends before its screen is captured."""
    tmux.says("list-sessions", "\t".join(["$1", "a", "off", "1", "3.4"]))
    del tmux.answers["list-panes"]  # what captures a pane lists it, too
    tmux.says("capture-pane", status=1, complaint="can't find pane: %1")
    tmux.says("list-panes", listed())
    return tmux


def text_of(told):
    lines = decode_frame(told["lines"], Size(60, 12)).lines
    return "\n".join("".join(part.text for part in line) for line in lines)


def test_the_agents_of_a_look_are_in_the_frame(server):
    told = looked_frame(SERVER, ASKED)

    assert "Agents: 1/1" in text_of(told)
    assert (told["theme"], told["mouse"]) == ("auto", True)


@pytest.mark.parametrize("version", ["tmux 3.4\n", "tmux 2.1\n"])
def test_without_a_server_that_can_be_watched_there_is_none(tmux, version):
    tmux.says("-V", version)

    assert looked_frame(SERVER, ASKED) is None


def test_a_mistake_in_the_configuration_is_said_before_the_terminal_is_taken(server, tmp_path):
    file = tmp_path / "c.toml"
    file.write_text("[healthy]\n")

    with pytest.raises(ConfigError, match="healthy"):
        looked_frame(GlobalOptions(socket_path="/s", config=str(file)), ASKED)


def test_a_mistake_in_a_profile_is_left_to_the_watch(server, tmp_path, capsys):
    profiles = tmp_path / ".config" / "oma" / "profiles"
    profiles.mkdir(parents=True)
    (profiles / "x.toml").write_text("nonsense")

    assert looked_frame(SERVER, ASKED) is not None
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("own", "pane", "shown"), [("/s", "%1", False), ("/other", "%1", True), ("/s", "1", True)]
)
def test_the_session_that_we_run_in_is_not_shown_to_itself(server, monkeypatch, own, pane, shown):
    monkeypatch.setenv("TMUX", f"{own},1,0")
    monkeypatch.setenv("TMUX_PANE", pane)
    server.says("display-message", "oma-1\n")

    assert ("Agents: 1/1" in text_of(looked_frame(SERVER, ASKED))) is shown


def test_it_needs_no_event_loop():
    line = "import sys, oma.cli.looked_frame; print({'trio', 'psutil'} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", line], capture_output=True, text=True, check=True)
    assert said.stdout == "set()\n"
