"""What is known of one machine that publishes its agents, and its moments by our clock."""

from collections.abc import Callable, Iterable, Mapping
from operator import add
from typing import Any

import attrs

from oma.model.agent_values import altered, differences
from oma.model.health import Transition, Verdict
from oma.model.hosts import Link, changed_on_host, on_host
from oma.model.ids import AgentId
from oma.model.printable import printable
from oma.model.publication import PublishedPiece, Told
from oma.model.state import AgentState
from oma.screen.styled import PLAIN, StyledRows, StyledText
from oma.store.unseen_endings import UnseenEndings

SETTLE_S = 5.0
"""A publisher that begins anew has found all its agents by then."""

_JITTER_S = 1.0
"""News comes later than it was sent by less than this, unless a clock stood still."""

_EARLY_S = 0.25
"""By so much less late than the first news may other news be; for less the moments of all agents are not set anew."""


@attrs.define
class PublishedHost:
    """One host. Its agents are kept with the times of its own log."""

    link: Link
    boot: int = 0
    n: int = 0
    """Of the last piece that was taken."""
    told: int = 0
    """Of the last change that was taken."""
    missing: int = 0
    """Changes that came nowhere."""
    heard_s: float = 0.0
    tmux: str | None = None
    offset_s: float = 0.0
    """When its log began, by our clock."""
    agents: dict[AgentId, AgentState] = attrs.Factory(dict)
    endings: UnseenEndings = attrs.Factory(UnseenEndings)
    _settles_s: float = 0.0
    _is_set: bool = False
    _shown: tuple[AgentState, ...] | None = None
    _shown_ended: tuple[AgentState, ...] = ()
    _shown_of: dict[AgentId, AgentState] = attrs.Factory(dict)
    """Agents as they are shown, in the order of `agents`."""
    _unshown: dict[AgentId, AgentState | None] | None = None
    """Those of them that are otherwise by now, as they were when they were shown; `None` for all."""
    _shown_by: tuple[float, bool] = (0.0, False)
    """The clock and the link by which those are shown."""

    def hear(self, now_s: float, t: float) -> None:
        """Take it that the host said at `t` of its log what came now."""
        self.heard_s = now_s
        offset_s = now_s - t
        if not self._is_set or not -_EARLY_S <= offset_s - self.offset_s <= _JITTER_S:
            self.offset_s, self._is_set, self._shown = offset_s, True, None

    def began_s(self, boot: int) -> float:
        """Return when the log of a run of its publisher began, by our clock."""
        return self.offset_s + (boot - self.boot) / 1000

    def lose_sight(self, now_s: float) -> None:
        """Take it that its publisher has begun anew: who ended meanwhile is not known yet."""
        self.endings.lose_sight(self.ours)
        self._settles_s, self._is_set = now_s + SETTLE_S, False
        self.agents, self._unshown = {}, None

    def settle(self, now_s: float) -> list[Transition]:
        """Return what is to be told of agents that ended before a publisher began anew, once that is known."""
        if not self.endings.are_open or now_s < self._settles_s:
            return []
        self._shown = None
        return self.endings.settle(self.ours, now_s, 0)

    def follows(self, piece: PublishedPiece) -> bool:
        """Say whether nothing is missing between what was taken and a piece of the same run."""
        has_all = not piece.told or piece.told[0].number <= self.told + 1
        return has_all and (piece.whole or piece.n == self.n + 1)

    def change(self, piece: PublishedPiece) -> None:
        """Take how agents are, and which have gone."""
        if piece.whole:
            self.agents, self._unshown = {}, None
        unshown = self._unshown
        for agent in piece.agents:
            if unshown is not None:
                unshown.setdefault(agent.id, self.agents.get(agent.id))
            self.agents[agent.id] = agent
        for gone in piece.gone:
            for kept in (self.agents, self._shown_of, self._unshown or {}):
                kept.pop(gone, None)
        self._shown, self.n = None, piece.n

    def take_told(self, told: Iterable[Told]) -> list[Transition]:
        """Take changes in their order, and return those that are new."""
        found = []
        for each in told:
            if (each.boot, each.number) <= (self.boot, self.told):
                continue
            if each.boot > self.boot:
                self.boot, self.told = each.boot, 0
            self.missing += each.number - self.told - 1
            self.told = each.number
            found.append(each.change)
        return found

    def end_told(self, boot: int, number: int) -> None:
        """Take the number of the last change that there was."""
        if boot > self.boot:
            self.boot, self.told = boot, 0
        self.missing += max(0, number - self.told)
        self.told = max(self.told, number)

    def set_link(self, link: Link) -> None:
        """Take how it is reached."""
        self.link, self._shown = link, None

    @property
    def ours(self) -> list[AgentState]:
        """Its agents under their own names, by our clock."""
        return [at_our_clock(agent, self.offset_s) for agent in self.agents.values()]

    @property
    def as_shown(self) -> tuple[AgentState, ...] | None:
        """What `shown` gave, where neither news nor time can have changed that."""
        return None if self._shown_ended else self._shown

    def shown(self, link: Link, now_s: float) -> tuple[AgentState, ...]:
        """Return its agents, as those of all hosts are called, by our clock.

        Args:
            link: How it is reached; where that changes, `set_link` says it.
            now_s: Now.
        """
        ended = self.endings.shown(now_s)
        if self._shown is None or ended is not self._shown_ended:
            by = self.offset_s, link.is_live
            if self._unshown is None or by != self._shown_by:
                self._shown_of, self._unshown = {}, dict.fromkeys(self.agents)
            for each, before in self._unshown.items():
                self._shown_of[each] = self._as_shown(each, before, link)
            self._unshown, self._shown_by = {}, by
            self._shown = (*self._shown_of.values(), *(on_host(each, link) for each in ended))
            self._shown_ended = ended
        return self._shown

    def _as_shown(self, agent_id: AgentId, before: AgentState | None, link: Link) -> AgentState:
        """Return an agent as it is shown; where it was shown before, what is as it was stays the very same."""
        agent = self.agents[agent_id]
        if before is None:
            return on_host(agent, link, **_moments_at(agent, self.offset_s))
        changes = differences(before, agent)
        for name, value in changes.items():
            if name in _MOMENTS:
                changes[name] = _MOMENTS[name](value, self.offset_s)
        return changed_on_host(self._shown_of[agent_id], changes)


def at_our_clock(agent: AgentState, offset_s: float) -> AgentState:
    """Return an agent whose moments are those of a clock that was at `offset_s` when its log began."""
    return altered(agent, _moments_at(agent, offset_s))


def _moments_at(agent: AgentState, offset_s: float) -> dict[str, Any]:
    return {name: at(getattr(agent, name), offset_s) for name, at in _MOMENTS.items()}


def _verdict_at(verdict: Verdict, offset_s: float) -> Verdict:
    ending = verdict.ending
    if ending is not None and ending.t is not None:
        ending = attrs.evolve(ending, t=ending.t + offset_s)
    return attrs.evolve(verdict, since_s=verdict.since_s + offset_s, ending=ending)


_MOMENTS: Mapping[str, Callable[[Any, float], Any]] = {
    "active_s": add,
    "verdict": _verdict_at,
    "sampled_s": lambda t, offset_s: None if t is None else t + offset_s,
}
"""The fields of an agent that hold moments, by what they are at a clock."""


def told_at_our_clock(told: Transition, offset_s: float) -> Transition:
    """Return a change whose moments are those of a clock that was at `offset_s` when its log began."""
    return attrs.evolve(told, t=told.t + offset_s, verdict=_verdict_at(told.verdict, offset_s))


def stand_in(agent: AgentState) -> StyledRows:
    """Return what is known of an agent in place of its screen, which is not published: printable."""
    asked = agent.dialog
    texts = ["its screen is not published: Enter attaches to it", ""]
    if asked is None:
        texts += agent.verdict.evidence.splitlines()
    else:
        options = (
            f"{each.key}. {each.label}" if each.key else each.label for each in asked.options
        )
        texts += [*asked.subject.splitlines(), asked.question, *options]
    return tuple((StyledText(printable(text), PLAIN),) for text in texts)
