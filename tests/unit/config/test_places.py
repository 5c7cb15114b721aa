from pathlib import Path

import pytest

from oma.config.load import load_config
from oma.config.places import config_directory, find_path
from oma.errors import ConfigError


def test_the_directory_follows_xdg_and_then_home():
    assert config_directory({"XDG_CONFIG_HOME": "/x", "HOME": "/h"}) == Path("/x/oma")
    assert config_directory({"XDG_CONFIG_HOME": "", "HOME": "/h"}) == Path("/h/.config/oma")
    assert config_directory({"XDG_CONFIG_HOME": "rel", "HOME": "/h"}) == Path("/h/.config/oma")
    assert config_directory({}) is None


@pytest.fixture
def places(tmp_path):
    """Three configuration files: for `--config`, for `OMA_CONFIG`, and at the default place."""
    paths = [tmp_path / "flag.toml", tmp_path / "env.toml", tmp_path / "oma" / "config.toml"]
    paths[2].parent.mkdir()
    for path in paths:
        path.touch()
    return paths


def test_the_flag_beats_the_variable_and_the_variable_beats_the_default(places):
    flag, variable, default = places
    environ = {"XDG_CONFIG_HOME": str(default.parents[1])}
    assert find_path(environ, None) == default
    assert find_path({**environ, "OMA_CONFIG": ""}, None) == default
    assert find_path({**environ, "OMA_CONFIG": str(variable)}, None) == variable
    assert find_path({**environ, "OMA_CONFIG": str(variable)}, str(flag)) == flag


def test_the_default_place_may_be_empty_or_unknown(tmp_path):
    (tmp_path / "file").touch()
    assert find_path({"XDG_CONFIG_HOME": str(tmp_path)}, None) is None
    assert find_path({"XDG_CONFIG_HOME": str(tmp_path / "file")}, None) is None
    assert find_path({}, None) is None


def test_a_file_that_was_asked_for_must_exist(tmp_path):
    with pytest.raises(ConfigError, match=r"/no\.toml: no such file, though --config names it$"):
        find_path({"OMA_CONFIG": str(tmp_path)}, str(tmp_path / "no.toml"))
    with pytest.raises(ConfigError, match=r"/no\.toml: no such file, though OMA_CONFIG names it$"):
        find_path({"OMA_CONFIG": str(tmp_path / "no.toml")}, None)


def test_a_default_file_that_is_a_dangling_link_is_not_taken_for_absent(tmp_path):
    path = tmp_path / "oma" / "config.toml"
    path.parent.mkdir()
    path.symlink_to(tmp_path / "gone")
    assert find_path({"XDG_CONFIG_HOME": str(tmp_path)}, None) == path
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(path)


def test_a_place_that_cannot_be_looked_into_is_an_error(tmp_path):
    # A link to itself fails with ELOOP for everybody, where missing rights do not stop root.
    (tmp_path / "oma").symlink_to(tmp_path / "oma")
    with pytest.raises(ConfigError, match="cannot be read: too many levels"):
        find_path({"XDG_CONFIG_HOME": str(tmp_path)}, None)
