import pytest

from oma.errors import CommandError
from oma.tmux import invocation
from oma.tmux.address import ServerAddress
from oma.tmux.queries.panes import PANES_FORMAT
from oma.tmux.queries.sessions import SESSIONS_FORMAT

SERVER = ServerAddress(socket_name="x")


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
    assert server.argv() == options
    assert invocation.kill_server_argv(server) == ["tmux", "-N", "-u", *options, "kill-server"]


def test_only_a_new_session_may_start_a_server():
    argvs = [
        invocation.list_sessions_argv(SERVER),
        invocation.list_panes_argv(SERVER),
        invocation.respawn_argv(SERVER, "%1", "x"),
        invocation.kill_session_argv(SERVER, "$1"),
        invocation.kill_server_argv(SERVER),
        invocation.attach_argv(SERVER, "$1"),
        invocation.switch_argv(SERVER, "$1", "/dev/pts/1"),
        invocation.own_session_argv(SERVER, "%1"),
        invocation.pane_terminal_argv(SERVER, "%1"),
        invocation.pausing_clients_argv(SERVER),
    ]

    assert all(argv[:5] == ["tmux", "-N", "-u", "-L", "x"] for argv in argvs)
    assert "-N" not in invocation.new_session_argv(SERVER, "a", "/", 80, 24, ["x"])
    assert "-N" not in invocation.new_dashboard_argv(SERVER, "a", ["x"])


def test_lists_are_asked_for_with_the_format_that_their_parser_reads():
    assert invocation.list_sessions_argv(SERVER)[-1] == SESSIONS_FORMAT
    assert invocation.list_panes_argv(SERVER)[-2:] == ["-F", PANES_FORMAT]


def test_a_new_session_takes_its_texts_as_they_are():
    argv = invocation.new_session_argv(SERVER, "oma-1", "/a#{pid};", 200, 50, ["sh", "-c", "a;"])

    assert argv == [
        *("tmux", "-u", "-L", "x", "new-session", "-d", "-s", "oma-1", "-x", "200", "-y", "50"),
        *("-c", "/a##{pid}\\;", "--", "sh", "-c", "a\\;"),
        *(";", "set-option", "-t", "=oma-1:", "destroy-unattached", "off"),
        *(";", "if-shell", "-F", "#{?#{m:3.2*,#{version}},0,1}"),
        "set-option -w -t '=oma-1:' remain-on-exit on",
        *(";", "resize-window", "-t", "=oma-1:", "-x", "200", "-y", "50"),
        *(";", "set-option", "-w", "-u", "-t", "=oma-1:", "window-size"),
    ]


def test_variables_reach_a_new_session_as_they_are():
    variables = ["A=a b;", "B=#{pid} $HOME"]
    agent = invocation.new_session_argv(SERVER, "a", "/", 80, 24, ["x"], variables)
    dashboard = invocation.new_dashboard_argv(SERVER, "a", ["x"], variables)

    for argv in (agent, dashboard):
        at = argv.index("-e")
        assert argv[at : at + 4] == ["-e", "A=a b\\;", "-e", "B=#{pid} $HOME"]
        assert at < argv.index("--")


def test_what_tmux_cannot_be_given_is_refused():
    for argv in (
        lambda text: invocation.new_session_argv(SERVER, "a", "/", 80, 24, [text]),
        lambda text: invocation.respawn_argv(SERVER, "%1", text),
    ):
        with pytest.raises(CommandError, match="cannot be given"):
            argv("a\0b")


def test_a_pane_runs_again_what_it_ran_when_nothing_else_is_said():
    again = ["tmux", "-N", "-u", "-L", "x", "respawn-pane", "-k", "-t", "%1"]

    assert invocation.respawn_argv(SERVER, "%1", None) == again
    assert invocation.respawn_argv(SERVER, "%1", "-x;") == [*again, "--", "-x\\;"]


def test_a_pane_is_paused_on_the_clients_given_before_it_runs_something_else():
    argv = invocation.respawn_argv(SERVER, "%1", "x", ["client-7", "client-9"])

    assert argv == [
        *("tmux", "-N", "-u", "-L", "x"),
        *("refresh-client", "-t", "client-7", "-A", "%1:pause", ";"),
        *("refresh-client", "-t", "client-9", "-A", "%1:pause", ";"),
        *("respawn-pane", "-k", "-t", "%1", "--", "x"),
    ]
