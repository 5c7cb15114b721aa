"""Where it listens by its options; more of it in `test_web_serving`."""

from pathlib import Path

import pytest

from oma.cli.option_values import ServeOptions
from oma.cli.web_place import bound, certificate_of, place_of
from oma.errors import ConfigError
from oma.web.server import Certificate


def test_a_free_port_is_told_by_its_number_and_is_in_the_address():
    listening, address = bound(ServeOptions(port=0, base_path="/oma"), None)
    with listening:
        port = listening.getsockname()[1]
        assert place_of(ServeOptions(), listening) == f"127.0.0.1:{port}"
    assert address.url == f"http://127.0.0.1:{port}/oma"


def test_a_certificate_goes_with_its_key():
    both = ServeOptions(certfile="c.pem", keyfile="k.pem")

    assert certificate_of(both) == Certificate(Path("c.pem"), Path("k.pem"))
    assert certificate_of(ServeOptions()) is None
    with pytest.raises(ConfigError, match="go together"):
        certificate_of(ServeOptions(certfile="c.pem"))
