"""When the user is told of what: fed with changes and times of the log, it gives notifications.

A change that the user wants to know opens a *wait*. It is told once it has stood for `settle_s`, and once
more after `remind_s`. A change that ends before is never told, and a wait that only seemed to end for less
than `settle_s` is the same wait. What the user looks at when it would be told counts as told. Of many at once
there is one summary, for which the first of them waits `settle_s` at most.

    policy.observe(transition)                       # each, in order
    if t >= policy.next_deadline_s:
        notifications = policy.take(t, state, looked_at)

Who looks at what is a fact from outside, and so is the time of day: the same calls give the same
notifications.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from hashlib import sha256

import attrs

from oma.model.health import Health, Transition
from oma.model.ids import AgentId
from oma.model.state import AgentState, FleetState
from oma.notify.notification import Notice, Notification
from oma.notify.notification_rules import NotifyRules
from oma.notify.quiet_hours import quiet_s


@attrs.frozen
class ToldTransition:
    """What the user was told of an agent."""

    key: str
    """As `ask_key` names it."""
    is_last: bool = False
    """There is nothing more to tell of it: no reminder."""


def ask_key(agent: AgentState) -> str:
    """Return what distinguishes one wait of an agent from another one."""
    verdict, asked = agent.verdict, ""
    if agent.dialog is not None:
        # Letters and digits of the question alone: frames and cursors blink, and the label of an option
        # changes while the user types an answer there.
        words = "".join(filter(str.isalnum, agent.dialog.asked))
        asked = sha256(words.encode(errors="replace")).hexdigest()[:16]
    return f"{verdict.health}:{verdict.reason}:{asked}"


@attrs.define
class _Wait:
    """Something about one agent that the user wants to know."""

    agent: AgentId
    transition: Transition
    due_t: float
    """When it is to be told, or told again; infinite when never."""
    before: ToldTransition | None
    """What was told a moment ago: if that is what it still is about, nothing is told anew."""
    told: ToldTransition | None = None
    asks: str = ""
    """The key of another question that has come since it was told."""

    @property
    def is_question(self) -> bool:
        """It is one that a dialog may belong to."""
        return self.transition.verdict.health is Health.WAITING

    @property
    def known(self) -> ToldTransition | None:
        """What the user knows, as far as that may still stand."""
        return self.told or self.before


@attrs.define
class NotifyPolicy:
    """Owner of what was told.

    Args:
        rules: The user's wishes.
        local_time: The time of day at a moment of the log, with its zone.
    """

    rules: NotifyRules
    local_time: Callable[[float], datetime]
    _unseen: dict[AgentId, ToldTransition] = attrs.Factory(dict)
    """What an earlier run told of agents that have had no verdict yet in this one."""
    _waits: dict[AgentId, _Wait] = attrs.Factory(dict)
    _ended: dict[AgentId, tuple[float, ToldTransition]] = attrs.Factory(dict)
    """Waits that were told, and ended less than `settle_s` ago."""
    _quiet_until_t: float = -math.inf

    def observe(self, transition: Transition) -> None:
        """Take a change; in the order of the log."""
        agent, t = transition.id, transition.t
        if agent is None:
            return
        before = self._known_before(agent, transition)
        if self.rules.wants(transition):
            self._waits[agent] = _Wait(
                agent=agent,
                transition=transition,
                due_t=t + self.rules.settle_s,
                before=before,
            )
        elif before is not None:
            self._ended.setdefault(agent, (t, before))

    @property
    def hears_questions(self) -> bool:
        """Some question was told and stands: `hear` is to be called when screens change."""
        return any(wait.is_question and wait.known is not None for wait in self._waits.values())

    def hear(self, t: float, agents: Iterable[AgentState]) -> None:
        """Take note of what agents ask now, at `t`: another question is another wait, without a change.

        It is told when it has stood as long as any other wait.
        """
        for agent in agents:
            wait = self._waits.get(agent.id)
            if wait is None or agent.dialog is None or not wait.is_question:
                continue
            if (known := wait.known) is None or (wait.told is None and not wait.asks):
                continue  # it is not told yet, and its question is read when it is
            key = ask_key(agent)
            if key in {wait.asks, wait.told.key if wait.told is not None else ""}:
                continue
            wait.before, wait.told, wait.asks = known, None, key
            wait.due_t = t + self.rules.settle_s

    def meet_server(self, told_before: Mapping[AgentId, ToldTransition]) -> None:
        """Begin with the agents of a server; those of another one are forgotten, as ids are used anew.

        Args:
            told_before: `told` of an earlier run on that server: what stands since is not told again.
        """
        self._unseen = dict(told_before)
        self._waits.clear()
        self._ended.clear()

    @property
    def next_deadline_s(self) -> float:
        """When there is something to tell next, in seconds of the log; infinite when never."""
        return max(self._release_t(), self._quiet_until_t)

    @property
    def is_held_by_quiet_hours(self) -> bool:
        """Something waits for the end of quiet hours, which comes sooner if the machine sleeps."""
        return self._release_t() < self._quiet_until_t

    @property
    def told(self) -> Mapping[AgentId, ToldTransition]:
        """What the user was told that may stand still, for `meet_server` of a later run."""
        stands = {agent: wait.known for agent, wait in self._waits.items()}
        return self._unseen | {a: told for a, told in stands.items() if told is not None}

    def recheck_quiet_hours(self, t: float) -> None:
        """Find out anew until when it is quiet."""
        rest_s = quiet_s(self.rules.quiet, self.local_time(t))
        self._quiet_until_t = t + rest_s if rest_s else -math.inf

    def take(
        self, t: float, state: FleetState, looked_at: AbstractSet[AgentId]
    ) -> list[Notification]:
        """Return what is to be told at `t`, once.

        Args:
            t: Now; not before the last change.
            state: Of all agents, after the last change.
            looked_at: The agents that the user looks at.
        """
        if t < self._release_t():
            return []
        self.recheck_quiet_hours(t)
        if t < self._quiet_until_t:
            return []
        notices = [
            notice
            for wait in self._due(t)
            if (notice := self._notice(wait, t, state)) is not None and wait.agent not in looked_at
        ]
        if len(notices) > self.rules.summary_above:
            return [Notification(t, tuple(notices))]
        return [Notification(t, (notice,)) for notice in notices]

    def _due(self, t: float) -> list[_Wait]:
        due = [wait for wait in self._waits.values() if wait.due_t <= t]
        return sorted(due, key=lambda wait: (wait.due_t, wait.agent))

    def _notice(self, wait: _Wait, t: float, state: FleetState) -> Notice | None:
        """Take note that a wait is told now; `None` where it is not to be."""
        agent = state.agent(wait.agent)
        if agent is None or agent.verdict.health is not wait.transition.verdict.health:
            del self._waits[wait.agent]  # it left the list, or what it is now comes as a change
            return None
        if not self.rules.concern(agent):
            wait.due_t = math.inf
            return None
        if wait.told is not None:
            wait.told, wait.due_t = attrs.evolve(wait.told, is_last=True), math.inf
            return Notice(agent, wait.transition, again=True)
        key, before = ask_key(agent), wait.before
        is_known = before is not None and before.key == key
        wait.told = before if is_known and before is not None else ToldTransition(key)
        reminds = self.rules.remind_s > 0 and not wait.told.is_last
        wait.due_t = t + self.rules.remind_s if reminds else math.inf
        return None if is_known else Notice(agent, wait.transition)

    def _known_before(self, agent: AgentId, transition: Transition) -> ToldTransition | None:
        """End the wait of an agent, and return what the user knows of it that may go on."""
        t = transition.t
        ended = self._ended
        for each in [each for each, (at, _) in ended.items() if t - at >= self.rules.settle_s]:
            del ended[each]
        earlier = self._unseen.pop(agent, None)
        wait = self._waits.pop(agent, None)
        if wait is not None:
            return wait.known
        if transition.source is None:
            return earlier
        return ended.pop(agent)[1] if agent in ended and self.rules.wants(transition) else None

    def _release_t(self) -> float:
        """Return when what is due first is told: later if so many follow that they are a summary."""
        due = sorted(wait.due_t for wait in self._waits.values())
        if not due:
            return math.inf
        group = [each for each in due if each <= due[0] + self.rules.settle_s]
        return group[-1] if len(group) > self.rules.summary_above else due[0]
