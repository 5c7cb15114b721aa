"""What happens, as events for everybody who watches: made once, read by each at their own pace.

Transitions are told at once, and each of them; agents are told as they are now, a few times a
second. What is kept is bounded: who falls behind gets a snapshot.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import attrs
import trio

from oma.model.documents import dialog_document, transition_document
from oma.model.health import Health, Transition
from oma.model.ids import AgentId
from oma.model.state import AgentState
from oma.web.presenter.agent_presenter import AgentPresenter
from oma.web.serialize import encode
from oma.web.streams.frames import Numbering, frame

KEPT = 1000
"""Events; who has missed more gets a snapshot."""

CHANGES_EVERY_S = 0.25
"""Between two tellings of agents that changed."""

ACTIVITY_EVERY_S = 1.0
"""Between two tellings of an agent that has but been active."""


@attrs.frozen
class FeedEvent:
    """One event: its parts by the agent they are about."""

    number: int
    event: str
    parts: tuple[tuple[str, bytes], ...]
    """Lasting name of an agent, which may be empty, and JSON."""
    whole: bytes
    """The frame for those who see every agent."""


@attrs.frozen
class _ToldOf:
    """What was told of one agent."""

    agent: AgentState
    """But for its activity."""
    who: tuple[tuple[str, ...], str | None]
    """Viewers and controller."""
    active_s: float
    told_s: float


@attrs.define
class Feed:
    """Turns what the store takes into events.

    Args:
        presenter: What is shown of agents.
    """

    presenter: AgentPresenter
    numbering: Numbering = attrs.Factory(Numbering)
    number: int = 0
    """Of the newest event."""
    transitions: int = 0
    """So many were told."""
    readers: int = 0
    begun: trio.Event = attrs.field(factory=lambda: _set_event())
    """A snapshot waits for it: that what there is was read, where that takes a moment."""
    _kept: deque[FeedEvent] = attrs.Factory(lambda: deque(maxlen=KEPT))
    _lot: trio.lowlevel.ParkingLot = attrs.Factory(trio.lowlevel.ParkingLot)
    _changed: trio.Event = attrs.Factory(trio.Event)
    _last: dict[AgentId, _ToldOf] = attrs.Factory(dict)
    """Of each agent that was told of."""
    _hosts: dict[object, dict[str, object]] = attrs.Factory(dict)
    """How each machine was said to be reached."""

    def take(self, transitions: Iterable[Transition]) -> None:
        """Take what a step of the log brought about."""
        for transition in transitions:
            self.transitions += 1
            agent = self.presenter.store.agent(transition.id)
            asks = agent is not None and transition.verdict.health is Health.WAITING
            dialog = agent.dialog if agent is not None and asks else None
            told = {
                **transition_document(transition),
                "n": self.transitions,
                "since_s": transition.verdict.since_s,
                "since": self.presenter.moment(transition.verdict.since_s),
                "dialog": None if dialog is None else dialog_document(dialog),
            }
            name = "" if agent is None else agent.lasting_name
            self._tell("transition", ((name, encode(told)),))
        self.touch()

    def lose(self) -> None:
        """Take note that steps were missed: every reader gets a snapshot."""
        self.numbering = Numbering()
        self.number += 1
        self.transitions += 1
        self._kept.clear()
        self._lot.unpark_all()

    def touch(self) -> None:
        """Take note that an agent may be another than was told."""
        self._changed.set()

    async def run(self) -> None:
        """Tell of agents that changed, for as long as somebody watches."""
        while True:
            await self._changed.wait()
            self._changed = trio.Event()
            if self.readers:
                self._tell_changes()
            await trio.sleep(CHANGES_EVERY_S)

    async def wait_newer(self, number: int) -> None:
        """Wait until there is an event after that number."""
        while self.number <= number:
            await self._lot.park()

    def after(self, number: int) -> list[FeedEvent] | None:
        """Return the events after that number; `None` where some are not kept any more."""
        if number > self.number or self.number - number > len(self._kept):
            return None
        return [told for told in self._kept if told.number > number]

    def _tell_changes(self) -> None:
        hosts = {each["host"]: each for each in self.presenter.hosts()}
        otherwise = [each for name, each in hosts.items() if self._hosts.get(name) != each]
        if otherwise:
            self._hosts = hosts
            self._tell("hosts", (("", encode(each)) for each in otherwise))
        agents = self.presenter.store.state.agents
        changed = [agent for agent in agents if self._is_news(agent)]
        if changed:
            parts = [
                (agent.lasting_name, encode(self.presenter.agent(agent))) for agent in changed
            ]
            self._tell("agents", parts)
        gone = sorted(self._last.keys() - {agent.id for agent in agents})
        if gone:
            names = [self._last.pop(each).agent.lasting_name for each in gone]
            self._tell("gone", zip(names, map(encode, gone), strict=True))

    def _is_news(self, agent: AgentState) -> bool:
        subscribers, now_s = self.presenter.subscribers, self.presenter.store.clock()
        still = attrs.evolve(agent, active_s=0.0)
        who = (subscribers.viewers(agent.id), subscribers.controller(agent.id))
        last = self._last.get(agent.id)
        if last is not None and (last.agent, last.who) == (still, who):
            if last.active_s == agent.active_s:
                return False
            if now_s - last.told_s < ACTIVITY_EVERY_S:
                self._changed.set()  # looked at again, when its second is over
                return False
        self._last[agent.id] = _ToldOf(still, who, agent.active_s, now_s)
        return True

    def _tell(self, event: str, parts: Iterable[tuple[str, bytes]]) -> None:
        self.number += 1
        kept = tuple(parts)
        ident = self.numbering.ident(self.number)
        self._kept.append(FeedEvent(self.number, event, kept, _frame(event, ident, kept)))
        self._lot.unpark_all()


@attrs.define
class FeedReader:
    """One reader of a feed.

    Args:
        feed: What it reads.
        sees: Whether an agent of a lasting name is for them.
        sees_all: Every agent is.
        resume: The place after which it goes on; a snapshot comes first where there is no such.
    """

    feed: Feed
    sees: Callable[[str], bool]
    sees_all: bool
    resume: str = ""
    _number: int | None = attrs.field(init=False)
    _resumes: bool = attrs.field(init=False)
    """Nothing was told yet, and no snapshot comes first."""

    def __attrs_post_init__(self) -> None:
        self._number = self.feed.numbering.number(self.resume)
        self._resumes = self._number is not None

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Have agents told of while the block runs."""
        self.feed.readers += 1
        self.feed.touch()
        try:
            yield
        finally:
            self.feed.readers -= 1

    async def next(self) -> bytes:
        """Wait for news and return them; a snapshot at the start, and after a gap."""
        while True:
            missed = None if self._number is None else self.feed.after(self._number)
            if self._number is None or missed is None:
                await self.feed.begun.wait()
                self._resumes = False
                return self._snapshot()
            if self._resumes:
                self._resumes = False
                return self.pulse()
            self._number = self.feed.number
            frames = b"".join(map(self._seen, missed))
            if frames:
                return frames
            await self.feed.wait_newer(self._number)

    def pulse(self) -> bytes:
        """Return what the server's clock shows now: ages need no common clock, and one may have slept."""
        presenter = self.feed.presenter
        return frame("clock", {"at": presenter.moment(presenter.store.clock())})

    def _snapshot(self) -> bytes:
        feed, store = self.feed, self.feed.presenter.store
        self._number = feed.number
        agents = feed.presenter.agents(self.sees)
        told = {"seq": store.seq, "t": store.t, "n": feed.transitions, "agents": agents}
        told["at"] = feed.presenter.moment(store.clock())
        told["hosts"] = feed.presenter.hosts()
        return frame("snapshot", told, feed.numbering.ident(feed.number))

    def _seen(self, told: FeedEvent) -> bytes:
        if self.sees_all:
            return told.whole
        parts = tuple(part for part in told.parts if self.sees(part[0]))
        ident = self.feed.numbering.ident(told.number)
        return _frame(told.event, ident, parts) if parts else b""


def _set_event() -> trio.Event:
    event = trio.Event()
    event.set()
    return event


def _frame(event: str, ident: str, parts: tuple[tuple[str, bytes], ...]) -> bytes:
    data = b",".join(encoded for _, encoded in parts)
    if event != "transition":
        data = (b'{"hosts":[' if event == "hosts" else b'{"agents":[') + data + b"]}"
    return f"id: {ident}\nevent: {event}\ndata: ".encode() + data + b"\n\n"
