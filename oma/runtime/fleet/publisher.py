"""Publishes the agents of one machine on an engine: how they are, and each change of their health.

Changes are written at once, the rest once a second, and every five seconds that the host lives. What could not
be written is written when the engine is there again: all agents as they are then, and each change under the
number that it had, so that none comes twice.
"""

from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress

import attrs
import trio

from oma.errors import OmaError, ProtocolError
from oma.model.health import Transition
from oma.model.ids import AgentId
from oma.model.publication import (
    MOST_AGENTS,
    MOST_TOLD,
    HostDescription,
    PublishedPiece,
    Told,
    description_text,
    piece_text,
    read_description,
    split_id,
    told_id,
)
from oma.model.published import agent_text, transition_text
from oma.model.state import AgentState
from oma.recording.compression import pack
from oma.runtime.fleet.engine import Engine, EngineError, EngineLink, Writing
from oma.runtime.fleet.engine_session import EngineSession
from oma.store.store import Store

GATHER_S = 1.0
"""How long what is no change of health waits for more of it."""

BEAT_S = 5.0
"""How often it is said at least that the host lives."""

END_S = 2.0
"""How long the last words may take."""


class NameTakenError(OmaError):
    """Another machine, or another `oma`, publishes under the name."""


@attrs.define
class Publisher:
    """The link of one host with an engine.

    Args:
        engine: Where it publishes.
        about: What is said of the host: `boot` is the least that it may have; numbers and times are filled in.
        host: Its name.
        store: What is known of its agents.
        clock: Of its log, in seconds.
        say: Tells the user one line.
    """

    engine: Engine
    about: HostDescription
    host: str
    store: Store
    clock: Callable[[], float]
    say: Callable[[str], None]
    is_ours: trio.Event = attrs.Factory(trio.Event)
    """Set when the engine has confirmed that the name is."""
    _changes: deque[tuple[int, Transition]] = attrs.Factory(lambda: deque(maxlen=MOST_TOLD))
    _last: int = 0
    """The number of the last change."""
    _sent: int = 0
    """The number of the last change that is on the engine."""
    _n: int = 0
    _boot: int = 0
    """0 until the engine was asked."""
    _whole: bool = True
    """The engine does not hold what it held when it was written to last."""
    _described: bytes | None = None
    """The description that was written last."""
    _agents: dict[AgentId, AgentState] = attrs.Factory(dict)
    """As they are on the engine."""
    _seq: int = 0
    _written_s: float = 0.0
    _urgent: trio.Event = attrs.Factory(trio.Event)
    _session: EngineSession = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._session = EngineSession(self.engine, self._follow, self._lost)

    async def run(self) -> None:
        """Publish until the log ends, and say so then.

        Raises:
            NameTakenError: Somebody else publishes under the name.
        """
        tail = self.store.tail()
        tail.only_transitions = True
        taken: NameTakenError | None = None

        async def publish() -> None:
            nonlocal taken
            try:
                await self._session.run()
            except NameTakenError as error:
                taken = error
                nursery.cancel_scope.cancel()

        try:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(publish)
                while steps := await tail.receive():
                    self._take(change for step in steps for change in step.transitions)
                nursery.cancel_scope.cancel()
            self._take(change for step in tail.take() for change in step.transitions)
        finally:
            self.store.leave(tail)
            if taken is None and self._boot:
                await self._say_last()
        if taken is not None:
            raise taken

    def _take(self, changes: Iterable[Transition]) -> None:
        for change in changes:
            self._last += 1
            self._changes.append((self._last, change))
        self._urgent.set()

    def _lost(self, error: EngineError) -> None:
        self.say(f"not published, trying again: {self.engine.words}: {error}")

    async def _follow(self, link: EngineLink) -> None:
        while True:
            await self._write(link)
            if self._session.works():
                self.say(f"published again at {self.engine.words}")
            with trio.move_on_at(self._written_s + GATHER_S):
                await self._urgent.wait()
                continue
            with trio.move_on_at(self._written_s + BEAT_S):
                await self.store.wait_newer(self._seq)

    async def _say_last(self) -> None:
        """Say that it ends on purpose, on a connection of its own: the other one was cancelled."""
        with suppress(EngineError, NameTakenError), trio.move_on_after(END_S, shield=True):
            async with self.engine.connect() as link:
                await self._write(link, is_last=True)

    async def _confirm(self, link: EngineLink) -> None:
        """Find out what the engine holds of us: it may have begun anew, also unnoticed."""
        claim = await link.claim(self.host)
        held = _description(claim.description)
        if claim.is_alive and held is not None and held.machine != self.about.machine:
            raise NameTakenError(
                f"another machine publishes as {self.host!r}: choose another name with --name"
            )
        boot, number = _split(claim.last_told)
        newest = max(boot, 0 if held is None else held.boot)
        if not self._boot:
            self._boot = max(self.about.boot, newest + 1)
        if newest > self._boot:
            raise NameTakenError(f"another oma publishes as {self.host!r} since then")
        self._sent = number if boot == self._boot else 0
        self.is_ours.set()
        self._whole = claim.description is None or claim.description != self._described

    async def _write(self, link: EngineLink, *, is_last: bool = False) -> None:
        await self._confirm(link)
        self._urgent = trio.Event()
        self._written_s, self._seq = trio.current_time(), self.store.seq
        agents = {each.id: each for each in self.store.state.agents[:MOST_AGENTS]}
        known = {} if self._whole else self._agents
        changed = [each for key, each in agents.items() if known.get(key) != each]
        gone = [key for key in known if key not in agents]
        changes = [(n, change) for n, change in self._changes if n > self._sent]
        is_news = bool(changed or gone or changes or self._whole or is_last)
        t = round(max(self.store.t, self.clock()), 6)
        self._n += is_news
        told = tuple(Told(self._boot, number, change) for number, change in changes)
        piece = PublishedPiece(
            self._boot, self._n, t, tuple(changed), tuple(gone), self._whole, told, is_last
        )
        about = attrs.evolve(
            self.about, boot=self._boot, n=self._n, told=self._last, t=t, stopped=is_last
        )
        texts = [agent_text(each) for each in changed]
        description = description_text(about).encode() if is_news else None
        await link.write(
            Writing(
                self.host,
                pack(piece_text(piece, texts).encode()),
                description,
                {each.id: text.encode() for each, text in zip(changed, texts, strict=True)},
                gone,
                self._whole,
                [(told_id(each), transition_text(each.change).encode()) for each in told],
                None if is_last else str(t).encode(),
            )
        )
        self._described, self._agents = description or self._described, agents


def _description(data: bytes | None) -> HostDescription | None:
    """Return what a description says; `None` where there is none that can be read."""
    try:
        return None if data is None else read_description(data)
    except ProtocolError:
        return None


def _split(told_id: str | None) -> tuple[int, int]:
    try:
        return (0, 0) if told_id is None else split_id(told_id)
    except ProtocolError:
        return 0, 0
