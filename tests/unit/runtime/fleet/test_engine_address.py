"""Where an engine is."""

import pytest

from oma.errors import ConfigError
from oma.runtime.fleet.engine_address import EngineAddress, parse_engine


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("redis://localhost", EngineAddress("redis://localhost", "localhost")),
        ("valkey://127.0.0.1:7000/2", EngineAddress("valkey://127.0.0.1:7000/2", "127.0.0.1", 7000, database=2)),
        ("redis://[::1]:7000", EngineAddress("redis://[::1]:7000", "::1", 7000)),
        ("rediss://fleet.example/", EngineAddress("rediss://fleet.example", "fleet.example", is_secure=True)),
        ("valkeys://a%40b:c%3Ad@x", EngineAddress("valkeys://x", "x", user="a@b", password="c:d", is_secure=True)),
        ("unix:///run/v.sock", EngineAddress("unix:///run/v.sock", path="/run/v.sock")),
    ],
)  # fmt: skip
def test_an_address_says_where_and_who(url, address):
    assert parse_engine(url, {}) == address


def test_a_password_is_taken_from_the_environment_and_never_shown():
    found = parse_engine("rediss://ann@x", {"OMA_FLEET_PASSWORD": "secret"})
    assert (found.user, found.password) == ("ann", "secret")
    assert "secret" not in repr(found) + found.words
    assert parse_engine("rediss://ann:own@x", {"OMA_FLEET_PASSWORD": "secret"}).password == "own"


def test_nothing_is_sent_readable_beyond_this_machine():
    with pytest.raises(ConfigError, match="readable: rediss://"):
        parse_engine("redis://fleet.example", {})


@pytest.mark.parametrize("url", ["", "x", "http://x", "rediss://", "rediss://x/y", "rediss://x:y", "unix://", "rediss://x/1234", "rediss://[x"])  # fmt: skip
def test_what_is_no_address_is_refused(url):
    with pytest.raises(ConfigError, match="expected rediss"):
        parse_engine(url, {})
