"""Which machines are meant."""

import pytest
import trio

from oma.cli.following_hosts import engine_meant, follower_of, following_hosts, hosts_meant
from oma.config.fleet_section import FleetSection
from oma.config.schema import Config
from oma.errors import ConfigError
from oma.model.hosts import LinkState
from oma.runtime.fleet import connection_turns
from tests.support.patience import look_until


def test_those_of_the_command_line_come_before_those_of_the_configuration():
    config = Config(fleet=FleetSection(hosts=("box", "gpu1")))

    assert hosts_meant(config, "a,b") == ("a", "b")
    assert hosts_meant(config, None) == ("box", "gpu1")
    with pytest.raises(ConfigError, match=r"no \[fleet\] hosts in the configuration"):
        hosts_meant(Config(), None)
    with pytest.raises(ConfigError, match="is no host"):
        hosts_meant(Config(fleet=FleetSection(hosts=("-x",))), None)


def test_an_engine_is_meant_alone():
    assert engine_meant(None, "redis://localhost").host == "localhost"
    assert follower_of(Config(), None, "redis://localhost").args[0].host == "localhost"
    assert follower_of(Config(), "box", None).args == (("box",), "oma")
    with pytest.raises(ConfigError, match="choose one"):
        engine_meant("box", "redis://localhost")


async def test_a_host_is_judged_by_the_rules_of_its_own_log(monkeypatch, tmp_path):
    from tests.support.fake_ssh import make_ssh
    from tests.unit.cli.recordings import write

    ssh = make_ssh(tmp_path / "ssh")
    monkeypatch.setenv("PATH", ssh.path)
    ssh.host("box", f"cat {write(tmp_path / 'f.jsonl')}; exec sleep 1000")

    async with following_hosts(("box", "gpu1"), "oma", trio.current_time) as fleets:
        assert await look_until(lambda: fleets.state.agents and fleets.state.unreached)
        assert {agent.host for agent in fleets.state.agents} == {"box"}
        assert fleets.state.unreached == ("gpu1",)


async def test_hosts_that_hang_keep_no_other_from_being_reached(monkeypatch, tmp_path):
    from tests.support.fake_ssh import make_ssh
    from tests.unit.cli.recordings import write

    monkeypatch.setattr(connection_turns, "PASSED_ON_S", 0.01)
    ssh = make_ssh(tmp_path / "ssh")
    monkeypatch.setenv("PATH", ssh.path)
    hosts, links = [f"h{n}" for n in range(connection_turns.AT_ONCE + 1)], []
    log = f"cat {write(tmp_path / 'f.jsonl')}; exec sleep 1000"
    for host in hosts:
        ssh.host(host, f"{ssh.until_asked(len(hosts))}; {log}")

    async with following_hosts(hosts, "oma", trio.current_time) as fleets:
        fleets.told.append(lambda news: news.link and links.append(news.link))
        assert await look_until(lambda: len(links) >= len(hosts))
        assert {link.state for link in links} == {LinkState.LIVE}
