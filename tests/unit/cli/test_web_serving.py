"""What `oma web` is made of; it is asked over its socket in `tests/integration`."""

import socket

import pytest

from oma.cli.cli_context import read_context
from oma.cli.option_values import GlobalOptions, ServeOptions
from oma.cli.web_serving import serving_for
from oma.errors import ConfigError, OmaError


@pytest.fixture
def serve():
    """Build what serves; every socket is closed afterwards."""
    made = []

    def serve(**options):
        made.append(serving_for(read_context(GlobalOptions()), ServeOptions(**options)))
        return made[-1]

    yield serve
    for web in made:
        web.listening.close()


def test_it_listens_where_it_is_told_to_and_knows_its_address(serve):
    web = serve(port=0, read_only=True)
    port = web.listening.getsockname()[1]

    assert web.place == f"127.0.0.1:{port}"
    assert web.address.origins[0] == f"http://127.0.0.1:{port}"
    assert (web.read_only, web.certificate) == (True, None)


def test_a_socket_has_a_path_and_the_origins_that_are_given(serve, tmp_path):
    plain = serve(unix=str(tmp_path / "a"))
    known = serve(unix=str(tmp_path / "b"), origin=("https://x.example",), behind_proxy=True)

    assert plain.listening.family == socket.AF_UNIX
    assert plain.place == str((tmp_path / "a").resolve())
    assert plain.address.origins == ("http://localhost",)
    assert known.address.origins == ("https://x.example",)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"certfile": "x"}, "go together"),
        ({"keyfile": "x"}, "go together"),
        ({"host": "0.0.0.0"}, "--certfile"),
        ({"origin": ("x",)}, "--origin 'x'"),
    ],
)
def test_what_would_not_be_safe_or_means_nothing_is_refused(serve, options, words):
    with pytest.raises(ConfigError, match=words):
        serve(port=0, **options)


def test_a_port_that_is_taken_is_said(serve):
    taken = serve(port=0).listening.getsockname()[1]

    with pytest.raises(OmaError, match=str(taken)):
        serve(port=taken)
