"""The page of several machines; it is asked over its socket in `tests/integration`."""

import pytest

from oma.cli.cli_context import read_context
from oma.cli.hosts_web import NOTICE, NoCommands, control_of, links_of, web_of_hosts
from oma.cli.option_values import GlobalOptions, HostOptions, ServeOptions
from oma.cli.web_serving import serving_for
from oma.errors import ConfigError, OmaError
from oma.model import intents
from oma.runtime.fleet.far_web_executor import FarWebExecutor
from oma.store.fleets import Fleets
from oma.store.published_hosts import PublishedHosts

SSH = Fleets(lambda: 0.0, ["box"])
ENGINE = PublishedHosts(lambda: 0.0, "redis://localhost")


@pytest.fixture
def server():
    made = serving_for(read_context(GlobalOptions()), ServeOptions(port=0))
    yield made
    made.listening.close()


def test_over_ssh_what_is_asked_is_done_there_and_an_engine_carries_no_commands(server):
    over_ssh, by_engine = control_of(server, SSH), control_of(server, ENGINE)

    assert (type(over_ssh.executor), over_ssh.notice) == (FarWebExecutor, "")
    assert (type(by_engine.executor), by_engine.notice) == (NoCommands, NOTICE)
    assert over_ssh.terminals is over_ssh.uploads is by_engine.terminals is None


async def test_nothing_is_done_by_an_engine():
    for asked in (
        NoCommands().carry_out(intents.StopAgent("$1@box"), "ann"),
        NoCommands().open_terminal("$1@box", "ann"),
    ):
        with pytest.raises(OmaError, match="carries no commands"):
            await asked
    refusal = await NoCommands().refusal(intents.NewAgent("a", "", ""))
    assert refusal.words == NOTICE


def test_the_engine_is_a_link_too():
    assert list(links_of(SSH)) == ["box"]
    assert list(links_of(ENGINE)) == ["redis://localhost"]


async def told(_url):
    """Nobody is."""


def test_a_host_that_is_none_is_refused_before_anything_listens():
    with pytest.raises(ConfigError, match="is no host"):
        web_of_hosts(HostOptions(ssh="-x"), ServeOptions(port=0), told)
