from oma.tmux.address import ServerAddress
from oma.tmux.commands.render import to_argv
from oma.tmux.new_sessions import new_agent_session, new_dashboard_session

SERVER = ServerAddress(socket_name="x")


def test_an_agents_session_takes_its_texts_as_they_are():
    command = new_agent_session("oma-1", ["sh", "-c", "a;"], "/a#{pid};", (200, 50), {})

    assert to_argv(command, SERVER) == [
        *("tmux", "-u", "-L", "x", "new-session", "-d", "-s", "oma-1", "-x", "200", "-y", "50"),
        *("-c", "/a##{pid}\\;", "--", "sh", "-c", "a\\;"),
        *(";", "set-option", "-t", "=oma-1:", "destroy-unattached", "off"),
        *(";", "if-shell", "-F", "#{?#{m:3.2*,#{version}},0,1}"),
        'set-option -t "=oma-1:" remain-on-exit on',
        *(";", "resize-window", "-t", "=oma-1:", "-x", "200", "-y", "50"),
        *(";", "set-option", "-u", "-t", "=oma-1:", "window-size"),
    ]


def test_a_dashboards_session_stays_without_a_client_and_ends_with_the_dashboard():
    command = new_dashboard_session("d", ["oma"], {})

    assert to_argv(command, SERVER) == [
        *("tmux", "-u", "-L", "x", "new-session", "-d", "-s", "d", "--", "oma"),
        *(";", "set-option", "-t", "=d:", "destroy-unattached", "off"),
        *(";", "set-option", "-t", "=d:", "remain-on-exit", "off"),
    ]


def test_variables_reach_a_new_session_as_they_are():
    variables = {"A": "a b;", "B": "#{pid} $HOME"}

    for command in (
        new_agent_session("a", ["x"], "/", (80, 24), variables),
        new_dashboard_session("a", ["x"], variables),
    ):
        argv = to_argv(command, SERVER)
        at = argv.index("-e")
        assert argv[at : at + 4] == ["-e", "A=a b\\;", "-e", "B=#{pid} $HOME"]
        assert at < argv.index("--")
