import json
import socket
import threading

import pytest

from oma.runtime.service import service_query
from oma.runtime.service.service_address import ServiceAddress
from oma.runtime.service.service_query import ask_service


@pytest.fixture
def service(tmp_path):
    """Answer one question with these bytes; what was asked is kept."""
    address = ServiceAddress(tmp_path / "s.sock")
    asked, threads = [], []

    def answer(data):
        listening = socket.socket(socket.AF_UNIX)
        listening.bind(str(address.socket))
        listening.listen()

        def run():
            connection, _ = listening.accept()
            with connection:
                asked.append(json.loads(connection.recv(4096)))
                for part in data:
                    connection.sendall(part)
            listening.close()

        threads.append(threading.Thread(target=run))
        threads[0].start()
        return address, asked

    yield answer
    for thread in threads:
        thread.join()


def test_an_answer_may_come_in_parts(service):
    address, asked = service([b'{"agents":', b" []}\n"])

    assert ask_service(address, "status", "k") == {"agents": []}
    assert asked == [{"protocol": 1, "want": "status", "key": "k"}]


@pytest.mark.parametrize(
    "data", [[], [b"no json\n"], [b"[1]\n"], [b'{"refused":"no"}\n'], [b'{"a']]
)
def test_what_is_no_answer_is_none(service, data):
    address, _ = service(data)

    assert ask_service(address, "status", "k") is None


def test_where_nobody_listens_there_is_none(tmp_path, monkeypatch):
    address = ServiceAddress(tmp_path / "s.sock")
    assert ask_service(address, "status", "k") is None

    monkeypatch.setattr(service_query, "PATIENCE_S", 0.01)
    with socket.socket(socket.AF_UNIX) as hangs:
        hangs.bind(str(address.socket))
        hangs.listen()
        assert ask_service(address, "status", "k") is None
