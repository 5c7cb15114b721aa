import pytest

from oma.errors import CommandError
from oma.tmux.address import ServerAddress
from oma.tmux.commands.clients import OpenPrompt, PausePane, Subscribe, agent_client
from oma.tmux.commands.command import in_order
from oma.tmux.commands.keys import SendBytes, SetBuffer
from oma.tmux.commands.panes import KillPane, RespawnPane
from oma.tmux.commands.render import control_argv, to_argv, to_line
from oma.tmux.commands.sessions import KillServer, NewSession

SERVER = ServerAddress(socket_name="x")


def test_a_command_is_run_on_the_server_that_is_meant():
    assert to_argv(KillServer(), SERVER) == ["tmux", "-N", "-u", "-L", "x", "kill-server"]


def test_only_a_new_session_may_start_a_server():
    assert "-N" not in to_argv(NewSession("a", ["x"]), SERVER)
    assert "-N" not in to_argv(in_order(NewSession("a", ["x"]), KillPane("%1")), SERVER)


def test_a_server_that_is_started_may_read_another_configuration_than_the_users():
    words = to_argv(NewSession("a", ["x"]), SERVER, "/dev/null")

    assert words[:7] == ["tmux", "-u", "-f", "/dev/null", "-L", "x", "new-session"]


def test_a_semicolon_ends_a_command_only_where_a_list_has_one():
    words = to_argv(in_order(PausePane("%1", "client-7"), RespawnPane("%1", "x;")), SERVER)

    assert words == [
        *("tmux", "-N", "-u", "-L", "x"),
        *("refresh-client", "-t", "client-7", "-A", "%1:pause", ";"),
        *("respawn-pane", "-k", "-t", "%1", "--", "x\\;"),
    ]


def test_a_control_client_says_so_before_its_command():
    assert control_argv(agent_client("$1"), SERVER) == [
        *("tmux", "-N", "-u", "-L", "x", "-C", "attach-session", "-E", "-f"),
        *("ignore-size,pause-after=1", "-t", "$1"),
    ]


def test_a_control_client_may_begin_with_several_commands():
    assert control_argv(in_order(agent_client("$1"), OpenPrompt()), SERVER)[5:] == [
        *("-C", "attach-session", "-E", "-f", "ignore-size,pause-after=1", "-t", "$1"),
        *(";", "command-prompt", "-b", "-p", "oma", ""),
    ]


def test_a_line_quotes_whatever_tmux_could_read_as_something_else():
    assert to_line(Subscribe("all", "@1", "a\tb")) == r'refresh-client -B "all:@1:a\011b"'
    assert to_line(KillPane("%3")) == 'kill-pane -t "%3"'
    assert to_line(SetBuffer("b", "~;\n$")) == r'set-buffer -b b -- "\176\073\012\044"'
    assert to_line(SendBytes("%5", b"\x1b;")) == 'send-keys -t "%5" -H 1b 3b'


def test_a_list_is_one_line():
    assert to_line(in_order(KillPane("%1"), KillServer())) == 'kill-pane -t "%1" ; kill-server'


@pytest.mark.parametrize("text", ["a\0b", "\ud800"])
def test_what_tmux_cannot_be_given_is_refused(text):
    for render in (to_line, lambda command: to_argv(command, SERVER)):
        with pytest.raises(CommandError, match="cannot be given"):
            render(SetBuffer("b", text))
