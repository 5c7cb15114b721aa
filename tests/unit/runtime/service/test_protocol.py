import json

from oma.runtime.service.protocol import MOST_REQUEST_BYTES, request


def test_a_request_is_one_short_line():
    line = request("log", "k" * 1000)

    assert line.endswith(b"\n")
    assert len(line) < MOST_REQUEST_BYTES
    assert json.loads(line) == {"protocol": 1, "want": "log", "key": "k" * 1000}
    assert "key" not in json.loads(request("status"))
