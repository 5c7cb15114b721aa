import socket
from pathlib import Path

import pytest

from oma.errors import ConfigError
from oma.runtime.client.tmux_socket import LONGEST, check_socket, socket_path
from oma.tmux.address import ServerAddress


@pytest.mark.parametrize(
    ("server", "environ", "path"),
    [
        (ServerAddress(socket_path="/a/s"), {"TMUX": "/b,1,0"}, "/a/s"),
        (ServerAddress(), {"TMUX": "/b/s,1,0"}, "/b/s"),
        (
            ServerAddress(socket_name="x"),
            {"TMUX": "/b/s,1,0", "TMUX_TMPDIR": "/t"},
            "/t/tmux-{}/x",
        ),
        (ServerAddress(), {}, "/tmp/tmux-{}/default"),
    ],
)
def test_the_socket_is_where_tmux_looks_for_it(server, environ, path, monkeypatch):
    monkeypatch.setattr("os.getuid", lambda: 1234)

    assert socket_path(server, environ) == Path(path.format(1234))


def test_what_is_no_socket_is_refused_and_what_is_not_there_yet_is_not(tmp_path):
    (tmp_path / "file").touch()
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(tmp_path / "s"))
        check_socket(tmp_path / "s")
    check_socket(tmp_path / "none")

    for refused, words in {
        tmp_path: "not the socket",
        tmp_path / "file": "not the socket",
        tmp_path / ("x" * LONGEST): "too long",
    }.items():
        with pytest.raises(ConfigError, match=words):
            check_socket(refused)
