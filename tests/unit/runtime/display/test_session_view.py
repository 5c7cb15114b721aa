import sys
from pathlib import Path

import pytest

from oma.config.schema import AttachSection
from oma.errors import CommandError
from oma.runtime.display.session_view import (
    OurPane,
    check_can_be_shown,
    ended_view_argv,
    looking_view_argv,
    our_pane,
    same_server,
    settle_sizes,
    standing_view_argv,
    switch_view,
    view_argv,
    view_flags,
)
from oma.tmux.address import ServerAddress
from tests.support.scripted_channel import window_row

SOCKET = Path("/s")
US = OurPane(ServerAddress(socket_path="/s"), "%0", 7)


@pytest.mark.parametrize(
    ("environ", "us"),
    [
        ({"TMUX": "/s,7,0", "TMUX_PANE": "%0"}, US),
        ({"TMUX": "/s,7,0"}, None),
        ({"TMUX": "/s,7,0", "TMUX_PANE": "x"}, None),
        ({"TMUX_PANE": "%0"}, None),
    ],
)
def test_we_run_in_a_pane_where_tmux_says_which(environ, us):
    assert our_pane(environ) == us


def test_a_link_to_a_socket_is_the_same_server(tmp_path):
    (tmp_path / "s").touch()
    (tmp_path / "link").symlink_to("s")
    us = OurPane(ServerAddress(socket_path=str(tmp_path / "link")), "%0")

    assert same_server(us, tmp_path / "s")
    assert not same_server(us, tmp_path / "other")


def test_an_agent_that_keeps_its_size_has_no_say_in_it():
    assert view_flags(AttachSection(size="keep")) == "ignore-size"
    assert view_flags(AttachSection(size="fit")) == ""


def test_a_program_for_a_terminal_says_what_it_shows_and_how_it_is_known(monkeypatch):
    monkeypatch.setenv("OMA_TMUX", "/opt/tmux")

    assert view_argv(SOCKET, "$1", "f")[2:] == ["once", "/opt/tmux", "/s", "f", "$1"]
    assert looking_view_argv(SOCKET, "$1", "f", "m")[2:] == (
        *("look", "/opt/tmux", "/s", "f", "$1", "m"),
    )
    assert standing_view_argv(SOCKET, None, "f", "m", "name")[2:] == (
        *("stay", "/opt/tmux", "/s", "f", "", "m", "name"),
    )


def test_an_agent_that_is_one_pane_is_shown_by_a_program_of_ours(monkeypatch):
    monkeypatch.setenv("OMA_TMUX", "/opt/tmux")
    oma = (sys.executable, "-P", "-m", "oma", "-S", "/s", "pane-view", "%5", "--mark", "m")

    shown = looking_view_argv(SOCKET, "%5", "f", "m")
    assert shown == ("env", "OMA_TMUX=/opt/tmux", *oma)
    assert standing_view_argv(SOCKET, "%5", "f", "m", "-x") == (*shown, "--stay=-x")
    monkeypatch.delenv("OMA_TMUX")
    assert looking_view_argv(SOCKET, "%5", "f", "m") == oma
    assert ended_view_argv("-x")[2:] == ("ended", "tmux", "", "", "", "", "-x")


async def test_one_pane_of_the_session_that_we_run_in_may_be_shown(tmux):
    tmux.says("list-sessions", "$1 0\n")
    tmux.says("list-panes", window_row("%0", session="$1"))

    await check_can_be_shown(SOCKET, "$1", US, whole=False)

    tmux.says("list-sessions", "$1 on\n")
    with pytest.raises(CommandError, match="would end"):
        await check_can_be_shown(SOCKET, "$1", US, whole=False)


async def test_a_session_that_is_gone_or_would_end_is_not_shown(tmux):
    with pytest.raises(CommandError, match="this agent is gone"):
        await check_can_be_shown(SOCKET, "$1", None)

    tmux.says("list-sessions", "$1 keep-last\n")
    with pytest.raises(CommandError, match="destroy-unattached"):
        await check_can_be_shown(SOCKET, "$1", None)

    tmux.says("list-sessions", "$1 0\n")
    await check_can_be_shown(SOCKET, "$1", None)


async def test_a_session_that_we_run_in_is_not_shown_in_itself(tmux):
    tmux.says("list-sessions", "$1 0\n")
    # A window that two sessions share is in both.
    tmux.says("list-panes", window_row("%0", session="$0") + window_row("%0", session="$1"))

    with pytest.raises(CommandError, match="the one that the dashboard runs in"):
        await check_can_be_shown(SOCKET, "$1", US)

    await check_can_be_shown(Path("/another"), "$1", US)


async def test_a_switch_that_tmux_refuses_is_told(tmux):
    tmux.says("switch-client", status=1, complaint="can't find client: /dev/pts/9")

    with pytest.raises(CommandError, match=r"tmux refused to switch: .*can't find client"):
        await switch_view(SOCKET, "/dev/pts/9", "$1", "")


async def test_sizes_are_settled_where_there_is_a_server_and_nothing_is_said_where_not(tmux):
    tmux.says("list-clients", status=1, complaint="no server running")

    await settle_sizes(SOCKET)

    assert tmux.asked[0][0] == "list-clients"
