import pytest

from oma.tmux.address import ServerAddress


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
