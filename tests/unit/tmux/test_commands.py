import pytest

from oma.errors import CommandError
from oma.tmux import commands
from oma.tmux.commands import ServerAddress
from oma.tmux.queries import PANES_FORMAT, SESSIONS_FORMAT

SERVER = ServerAddress(socket_name="x")


def test_a_subscription_is_one_quoted_argument():
    assert commands.subscribe("all", "a\tb") == r'refresh-client -B "all::a\011b"'


def test_a_pane_is_paused_by_its_id():
    assert commands.pause("%3") == 'refresh-client -A "%3:pause"'


def test_a_capture_is_two_commands_on_one_line_and_the_continue_a_third():
    first, second = commands.capture("%3").split(" ; ")
    *both, third = commands.capture_and_continue("%3").split(" ; ")

    assert first.startswith('list-panes -t "%3" -f "')
    assert second == 'capture-pane -p -e -J -t "%3"'
    assert both == [first, second]
    assert third == 'refresh-client -A "%3:continue"'


def test_no_line_holds_a_newline():
    for line in (commands.list_panes_all(), commands.capture_and_continue("%3")):
        assert line.isascii()
        assert line.isprintable()


@pytest.mark.parametrize(
    ("server", "options"),
    [
        (ServerAddress(), []),
        (ServerAddress(socket_name="x"), ["-L", "x"]),
        (ServerAddress(socket_path="/s"), ["-S", "/s"]),
        (ServerAddress(socket_name="x", socket_path="/s"), ["-S", "/s"]),
    ],
)
def test_a_server_is_addressed_as_tmux_is_told(server, options):
    assert server.options() == options
    assert commands.kill_server_argv(server) == ["tmux", "-N", "-u", *options, "kill-server"]


def test_the_watching_clients_attach_with_the_flags_that_leave_no_trace():
    start = ["tmux", "-N", "-u", "-L", "x", "-C", "attach-session", "-E", "-f"]

    assert commands.hub_argv(SERVER, "$1") == [
        *start,
        "no-output,ignore-size,read-only",
        "-t",
        "$1",
    ]
    assert commands.agent_argv(SERVER, "$1") == [
        *start,
        "read-only,ignore-size,pause-after=1",
        "-t",
        "$1",
    ]


def test_only_a_new_session_may_start_a_server():
    argvs = [
        commands.hub_argv(SERVER, "$1"),
        commands.agent_argv(SERVER, "$1"),
        commands.list_sessions_argv(SERVER),
        commands.list_panes_argv(SERVER),
        commands.respawn_argv(SERVER, "%1", "x"),
        commands.send_literal_argv(SERVER, "%1", "x"),
        commands.send_key_argv(SERVER, "%1", "Enter"),
        commands.kill_session_argv(SERVER, "$1"),
        commands.kill_server_argv(SERVER),
        commands.attach_argv(SERVER, "$1"),
        commands.switch_argv(SERVER, "$1"),
        commands.restore_size_argv(SERVER, "@1", 80, 24),
    ]

    assert all(argv[:5] == ["tmux", "-N", "-u", "-L", "x"] for argv in argvs)
    assert "-N" not in commands.new_session_argv(SERVER, "a", "/", 80, 24, ["x"])


def test_lists_are_asked_for_with_the_format_that_their_parser_reads():
    assert commands.list_sessions_argv(SERVER)[-1] == SESSIONS_FORMAT
    assert commands.list_panes_argv(SERVER)[-2:] == ["-F", PANES_FORMAT]


def test_a_new_session_takes_its_texts_as_they_are():
    argv = commands.new_session_argv(SERVER, "oma-1", "/a#{pid};", 200, 50, ["sh", "-c", "a;"])

    assert argv == [
        *("tmux", "-u", "-L", "x", "new-session", "-d", "-P", "-F", "#{session_id} #{pane_id}"),
        *("-s", "oma-1", "-x", "200", "-y", "50", "-c", "/a##{pid}\\;", "--", "sh", "-c", "a\\;"),
        *(";", "set-option", "-w", "-t", "=oma-1:", "remain-on-exit", "on"),
    ]


def test_a_session_without_a_command_is_refused():
    with pytest.raises(CommandError, match="no command for session 'a'"):
        commands.new_session_argv(SERVER, "a", "/", 80, 24, [])


def test_a_pane_runs_again_what_it_ran_when_nothing_else_is_said():
    again = ["tmux", "-N", "-u", "-L", "x", "respawn-pane", "-k", "-t", "%1"]

    assert commands.respawn_argv(SERVER, "%1", "") == again
    assert commands.respawn_argv(SERVER, "%1", "-x;") == [*again, "--", "-x\\;"]


def test_text_is_sent_as_text_and_keys_by_name():
    send = ["tmux", "-N", "-u", "-L", "x", "send-keys", "-t", "%1"]

    assert commands.send_literal_argv(SERVER, "%1", "-l Enter;") == [
        *send,
        "-l",
        "--",
        "-l Enter\\;",
    ]
    assert commands.send_key_argv(SERVER, "%1", "C-c") == [*send, "C-c"]


@pytest.mark.parametrize("key", ["", "hello", "-X", "enter"])
def test_a_word_that_is_no_key_is_refused(key):
    with pytest.raises(CommandError, match="not a key"):
        commands.send_key_argv(SERVER, "%1", key)
