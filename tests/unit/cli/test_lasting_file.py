"""What outlives a tmux server has one place for each server; the lock of its keeper goes with the machine."""

import os
import tempfile
from pathlib import Path

import pytest

from oma.cli.cli_context import read_context
from oma.cli.lasting_file import keeper_lock, lasting_file
from oma.cli.option_values import GlobalOptions
from oma.errors import ConfigError


@pytest.fixture
def runtime():
    """Give a directory whose path is short: a longer one is not used."""
    with tempfile.TemporaryDirectory(prefix="oma-r-") as folder:
        yield Path(folder)


@pytest.fixture
def context(runtime, monkeypatch):
    """Give a context whose runtime directory is the test's own."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    return read_context(GlobalOptions(socket_path="/s"))


def test_each_kind_and_each_server_has_a_file_of_its_own(context, tmp_path):
    file = lasting_file(context, "queue", "no queue").path
    assert file.parent == tmp_path / ".local" / "state" / "oma" / "queue"
    other = read_context(GlobalOptions(socket_path="/t"))
    assert lasting_file(other, "queue", "no queue").path != file
    assert lasting_file(context, "fleet", "none").path.parent.name == "fleet"


def test_the_lock_is_where_a_reboot_takes_it(context, runtime):
    lock = keeper_lock(context, "queue")
    assert lock.is_relative_to(runtime)
    assert lock.stem == lasting_file(context, "queue", "no queue").path.stem


def test_without_a_home_it_is_said_what_cannot_be(context, monkeypatch):
    monkeypatch.delitem(os.environ, "HOME")
    with pytest.raises(ConfigError, match="no queue: neither XDG_STATE_HOME nor HOME"):
        lasting_file(context, "queue", "no queue")
