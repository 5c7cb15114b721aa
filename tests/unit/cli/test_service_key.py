import os

import pytest

from oma.cli.service_key import service_key


@pytest.fixture
def environ(tmp_path):
    (tmp_path / "oma" / "profiles").mkdir(parents=True)
    (tmp_path / "oma" / "profiles" / "mine.toml").write_text("a")
    return {"XDG_CONFIG_HOME": str(tmp_path)}


def key(environ, config=None, match=None, *, only_own=False):
    return service_key(environ, config, match, only_own=only_own)


def test_it_is_the_same_while_nothing_differs(environ, tmp_path):
    assert key(environ) == key(dict(environ))
    assert key({}) == key({})


def test_it_differs_by_options_configuration_and_profiles(environ, tmp_path):
    config = tmp_path / "config.toml"
    config.write_text("")
    told = {
        key(environ),
        key(environ, match="x"),
        key(environ, only_own=True),
        key(environ, config),
        key({}),
    }
    config.write_text("[health]")
    told.add(key(environ, config))
    os.utime(tmp_path / "oma" / "profiles" / "mine.toml", ns=(1, 1))
    told.add(key(environ))
    config.unlink()
    told.add(key(environ, config))

    assert len(told) == 8
