"""The log itself. `append` stamps, advances, folds and publishes, in one synchronous step.

There is one writer and one event loop, hence no lock. The fold is the store's own: everybody else asks the
store, and what it answers does not change. Views read the latest state through `wait_newer`
and may skip states; recorders read every step through a `tail` and are cut off if they fall too far behind.

    record = store.append(PaneOutput(pane, b"hello"))  # its number, its time
    await store.wait_newer(record.seq - 1)
    state = store.state                                # what is believed after it
"""

from collections import deque
from collections.abc import Callable, Sequence

import attrs

from oma.model.events import (
    CheckoutSeen,
    Event,
    PaneCaptured,
    PaneOutput,
    Record,
    TimePassed,
)
from oma.model.explanation import Explanation
from oma.model.health import Transition
from oma.model.ids import AgentId, PaneId
from oma.model.state import AgentState, FleetState
from oma.model.status_file import StatusFileRead
from oma.reducers.fleet import Fleet
from oma.screen.snapshots import Snapshot
from oma.screen.styled import StyledRows
from oma.store.tail import Tail, TailStep
from oma.store.waiters import Waiters

MOST_TOLD = 200
"""As many transitions of the past are kept for those who come later."""

_SCREENS = frozenset({PaneOutput, PaneCaptured})

TAIL_STEPS = 200_000
TAIL_BYTES = 64 << 20
"""Seconds of the fastest output that tmux can deliver; more than that is a reader that hangs."""


@attrs.define
class Store:
    """The log and the state folded from it.

    Args:
        fleet: The fold.
        clock: Seconds since the log began; must not go back.
    """

    _fleet: Fleet
    clock: Callable[[], float]
    seq: int = 0
    """Of the newest record."""
    facts_seq: int = 0
    """Of the newest record that is more than output or a screen, or that changed a verdict."""
    t: float = 0.0
    """How far time has been folded, in seconds."""
    is_fed: bool = False
    """Every record comes from another store, and time passes by them alone: that one sees more of it."""
    told: deque[Transition] = attrs.Factory(lambda: deque(maxlen=MOST_TOLD))
    """The latest transitions, the newest last."""
    _tails: list[Tail] = attrs.Factory(list)
    _state: FleetState | None = None
    _deadline_s: float = attrs.field(factory=lambda: float("inf"))
    _readers: Waiters = attrs.Factory(Waiters)
    _distrust: Waiters = attrs.Factory(Waiters)
    _unlisted: Waiters = attrs.Factory(Waiters)
    _unsampled: Waiters = attrs.Factory(Waiters)
    _sooner: Waiters = attrs.Factory(Waiters)

    def append(self, event: Event) -> Record:
        """Log what happened now and return its record. Never blocks."""
        record = Record(self.seq + 1, self._stamp(), event)
        self.restore(record)
        return record

    def restore(self, record: Record) -> list[Transition]:
        """Take a record that is stamped already, as a replay does; return its transitions."""
        transitions = self._fleet.advance(record.t)
        transitions += self._fleet.fold(record)
        self._publish(record, transitions)
        return transitions

    def pass_time(self) -> None:
        """Run what is due by now. Logged only where it changed a verdict. Never blocks."""
        t = self._stamp()
        self.t = t
        transitions = self._fleet.advance(t)
        self._wake_monitor()
        if transitions:
            record = Record(self.seq + 1, t, TimePassed())
            transitions += self._fleet.fold(record)
            self._publish(record, transitions)
        # Also where nothing was said: a deadline that was passed must not hide a later one.
        self._deadline_s = self._fleet.next_deadline_s

    @property
    def state(self) -> FleetState:
        """The latest state."""
        if self._state is None:
            self._state = self._fleet.snapshot()
        return self._state

    def agent(self, agent_id: AgentId | None) -> AgentState | None:
        """Return the agent of this id; `None` if there is none."""
        return self.state.agent(agent_id)

    def agent_in(self, pane: PaneId) -> AgentState | None:
        """Return the agent that a pane belongs to; `None` if it is none's. Cheaper than `state`."""
        return self._fleet.state_of(pane)

    def checkpoint(self) -> list[Event]:
        """Return what a log begins with that is taken up now: all that is known, as events."""
        return self._fleet.checkpoint()

    def explain(self, reference: str) -> Explanation | None:
        """Return why the agent of this id or name is as it is; `None` if it is not known."""
        return self._fleet.explain(reference, self.t)

    async def past_of(self, agent: AgentState) -> Sequence[Transition]:  # noqa: ARG002  # of the protocol
        """Return nothing: what was before is in other logs."""
        return ()

    def shown(self, agent: AgentId) -> tuple[str, ...] | None:
        """Return the rows of the agent's screen; `None` while no capture of it has come."""
        return self._fleet.shown(agent)

    def styled_rows(self, agent: AgentId, most_rows: int) -> StyledRows | None:
        """Return the bottom rows of the agent's screen with their colours; `None` as `shown`."""
        return self._fleet.styled_rows(agent, most_rows)

    def terminal(self, pane: PaneId) -> Snapshot | None:
        """Return the whole terminal of a pane; `None` while no capture of it has come."""
        return self._fleet.terminal(pane)

    @property
    def programs(self) -> dict[PaneId, tuple[int, str]]:
        """The process and the foreground command of every pane whose process is known."""
        return self._fleet.programs

    @property
    def checkouts(self) -> dict[PaneId, tuple[str, CheckoutSeen | None]]:
        """The directory of every pane that speaks for an agent, and what was logged of its checkout."""
        return self._fleet.checkouts

    @property
    def status_files(self) -> dict[PaneId, tuple[str, int, StatusFileRead | None]]:
        """Of every pane whose agent keeps a status file: its format, the agent's process, what was logged."""
        return self._fleet.status_files

    @property
    def unsampled(self) -> frozenset[AgentId]:
        """Agents whose first verdict waits for a look at their processes."""
        return frozenset(self._fleet.unsampled)

    @property
    def next_deadline_s(self) -> float:
        """When time alone next changes a verdict, in seconds of the log; infinite when never."""
        return self._fleet.next_deadline_s

    async def wait_newer(self, seq: int) -> None:
        """Wait until there is a record after `seq`; may skip some. What is known then is `state`."""
        while self.seq <= seq:
            await self._readers.park()

    def tail(self, capacity_steps: int = TAIL_STEPS, capacity_bytes: int = TAIL_BYTES) -> Tail:
        """Return a subscription to every step from here on."""
        tail = Tail(capacity_steps, capacity_bytes)
        self._tails.append(tail)
        return tail

    def leave(self, tail: Tail) -> None:
        """End a subscription; nothing more is held for it."""
        tail.close()
        if tail in self._tails:
            self._tails.remove(tail)

    def close(self) -> None:
        """End every tail."""
        for tail in self._tails:
            tail.close()
        self._tails.clear()

    async def wait_deadline_sooner(self, than_s: float) -> None:
        """Wait until the next deadline lies before `than_s`."""
        while self._fleet.next_deadline_s >= than_s:
            await self._sooner.park()

    async def wait_stale_screens(self) -> dict[PaneId, str]:
        """Wait until there are panes whose screen has to be captured anew, and return them."""
        while not self._fleet.stale_screens:
            await self._distrust.park()
        return dict(self._fleet.stale_screens)

    async def wait_unlisted(self) -> tuple[PaneId, ...]:
        """Wait until there are panes to be watched no more, and return them, once."""
        while not self._fleet.unlisted:
            await self._unlisted.park()
        panes = tuple(self._fleet.unlisted)
        self._fleet.unlisted.clear()
        return panes

    async def wait_unsampled(self) -> None:
        """Wait until a first verdict waits for a look at the processes of its agent."""
        while not self._fleet.unsampled:
            await self._unsampled.park()

    def _stamp(self) -> float:
        # Whole microseconds before anything is folded: the very number that a recording holds.
        return self.t if self.is_fed else max(self.t, round(self.clock(), 6))

    def _publish(self, record: Record, transitions: list[Transition]) -> None:
        self.seq, self.t = record.seq, record.t
        self.told.extend(transitions)
        self._state = None
        if transitions or type(record.event) not in _SCREENS:
            self.facts_seq = record.seq
        if self._tails:
            step = TailStep(record, transitions)
            for tail in self._tails:
                tail.put(step)
        self._readers.unpark_all()
        self._wake_monitor()
        if self._fleet.unsampled:
            self._unsampled.unpark_all()
        deadline_s = self._fleet.next_deadline_s
        if deadline_s < self._deadline_s:
            self._sooner.unpark_all()
        self._deadline_s = deadline_s

    def _wake_monitor(self) -> None:
        if self._fleet.stale_screens:
            self._distrust.unpark_all()
        if self._fleet.unlisted:
            self._unlisted.unpark_all()
