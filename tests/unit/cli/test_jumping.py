import pytest

from oma.cli.cli_context import read_context
from oma.cli.jumping import check_inside
from oma.cli.option_values import GlobalOptions
from oma.errors import OmaError


def test_a_client_that_is_named_can_be_moved_from_anywhere(monkeypatch):
    monkeypatch.delenv("TMUX", raising=False)

    check_inside(read_context(GlobalOptions()), "/dev/pts/3", "oma attach bob")


def test_elsewhere_the_command_that_does_it_is_named(monkeypatch):
    monkeypatch.delenv("TMUX", raising=False)

    with pytest.raises(OmaError, match="use 'oma attach bob'"):
        check_inside(read_context(GlobalOptions()), None, "oma attach bob")
