import pytest

from oma.tmux.address import OwnServer, ServerAddress, parse_own_server


@pytest.mark.parametrize(
    ("server", "options"),
    [
        (ServerAddress(), []),
        (ServerAddress(socket_name="x"), ["-L", "x"]),
        (ServerAddress(socket_path="/s"), ["-S", "/s"]),
        (ServerAddress(socket_name="x", socket_path="/s"), ["-S", "/s"]),
    ],
)
def test_a_server_is_chosen_as_tmux_itself_is_told(server, options):
    assert server.argv() == options


@pytest.mark.parametrize(
    ("value", "own"),
    [
        ("/tmp/tmux-0/a,7,3", OwnServer("/tmp/tmux-0/a", 7)),
        ("/a,b/s,7,3", OwnServer("/a,b/s", 7)),
        ("/s,x,3", OwnServer("/s", 0)),
        ("/s", OwnServer("/s", 0)),
        (",7,3", None),
        ("", None),
    ],
)
def test_tmux_tells_its_programs_which_server_they_run_on(value, own):
    assert parse_own_server({"TMUX": value}) == own


def test_outside_of_tmux_there_is_no_server_of_our_own():
    assert parse_own_server({"TERM": "xterm"}) is None
