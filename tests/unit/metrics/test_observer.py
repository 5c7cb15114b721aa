import attrs

from oma.metrics.observer import AgentSample, Observer, agent_samples
from oma.model.health import Health, Transition, Verdict
from tests.unit.tui.fleets import agent, verdict


@attrs.define
class Counts:
    """A meter that keeps what it was told."""

    said: list = attrs.Factory(list)

    def changed(self, source, health, reason):
        self.said.append((source, health, reason))

    def waited(self, length_s):
        self.said.append(("waited", length_s))

    def told(self, late_s):
        self.said.append(("told", round(late_s, 6)))


def transition(t, source, health, agent_id="$1"):
    return Transition(t, 1, "a", source, Verdict(health, "why", "rule", "text", t), id=agent_id)


def test_each_change_is_counted_with_how_late_it_was_told():
    counts = Counts()

    Observer(counts).take(transition(1.0, None, Health.OK), told_s=1.25)
    assert counts.said == [("new", "ok", "why"), ("told", 0.25)]


def test_a_wait_is_counted_when_it_ends_from_when_it_began():
    counts = Counts()
    observer = Observer(counts)

    observer.take(transition(1.0, Health.OK, Health.WAITING), 1.0)
    observer.take(transition(2.0, Health.OK, Health.WAITING, "$2"), 2.0)
    observer.take(transition(3.0, Health.WAITING, Health.WAITING), 3.0)  # for another reason
    observer.take(transition(5.0, Health.WAITING, Health.OK), 5.0)
    observer.take(transition(6.0, Health.OK, Health.IDLE), 6.0)

    assert [each for each in counts.said if each[0] == "waited"] == [("waited", 4.0)]


def test_agents_that_live_are_told_with_how_long_they_have_been_so():
    asks = agent(1, verdict=verdict(Health.WAITING, since_s=10.0), project="/srv/x")
    future = agent(2, verdict=verdict(Health.OK, since_s=99.0))

    assert agent_samples([asks, future, agent(3, gone=True)], 15.0) == [
        AgentSample("oma-agent-1", "generic", "/srv/x", Health.WAITING, 5.0),
        AgentSample("oma-agent-2", "generic", "", Health.OK, 0.0),
    ]
