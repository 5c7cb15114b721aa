"""Agents are kept beside a run, and a dashboard offers to start those who are gone."""

import os

import attrs
import pytest
import trio

from oma.cli import fleet_task
from oma.cli.cli_context import read_context
from oma.cli.fleet_task import (
    OFFER_AFTER_S,
    fleet_file,
    keep_agents,
    keep_beside,
    offer_lost,
    restorer_of,
)
from oma.cli.option_values import GlobalOptions
from oma.errors import ConfigError, OmaError


@attrs.frozen
class Rules:
    """Of a run."""

    profiles: tuple = ()


@attrs.frozen
class Live:
    """A run, as far as it matters."""

    rules: Rules = attrs.field(factory=Rules)
    store: object = None


@pytest.fixture
def context(tmp_path, monkeypatch):
    """Give a context whose files are in directories of the test's own."""
    (tmp_path / "run").mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    return read_context(GlobalOptions(socket_path="/s"))


def test_they_are_kept_where_they_outlive_the_server(context, tmp_path):
    path = fleet_file(context).file.path
    assert path.parent == tmp_path / ".local" / "state" / "oma" / "fleet"
    assert restorer_of(context).file.file.path == path


def test_without_a_home_none_are_kept(context, monkeypatch):
    monkeypatch.delitem(os.environ, "HOME")
    with pytest.raises(ConfigError, match="no agents are kept"):
        fleet_file(context)


async def test_what_keeps_them_from_being_kept_is_said(context, monkeypatch, capsys):
    async def run(keeper):
        await trio.lowlevel.checkpoint()
        raise OmaError("no place")

    monkeypatch.setattr(fleet_task.FleetKeeper, "run", run)
    await keep_agents(context, Live())
    assert capsys.readouterr().err == "oma: agents are not kept: no place\n"
    await keep_beside(context, Live())
    assert capsys.readouterr().err == ""


async def test_who_is_gone_is_offered_soon_and_when_the_server_went(
    context, nursery, autojump_clock, monkeypatch
):
    class Restorer:
        async def lost(self):
            await trio.lowlevel.checkpoint()
            if there[0]:
                raise OmaError("tmux does not answer")
            return ("bob",)

    there, offered = [True], []
    nursery.start_soon(offer_lost, Restorer(), lambda: there[0], offered.append)
    await trio.sleep(5 * OFFER_AFTER_S)
    assert offered == []
    there[0] = False
    await trio.sleep(5 * OFFER_AFTER_S)
    assert offered == [("bob",)]
