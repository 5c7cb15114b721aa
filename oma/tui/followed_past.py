"""The time line of the machine that somebody looks at: made anew when one of its agents has changed, or a second has passed."""

from collections import deque
from collections.abc import Iterable, Sequence

import attrs

from oma.model.hosts import host_of
from oma.model.ids import AgentId
from oma.model.state import AgentState
from oma.model.wall_time import WallTime
from oma.store.hosts_view import Runs
from oma.summary.health_changes import Change
from oma.tui.host_past import Told, host_past
from oma.tui.live_source import CHANGES_KEPT
from oma.tui.past_timeline import PastTimeline


@attrs.define
class FollowedPast:
    """The time line of one machine at a time."""

    _host: str = ""
    _runs: Runs = ()
    _before: Sequence[Sequence[Told]] = ()
    """What those tell."""
    _seen: deque[Told] = attrs.Factory(lambda: deque(maxlen=CHANGES_KEPT))
    """What has changed on the machine since somebody looked here."""
    _made: tuple[int, PastTimeline] | None = None
    """The second of the last time line; `None` where it is to be made anew."""

    def take(self, host: str, change: Change) -> None:
        """Take a change of an agent."""
        if host == self._host:
            self._seen.append((change.at, change.agent, change.health))
            self._made = None

    def timeline(
        self,
        host: str,
        runs: Runs,
        changes: Iterable[Change],
        agents: Iterable[AgentState],
        calendar: WallTime,
        now_s: float,
    ) -> PastTimeline:
        """Return the time line of a machine.

        Args:
            host: Which.
            runs: How its agents changed before.
            changes: Those of all machines since somebody looked here.
            agents: Of all machines.
            calendar: Tells when moments were.
            now_s: Now.
        """
        if host != self._host or runs is not self._runs:
            self._host, self._runs, self._made = host, runs, None
            self._before = [
                [(calendar.moment(each.t), each.agent, each.verdict.health) for each in run]
                for run in runs
            ]
            own_changes = (each for each in changes if host_of(AgentId(each.id))[1] == host)
            self._seen.clear()
            self._seen.extend((each.at, each.agent, each.health) for each in own_changes)
        if self._made is None or self._made[0] != int(now_s):
            own = [agent for agent in agents if agent.host == host]
            made = host_past(self._before, self._seen, own, calendar.moment(now_s))
            self._made = int(now_s), made
        return self._made[1]
