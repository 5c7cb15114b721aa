"""What is wrong with an engine, or with those that publish there."""

import attrs

from oma.cli import fleet_engine
from oma.cli.fleet_engine import address_of
from oma.cli.fleet_findings import MOST_NAMED, engine_findings, fleet_findings
from oma.model.publication import HostDescription
from oma.store.published_hosts import PublishedHosts
from tests.support.fake_engine import FakeEngine
from tests.unit.model.published_agents import AGENT

ABOUT = HostDescription(1000, 3, 2, 50.0, "ours", "3.3a", "0.2.0")


def test_hosts_are_counted_and_those_that_are_lost_are_named():
    hosts = PublishedHosts(lambda: 0.0, "engine")
    hosts.engine_reached()
    hosts.read("box", ABOUT, 50.0, (AGENT,), ())
    hosts.read("gone", attrs.evolve(ABOUT, stopped=True), None, (AGENT,), ())
    for n in range(MOST_NAMED + 2):
        hosts.refuse(f"h{n:02}", "nonsense")

    first, *others = engine_findings(hosts, 0.25)
    assert (first.ok, first.text) == (True, "engine: 1 of 24 hosts live, 1 agents, read in 0.25 s")
    assert others[0].text == "h00 lost: nonsense"
    assert [each.label for each in others] == ["warn"] * (MOST_NAMED + 1)
    assert others[-1].text == "2 more are lost"


async def test_an_engine_that_is_not_there_is_bad(monkeypatch, autojump_clock):
    engine = FakeEngine(is_down=True)
    monkeypatch.setattr(fleet_engine, "engine_at", lambda _: engine)

    (finding,) = await fleet_findings(address_of("redis://localhost"))
    assert (finding.ok, finding.text) == (False, "redis://localhost: not reached: it is down")
