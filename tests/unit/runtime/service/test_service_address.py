import os

import pytest

from oma.errors import OmaError
from oma.runtime.client.runtime_directory import runtime_directory
from oma.runtime.service.service_address import ServiceAddress, service_address


@pytest.fixture
def address(tmp_path):
    return ServiceAddress(tmp_path / "serve-0.sock")


def test_a_second_holder_is_refused_with_the_process_of_the_first(address):
    words = f"runs already.*process {os.getpid()}"
    with address.held(), pytest.raises(OmaError, match=words), address.held():
        pass


def test_it_is_free_again_when_the_holder_is_done(address):
    with address.held():
        assert address.lock.stat().st_mode & 0o777 == 0o600
    with address.held():
        pass


def test_a_lock_that_cannot_be_made_is_said(tmp_path):
    with (
        pytest.raises(OmaError, match="cannot open"),
        ServiceAddress(tmp_path / "x/y.sock").held(),
    ):
        pass


def test_each_tmux_server_has_an_address_of_its_own_whatever_its_path_is_called(tmp_path):
    environ = {"XDG_RUNTIME_DIR": str(tmp_path)}
    tmp_path.chmod(0o700)
    (tmp_path / "link").symlink_to(tmp_path / "one")

    one, linked, other = (
        service_address(tmp_path / name, environ) for name in ("one", "link", "other")
    )

    assert one == linked != other
    assert one.socket.parent == other.socket.parent == runtime_directory(environ)
