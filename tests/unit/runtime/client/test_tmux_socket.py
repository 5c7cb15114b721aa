from pathlib import Path

import pytest

from oma.runtime.client.tmux_socket import socket_path
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
