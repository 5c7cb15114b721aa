"""Scripted changes of agents, and what the policy makes of them."""

from datetime import UTC, datetime, timedelta

import attrs

from oma.model.health import Health, Transition, Verdict
from oma.model.ids import AgentId
from oma.notify.notification_policy import NotifyPolicy
from oma.notify.notification_rules import NotifyRules
from tests.unit.tui.fleets import agent, state

BEGAN = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)


@attrs.frozen
class Change:
    """At `t` an agent comes to be so."""

    t: float
    number: int
    health: Health
    reason: str = "r"
    dialog: object = None
    is_first: bool = False


@attrs.define
class Play:
    """Agents that change, a policy that hears of it, and a clock that stops at each deadline."""

    rules: NotifyRules = attrs.Factory(NotifyRules)
    began: datetime = BEGAN
    looked_at: frozenset = frozenset()
    facts: dict = attrs.Factory(dict)
    """Of agents: their names, projects…, by number."""
    policy: NotifyPolicy = attrs.field(init=False)
    agents: dict = attrs.Factory(dict)
    sent: list = attrs.Factory(list)

    def __attrs_post_init__(self):
        self.policy = NotifyPolicy(self.rules, lambda t: self.began + timedelta(seconds=t))

    def play(self, changes, until=1e6):
        for change in sorted(changes, key=lambda each: each.t):
            self.pass_time(change.t)
            self.apply(change)
        self.pass_time(until)
        return self.sent

    def pass_time(self, t):
        """Pass every deadline before `t`: what is due just then comes after what happens then."""
        while (due := self.policy.next_deadline_s) < t:
            self.look(due)

    def look(self, t):
        self.sent += self.policy.take(t, state(*self.agents.values()), self.looked_at)

    def apply(self, change):
        before = self.agents.get(change.number)
        verdict = Verdict(change.health, change.reason, "rule", "evidence", change.t)
        now = agent(
            change.number,
            verdict=verdict,
            dialog=change.dialog,
            id=AgentId(f"%{change.number}"),
            **self.facts.get(change.number, {}),
        )
        self.agents[change.number] = now
        source = None if before is None or change.is_first else before.verdict.health
        self.policy.observe(Transition(change.t, 1, now.name, source, verdict, now.id))

    def table(self):
        """What was sent: when, why, about whom."""
        return [
            (round(n.t, 3), str(n.kind), *(int(each.agent.id[1:]) for each in n.notices))
            for n in self.sent
        ]
