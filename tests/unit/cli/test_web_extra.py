import importlib

import pytest

from oma.cli import web_extra
from oma.cli.cli_context import read_context
from oma.cli.option_values import GlobalOptions, ServeOptions
from oma.cli.web_extra import PACKAGES, serving_for, wrong_words
from oma.errors import ConfigError


@pytest.mark.parametrize("missing", PACKAGES)
def test_without_a_package_of_the_extra_it_is_said_what_to_install(missing, monkeypatch):
    find = importlib.util.find_spec
    monkeypatch.setattr(
        web_extra.importlib.util, "find_spec", lambda name: None if name == missing else find(name)
    )

    with pytest.raises(ConfigError, match=r"install 'oma-tmux\[web\]'"):
        serving_for(read_context(GlobalOptions()), ServeOptions())


def test_words_that_mean_nothing_are_answered_with_those_that_do():
    assert wrong_words(["tokens", "steal"]).startswith("oma web tokens steal: expected 'oma web ")
