"""What would have been told of a log: the policy that a live run asks, fed with records."""

from collections.abc import Iterable, Iterator

from oma.model.events import PaneOutput, Record, ServerConnected
from oma.model.health import Transition
from oma.notify.notification import Notification
from oma.notify.notification_policy import NotifyPolicy
from oma.reducers.fleet import Fleet


def would_tell(
    fleet: Fleet, policy: NotifyPolicy, records: Iterable[Record]
) -> Iterator[Notification]:
    """Yield what a live run would have told, had nobody looked at any agent.

    Args:
        fleet: A fold that has taken nothing yet.
        policy: One that has heard of nothing yet.
        records: The log. What is due after its end is not told.
    """
    for record in records:
        yield from _pass_time(fleet, policy, record.t)
        if isinstance(record.event, ServerConnected):
            policy.meet_server({})
        _observe(policy, [*fleet.advance(record.t), *fleet.fold(record)])
        if isinstance(record.event, PaneOutput) and policy.hears_questions:
            agent = fleet.state_of(record.event.pane)
            policy.hear(record.t, () if agent is None else (agent,))


def _pass_time(fleet: Fleet, policy: NotifyPolicy, until_t: float) -> Iterator[Notification]:
    """Stop at each moment before `until_t` at which something changes or is due."""
    while (t := min(policy.next_deadline_s, fleet.next_deadline_s)) < until_t:
        _observe(policy, fleet.advance(t))
        if policy.next_deadline_s <= t:
            yield from policy.take(t, fleet.snapshot(), frozenset())


def _observe(policy: NotifyPolicy, transitions: Iterable[Transition]) -> None:
    for transition in transitions:
        policy.observe(transition)
