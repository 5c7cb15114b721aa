"""What the user wants to be told of: healths and reasons, agents, projects, and how long each has to stand.

>>> parse_trigger("stuck:rate-*")
Trigger(health=<Health.STUCK: 'stuck'>, reason='rate-*')
>>> parse_trigger("asleep") is None
True
"""

import fnmatch
from collections.abc import Sequence

import attrs

from oma.model.attention import URGENT
from oma.model.health import ATTENTION, Health, Transition, Verdict
from oma.model.state import AgentState
from oma.notify.quiet_hours import Period


@attrs.frozen
class Trigger:
    """A health, and a glob for the reasons of it."""

    health: Health
    reason: str = "*"

    def matches(self, verdict: Verdict) -> bool:
        """Say whether a verdict is meant."""
        return verdict.health is self.health and fnmatch.fnmatchcase(verdict.reason, self.reason)


def parse_trigger(text: str) -> Trigger | None:
    """Return what `HEALTH` or `HEALTH:REASON` means; `None` where it is neither."""
    health, colon, reason = text.partition(":")
    if health not in set(Health) or (colon and not reason.strip()):
        return None
    return Trigger(Health(health), reason or "*")


@attrs.frozen
class NotifyRules:
    """The user's wishes. Times are in seconds."""

    triggers: tuple[Trigger, ...] = (
        Trigger(Health.WAITING),
        Trigger(Health.STUCK),
        Trigger(Health.IDLE, ATTENTION),
    )
    agents: tuple[str, ...] = ()
    """Globs for names of agents; one that begins with `!` leaves agents out. Empty for all."""
    projects: tuple[str, ...] = ()
    """As `agents`, for projects: their directories, or the last names of these."""
    groups: tuple[str, ...] = ()
    """As `agents`, for the groups that the user put them in."""
    settle_s: float = 2.0
    """How long a state stands before it is told."""
    remind_s: float = 0.0
    """How long after that it is told once more; 0 is never."""
    summary_above: int = 3
    """More than so many at once are one notification."""
    quiet: tuple[Period, ...] = ()
    """Nothing is told meanwhile; what stands at their end is told then."""

    def wants(self, transition: Transition) -> bool:
        """Say whether a change begins something that is told, whoever the agent is.

        What had ended, or come to rest, before the watch began is no news.
        """
        verdict = transition.verdict
        if transition.source is None and verdict.health not in URGENT:
            return False
        return any(trigger.matches(verdict) for trigger in self.triggers)

    def concern(self, agent: AgentState) -> bool:
        """Say whether an agent is one of those that are told of."""
        last_name = agent.project.rpartition("/")[2]
        return (
            _passes(self.agents, (agent.name, *agent.names))
            and _passes(self.projects, (agent.project, last_name))
            and _passes(self.groups, (agent.group,))
        )


def _passes(globs: Sequence[str], names: Sequence[str]) -> bool:
    if any(_fits(glob[1:], names) for glob in globs if glob.startswith("!")):
        return False
    wanted = [glob for glob in globs if not glob.startswith("!")]
    return not wanted or any(_fits(glob, names) for glob in wanted)


def _fits(glob: str, names: Sequence[str]) -> bool:
    return any(fnmatch.fnmatchcase(name, glob) for name in names)
