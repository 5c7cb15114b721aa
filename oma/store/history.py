"""The past of a log: the state at any moment of it, without folding it again.

One fold over all records notes every change of every agent. A moment is then looked up, and what
is found equals what a fold from the start to that moment gives.
"""

from array import array
from bisect import bisect_right
from collections.abc import Sequence

import attrs

from oma.model.events import CommandSent, PaneOutput, Record
from oma.model.explanation import Explanation
from oma.model.health import Health, Transition, lane_of
from oma.model.ids import AgentId
from oma.model.state import AgentState, FleetState, in_order
from oma.reducers.fleet import Fleet
from oma.screen.styled import StyledRows
from oma.store.past_screens import PastScreens


@attrs.define
class _AgentTrack:
    """One agent through time. Its last activity changes with every output, hence apart."""

    times: "array[float]" = attrs.Factory(lambda: array("d"))
    states: list[AgentState | None] = attrs.Factory(list)
    """`None` where it is not known (any more); `active_s` is that of the moment of noting."""
    active_times: "array[float]" = attrs.Factory(lambda: array("d"))
    actives: "array[float]" = attrs.Factory(lambda: array("d"))

    def note(self, t: float, state: AgentState | None) -> None:
        last = self.states[-1] if self.states else None
        if state is not None:
            if not self.actives or self.actives[-1] != state.active_s:
                self.active_times.append(t)
                self.actives.append(state.active_s)
            if last is not None and last.active_s != state.active_s:
                last = attrs.evolve(last, active_s=state.active_s)
        if last != state:
            self.times.append(t)
            self.states.append(state)

    def at(self, t: float) -> AgentState | None:
        index = bisect_right(self.times, t)
        state = self.states[index - 1] if index else None
        if state is None:
            return None
        active_s = self.actives[bisect_right(self.active_times, t) - 1]
        return attrs.evolve(state, active_s=active_s)


@attrs.define
class History:
    """Takes the records of a log in order; tells how things were at any time so far.

    Args:
        fleet: A fold that has taken nothing yet.
    """

    _fleet: Fleet
    transitions: list[Transition] = attrs.Factory(list)
    """All of them, in order."""
    agent_timelines: dict[str, list[Transition]] = attrs.Factory(dict)
    """The same by `Transition.lane`."""
    agent_commands: dict[str, list[tuple[float, CommandSent]]] = attrs.Factory(dict)
    """What users had sent to the agents, and when; by the same."""
    end_s: float = 0.0
    """Of the newest record."""
    _transition_times: "array[float]" = attrs.Factory(lambda: array("d"))
    _record_times: "array[float]" = attrs.Factory(lambda: array("d"))
    _servers: list[tuple[float, str | None]] = attrs.Factory(lambda: [(0.0, None)])
    _tracks: dict[AgentId, _AgentTrack] = attrs.Factory(dict)
    _lingering: bool = False
    """An agent has ended and is still shown: it is dropped without a word."""
    _explanations: list[Explanation | None] = attrs.Factory(list)
    _screens: PastScreens = attrs.Factory(PastScreens)
    _last: FleetState | None = None
    """What was asked for last: a frame asks several times, and a paused replay for nothing else."""

    def take(self, record: Record) -> None:
        """Take the next record."""
        self._last = None
        while (due_s := self._fleet.next_deadline_s) <= record.t:
            transitions = self._fleet.advance(due_s)
            if transitions or self._lingering:
                self._note_all(max(due_s, self.end_s), transitions)
        self._fleet.advance(record.t)
        transitions = self._fleet.fold(record)
        self.end_s = record.t
        self._record_times.append(record.t)
        event = record.event
        self._screens.take(record.t, event)
        if type(event) is CommandSent:
            self._keep_command(record.t, event)
        if type(event) is PaneOutput:  # nearly every record is one
            state = self._fleet.state_of(event.pane)
            if state is not None:
                self._track(state.id).note(record.t, state)
            self._keep(record.t, transitions)
        else:
            self._note_all(record.t, transitions)

    def state_at(self, t: float) -> FleetState:
        """Return what is known at `t`, from 0 to `end_s`: all that happened by then, time passed."""
        if self._last is not None and self._last.t == t:
            return self._last
        agents = [state for track in self._tracks.values() if (state := track.at(t)) is not None]
        server = bisect_right(self._servers, t, key=lambda known: known[0])
        self._last = FleetState(
            seq=bisect_right(self._record_times, t),
            t=t,
            tmux=self._servers[server - 1][1],
            agents=tuple(sorted(agents, key=in_order)),
        )
        return self._last

    def styled_rows_at(self, t: float, agent: AgentId, most_rows: int) -> StyledRows | None:
        """Return the bottom rows of the agent's screen at `t`; `None` where it is not known."""
        track = self._tracks.get(agent)
        state = None if track is None else track.at(t)
        if state is None or state.pane is None:
            return None
        return self._screens.styled_rows_at(t, state.session, state.pane, most_rows)

    def explanation_at(self, t: float, name: str) -> Explanation | None:
        """Return why the agent called `name` at `t` came to be judged as it is then.

        It is that of the last transition by then, under whatever name; its `t` says when that was.
        """
        agent = self.state_at(t).named(name)
        for index in range(bisect_right(self._transition_times, t) - 1, -1, -1):
            told = self.transitions[index]
            if told.agent == name or (agent is not None and told.id == agent.id):
                return self._explanations[index]
        return None

    @property
    def stops(self) -> Sequence[float]:
        """When the transitions are, ascending."""
        return self._transition_times

    def transitions_before(self, t: float, most: int) -> tuple[Transition, ...]:
        """Return the last transitions up to `t`, the newest last."""
        end = bisect_right(self._transition_times, t)
        return tuple(self.transitions[max(0, end - most) : end])

    def _track(self, agent: AgentId) -> _AgentTrack:
        return self._tracks.setdefault(agent, _AgentTrack())

    def _note_all(self, t: float, transitions: list[Transition]) -> None:
        state = self._fleet.snapshot()
        known = {agent.id: agent for agent in state.agents}
        for agent in known.keys() | self._tracks.keys():
            self._track(agent).note(t, known.get(agent))
        if state.tmux != self._servers[-1][1]:
            self._servers.append((t, state.tmux))
        self._lingering = any(
            agent.gone or agent.verdict.health is Health.EXITED for agent in state.agents
        )
        self._keep(t, transitions)

    def _keep_command(self, t: float, event: CommandSent) -> None:
        state = None if event.pane is None else self._fleet.state_of(event.pane)
        if state is not None:
            self.agent_commands.setdefault(lane_of(state.id, state.name), []).append((t, event))

    def _keep(self, t: float, transitions: list[Transition]) -> None:
        for transition in transitions:
            self.transitions.append(transition)
            self._transition_times.append(t)
            self._explanations.append(self._fleet.explain(transition.agent, transition.t))
            self.agent_timelines.setdefault(transition.lane, []).append(transition)
