"""All agents, folded from records: the one place where a record changes what is believed.

Silence is computed, not logged. `next_deadline_s` is the next moment at which time alone may change a
verdict; `advance(t)` passes every such moment up to `t`, and `fold` takes one record. A live run and a
replay call both with the same times, and so agree to the byte.
"""

import heapq
import math
from collections.abc import Iterable, Iterator
from typing import assert_never

import attrs

from oma.model import events
from oma.model.attention import is_worth_telling
from oma.model.explanation import Explanation
from oma.model.health import Transition, Verdict
from oma.model.ids import AgentId, PaneId, SessionId
from oma.model.pane_sampled import PaneSampled
from oma.model.standing import AgentsStand, ChangesTold, WatchBegan
from oma.model.state import AgentState, FleetState
from oma.model.status_file import StatusFileRead
from oma.reducers.agent import AgentFold
from oma.reducers.agent_state import place_now, state_of
from oma.reducers.checkpoint import Restoring, checkpoint, told_anew
from oma.reducers.explaining import explain
from oma.reducers.pane_facts import checkouts_of, programs_of, status_files_of
from oma.reducers.roster import Roster, order
from oma.reducers.rules import Rules
from oma.screen.snapshots import Snapshot
from oma.screen.styled import StyledRows

_PaneFact = events.PaneCaptured | events.OutputLost | events.PaneResized
_PaneChange = _PaneFact | StatusFileRead | PaneSampled


@attrs.define
class Fleet:
    """The fold; mutable inside, frozen snapshots outside.

    Args:
        rules: What agents are judged by.
    """

    rules: Rules
    _roster: Roster = attrs.field(init=False)
    _due: list[tuple[float, tuple[int, int], AgentId]] = attrs.Factory(list)
    _tmux: str | None = None
    _seq: int = 0
    _t: float = 0.0
    _now: list[Transition] = attrs.Factory(list)
    stale_screens: dict[PaneId, str] = attrs.Factory(dict)
    """Panes whose screen has to be captured anew, with the reason; cleared by the capture."""
    unsampled: set[AgentId] = attrs.Factory(set)
    """Agents whose first verdict waits for a look at their processes."""
    unlisted: set[PaneId] = attrs.Factory(set)
    """Panes whose agent ended and left the list: to be watched no more."""
    _restoring: Restoring | None = None
    """Takes what is told up to the end of a checkpoint."""

    def __attrs_post_init__(self) -> None:
        self._roster = Roster(self.rules)

    @property
    def next_deadline_s(self) -> float:
        """The earliest moment at which `advance` may have something to do; infinite when none."""
        return self._due[0][0] if self._due else math.inf

    def advance(self, t: float) -> list[Transition]:
        """Let time pass up to and including `t` and return what it changed, in order."""
        while self._due and self._due[0][0] <= t:
            due_s, _, agent_id = heapq.heappop(self._due)
            agent = self._roster.agents.get(agent_id)
            if agent is None or agent.scheduled_s != due_s:
                continue
            agent.scheduled_s = agent.scheduled_later.pop()
            deadline_s = agent.deadline_s(due_s)
            if deadline_s <= due_s:
                self._reconsider(agent, due_s)
            else:
                self._schedule(agent, deadline_s)
        self._t = max(self._t, t)
        return self._take()

    def fold(self, record: events.Record) -> list[Transition]:
        """Take one record; time must have been advanced to it. Return what it changed."""
        self._seq, self._t = record.seq, record.t
        event = record.event
        if type(event) is events.PaneOutput and self._restoring is None:  # nearly every record
            self._output(record.t, event)
        else:
            self._fold_other(record.t, event)
        return self._take()

    def checkpoint(self) -> list[events.Event]:
        """Return what another fold has to begin with to know, from here on, what this one knows."""
        return checkpoint(self._roster, self._tmux, self._t)

    def snapshot(self) -> FleetState:
        """Return everything that is known now."""
        states = map(state_of, self._roster.in_order())
        agents = tuple(state for state in states if state is not None)
        return FleetState(seq=self._seq, t=self._t, tmux=self._tmux, agents=agents)

    def state_of(self, pane: PaneId) -> AgentState | None:
        """Return the agent that a pane belongs to, as it is in `snapshot`; `None` if it is not."""
        agent = self._roster.owner.get(pane)
        return None if agent is None else state_of(agent)

    def verdicts(self) -> Iterator[tuple[AgentFold, Verdict]]:
        """Yield every agent that has a verdict, with what is believed of it now, told or not."""
        for agent in self._roster.agents.values():
            verdict = agent.verdict(self._t)
            if verdict is not None:
                yield agent, verdict

    def explain(self, reference: str, t: float) -> Explanation | None:
        """Return why the agent of this id or name is as it is at `t`; `None` if it is not known.

        Time must have been advanced to `t`. Changes nothing.
        """
        agents = self._roster.agents
        called = [agent for agent in agents.values() if agent.name == reference]
        found = agents.get(AgentId(reference)) or (called[-1] if called else None)
        return None if found is None else explain(found, t)

    def shown(self, agent: AgentId) -> tuple[str, ...] | None:
        """Return the rows of the agent's screen; `None` while no capture of it has come."""
        pane = self._roster.primary_pane(agent)
        return None if pane is None else pane.rows()

    def styled_rows(self, agent: AgentId, most_rows: int) -> StyledRows | None:
        """Return the bottom rows of the agent's screen with their colours; `None` as `shown`."""
        pane = self._roster.primary_pane(agent)
        return None if pane is None else pane.styled_rows(most_rows)

    @property
    def programs(self) -> dict[PaneId, tuple[int, str]]:
        """The process and the foreground command of every pane whose process is known."""
        return programs_of(self._roster.agents.values())

    @property
    def checkouts(self) -> dict[PaneId, tuple[str, events.CheckoutSeen | None]]:
        """The directory of every pane that speaks for an agent, and what was logged of its checkout."""
        return checkouts_of(self._roster.agents.values())

    @property
    def status_files(self) -> dict[PaneId, tuple[str, int, StatusFileRead | None]]:
        """Of every pane whose agent keeps a status file: its format, the agent's process, what was logged."""
        return status_files_of(self._roster.agents.values())

    def terminal(self, pane: PaneId) -> Snapshot | None:
        """Return the whole terminal of a pane; `None` while no capture of it has come."""
        agent = self._roster.owner.get(pane)
        fold = None if agent is None else agent.panes.get(pane)
        return None if fold is None else fold.snapshot()

    def _fold_other(self, t: float, event: events.Event) -> None:  # noqa: C901  # a table of types
        match event:
            case WatchBegan() | AgentsStand():
                self._begin_anew(t, event)
            case events.ServerConnected():
                self._tmux = event.tmux
            case _ if self._restoring is not None:
                self._restoring.take(t, event)
            case events.ServerLost():
                self._tmux = None
                self.unlisted.clear()
                self._judge(t, self._roster.lost_server(t))
            case events.SessionOpened():
                self._judge(t, self._roster.opened(t, event))
            case events.SessionRenamed():
                self._roster.renamed(event)
            case events.SessionClosed():
                self._judge(t, self._roster.closed(t, event))
            case events.AgentFound():
                self.unlisted.discard(event.pane)
                self._judge(t, self._roster.found(t, event))
            case events.AgentEnded():
                self._judge(t, self._roster.ended(t, event))
            case events.PaneSeen():
                self._judge(t, self._roster.seen(t, event))
            case events.CheckoutSeen():
                self._roster.checked_out(event)
            case events.PaneClosed():
                self.unlisted.discard(event.pane)
                self._judge(t, self._roster.closed_pane(t, event))
            case events.PaneCaptured() | events.OutputLost():
                self._changed(t, event)
            case events.PaneResized() | StatusFileRead() | PaneSampled():
                self._changed(t, event)
            case events.ProcessesSampled():
                self._sampled(t, event)
            case events.PaneOutput():
                self._output(t, event)
            case events.ConnectionLost(session) if session is not None:
                self._unfollowed(t, session)
            case events.ConnectionLost() | events.ScreenFailed() | events.MonitorStopped():
                pass  # they change no verdict
            case events.CommandSent() | events.PlacementDecided() | ChangesTold():
                pass
            case events.TimePassed() | events.Unknown():
                pass
            case _:
                assert_never(event)

    def _take(self) -> list[Transition]:
        now, self._now = self._now, []
        return now

    def _reconsider(self, agent: AgentFold, t: float) -> None:
        self.stale_screens |= agent.look(t)
        verdict = agent.verdict(t)
        self.unsampled.discard(agent.id)
        if verdict is None and agent.lacks_sample(t):
            self.unsampled.add(agent.id)
        if verdict is not None and is_worth_telling(agent.published, verdict):
            source = None if agent.published is None else agent.published.health
            where = agent.id, place_now(agent)
            self._now.append(Transition(t, self._seq, agent.name, source, verdict, *where))
            agent.published = verdict
            agent.told_s = t
        agent.is_told |= verdict is not None
        is_over = agent.gone_s is not None and agent.deadline_s() <= t
        if is_over or agent.leaves_s <= t:
            self.unlisted.update(agent.panes)
            self._roster.drop(agent)
            return
        self._schedule(agent, agent.deadline_s())

    def _schedule(self, agent: AgentFold, deadline_s: float) -> None:
        # A later deadline waits behind the one that is due first; so an agent has but a few.
        if deadline_s < agent.scheduled_s:
            agent.scheduled_later.append(agent.scheduled_s)
            agent.scheduled_s = deadline_s
            heapq.heappush(self._due, (deadline_s, order(agent), agent.id))

    def _judge(self, t: float, agents: Iterable[AgentFold]) -> None:
        owner = self._roster.owner
        if any(pane not in owner for pane in self.stale_screens):
            for pane in [pane for pane in self.stale_screens if pane not in owner]:
                del self.stale_screens[pane]
        for agent in agents:
            self._reconsider(agent, t)

    def _begin_anew(self, t: float, event: WatchBegan | AgentsStand) -> None:
        if isinstance(event, WatchBegan):
            self._roster = self._roster.begun_anew()
            for known in (self._due, self.stale_screens, self.unsampled, self.unlisted):
                known.clear()
            self._tmux = None
            self._restoring = Restoring(self.rules) if event.restored else None
        elif self._restoring is not None:
            self._roster = self._restoring.finish(t, event, self._roster.before)
            self._restoring = None
            self._now += told_anew(self._roster, t, self._seq)
            for agent in self._roster.in_order():
                self._schedule(agent, agent.deadline_s())

    def _unfollowed(self, t: float, session: SessionId) -> None:
        for agent in self._roster.in_order():
            if agent.session == session and agent.gone_s is None:
                agent.first_look.expect_no_screen()
                self._reconsider(agent, t)

    def _output(self, t: float, event: events.PaneOutput) -> None:
        if (agent := self._roster.owner.get(event.pane)) is None:
            return
        names, due_s = agent.title, agent.output(t, event.pane, event.data)
        if not agent.is_session and agent.title is not names:
            self._roster.name_all()
        if due_s <= t:
            self._reconsider(agent, t)
        elif due_s < agent.scheduled_s:
            self._schedule(agent, due_s)

    def _changed(self, t: float, event: _PaneChange) -> None:
        if (agent := self._roster.owner.get(event.pane)) is None:
            return
        match event:
            case events.PaneCaptured():
                self.stale_screens.pop(event.pane, None)
                agent.captured(t, event)
            case events.OutputLost():
                agent.lost(event.pane)
            case events.PaneResized():
                agent.resized(t, event)
            case StatusFileRead():
                agent.panes[event.pane].file_read(t, event)
            case PaneSampled():
                agent.panes[event.pane].take_sampled(t, event)
        self._reconsider(agent, t)

    def _sampled(self, t: float, event: events.ProcessesSampled) -> None:
        for sample in event.samples:
            if (agent := self._roster.owner.get(sample.pane)) is not None:
                agent.sampled(t, sample)
                self._reconsider(agent, t)
