import json

import pytest

from oma.errors import ConfigError, OmaError
from oma.web.auth.roles import Role
from oma.web.auth.tokens import TokenFile
from tests.support.fake_web import Clock


@pytest.fixture
def clock():
    return Clock(1000.0)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "state" / "web-tokens.json"


@pytest.fixture
def tokens(path, clock):
    return TokenFile(path, clock)


def test_a_token_is_found_by_its_secret(tokens, path, clock):
    secret = tokens.add("ann", Role.OPERATOR, "oma-agent-1", 60.0)
    tokens.add("bob", Role.VIEWER, None, 60.0)

    found = TokenFile(path, clock).find(secret)

    assert (found.name, found.role, found.agent) == ("ann", Role.OPERATOR, "oma-agent-1")
    assert found.grant().token == "ann"
    assert tokens.find("another") is None


def test_the_file_is_the_owners_alone_and_holds_no_secret(tokens, path, no_umask):
    secret = tokens.add("ann", Role.VIEWER, None, 60.0)

    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert secret not in path.read_text()
    assert len(json.loads(path.read_text())["tokens"][0]["sha256"]) == 64


def test_what_another_process_wrote_is_seen(tokens, path, clock):
    secret = tokens.add("ann", Role.VIEWER, None, 60.0)
    TokenFile(path, clock).revoke("ann")

    assert tokens.find(secret) is None


def test_a_token_expires_and_its_name_is_free_again(tokens, clock):
    secret = tokens.add("ann", Role.VIEWER, None, 60.0)
    clock.t += 60.0

    assert tokens.find(secret) is None
    tokens.add("ann", Role.VIEWER, None, 60.0)


def test_a_name_is_given_once(tokens):
    tokens.add("ann", Role.VIEWER, None, 60.0)

    with pytest.raises(ConfigError, match="already"):
        tokens.add("ann", Role.ADMIN, None, 60.0)


@pytest.mark.parametrize("name", ["", "a b", "../x", "a\n", "ä", "a" * 65])
def test_what_is_no_name_is_refused(tokens, name):
    with pytest.raises(ConfigError, match="expected letters"):
        tokens.add(name, Role.VIEWER, None, 60.0)


def test_revoking_what_is_not_there_says_what_is(tokens):
    tokens.add("ann", Role.VIEWER, None, 60.0)

    with pytest.raises(ConfigError, match="there are: ann"):
        tokens.revoke("bob")


def test_a_file_that_others_can_write_is_not_believed(tokens, path):
    tokens.add("ann", Role.VIEWER, None, 60.0)
    path.chmod(0o644)
    path.write_text(path.read_text() + "\n")

    with pytest.raises(OmaError, match="chmod 600"):
        tokens.tokens()


def test_a_damaged_file_is_an_error_and_not_an_empty_one(tokens, path):
    tokens.add("ann", Role.VIEWER, None, 60.0)
    path.write_text('{"tokens": [{"name": 1}]}')

    with pytest.raises(OmaError, match="damaged"):
        tokens.tokens()
