"""Who is asked what a command wants to know at once."""

from types import SimpleNamespace

import pytest

from oma.cli import service_question
from oma.cli.commands.status_command import StatusOptions
from oma.cli.service_question import ask
from oma.runtime.service.service_address import service_address


@pytest.fixture
def service(tmp_path, monkeypatch):
    """A service that answers, once its socket is there."""
    tmp_path.chmod(0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    asked = []

    def ask_service(address, want, key, **more):
        asked.append((want, more))
        return {"an": "answer"}

    monkeypatch.setattr(service_question, "ask_service", ask_service)
    address = service_address(tmp_path / "t", {"XDG_RUNTIME_DIR": str(tmp_path)})
    options = StatusOptions(socket_path=str(tmp_path / "t"))
    return SimpleNamespace(asked=asked, socket=address.socket, options=options)


def test_the_service_is_asked_where_it_has_a_socket(service):
    assert ask(service.options, "frame", rows=3) is None
    service.socket.touch()
    assert ask(service.options, "frame", rows=3) == {"an": "answer"}
    assert service.asked == [("frame", {"rows": 3})]


@pytest.mark.parametrize(
    "options", [{"no_service": True}, {"socket_name": "x"}, {"config": "no-such-file"}]
)
def test_options_that_it_does_not_serve_are_not_asked_for(service, options):
    service.socket.touch()

    assert ask(service.options._replace(**options), "status") is None
    assert service.asked == []
