"""The dashboard at work: wait for news, a key, another size or a label that changes; paint.

Nothing happening draws nothing. News is taken at most `FRAMES_A_SECOND` times a second, a key at
once. The store and a desk for intents are all that a dashboard is given of the world.
"""

import math
import signal
import sys
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from typing import Protocol

import attrs
import trio

from oma.model.events import PaneCaptured, PaneOutput
from oma.model.explanation import Explanation
from oma.model.health import Transition
from oma.model.ids import PaneId, SessionId
from oma.model.intents import Intent, NewAgent, Refusal
from oma.screen.styled import Run
from oma.store.store import Store
from oma.store.tail import Step, Tail
from oma.tui.compose import compose
from oma.tui.form import CompleteDirectory
from oma.tui.inputs import Click, Input, Key
from oma.tui.keymap import Keymap
from oma.tui.painter import Painter
from oma.tui.player import Player
from oma.tui.regions import divide
from oma.tui.scene import Scene
from oma.tui.theme import Face
from oma.tui.view import Proposals, View, World, selected_agent, settled
from oma.tui.view_state import Asked, checked, completed, step
from oma.tui.words import next_change_s

FRAMES_A_SECOND = 20
"""Of news and of an agent's screen; more than that no person reads."""

TURNS_SAVED = 5.0
"""Frames that quiet saves up: what comes in a burst after it is shown at once."""

DOUBLE_CLICK_S = 0.4
"""Two clicks on one cell within this time are one double click."""

TRANSITIONS_KEPT = 200
"""More than the tallest screen shows."""

_HUNG_UP_READS = 50
"""So many times readable with nothing to read is a terminal that is gone."""


class Desk(Protocol):
    """Where intents go."""

    async def carry_out(
        self, intent: Intent, lend: Callable[[], AbstractAsyncContextManager[None]]
    ) -> str:
        """Do what is asked; return one line that says how it went, or an empty text.

        Args:
            intent: What is asked.
            lend: Gives the terminal to another program while the block runs.
        """

    async def refusal(self, new: NewAgent) -> Refusal | None:
        """Say what keeps an agent from being started."""

    async def directories(self, text: str) -> tuple[str, ...]:
        """Return the directories that `text` is the beginning of."""

    def resized(self) -> None:
        """Take note that the dashboard has another size."""

    @property
    def occupant(self) -> SessionId | None:
        """The session in the right pane, which the list marks."""


@attrs.define
class Dashboard:
    """One dashboard on one terminal.

    Args:
        store: What there is to show: what happens, or a recording that is played.
        tail: Of the same store; its end is the end of the dashboard.
        now_s: The time of the log.
        began: Wall time of the log's beginning, in the person's time zone.
        prefix: Of the names of agents.
        keymap: The keys in force.
        face: What the terminal shows well.
        desk: Where intents go.
        painter: The terminal.
        proposals: For a new agent.
    """

    store: Store | Player
    tail: Tail
    now_s: Callable[[], float]
    began: datetime
    prefix: str
    keymap: Keymap
    face: Face
    desk: Desk
    painter: Painter
    proposals: Proposals = attrs.Factory(Proposals)
    view: View = attrs.Factory(View)
    frames: int = 0
    """How many were composed."""
    _transitions: deque[Transition] = attrs.Factory(lambda: deque(maxlen=TRANSITIONS_KEPT))
    _picture: tuple[tuple[Run, ...], ...] | None = None
    _picture_of: tuple[PaneId | None, int] = (None, 0)
    _picture_stale: bool = True
    _news: trio.Event = attrs.Factory(trio.Event)
    _home: trio.Event = attrs.Factory(trio.Event)
    """Set while the terminal is ours."""
    _lending: trio.Lock = attrs.Factory(trio.Lock)
    _clicked: tuple[float, int, int] = (-math.inf, 0, 0)

    async def run(self) -> None:
        """Show until the person leaves or the tail ends."""
        self._home.set()
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._follow, nursery.cancel_scope)
            nursery.start_soon(self._mind_size)
            nursery.start_soon(self._listen, nursery)
            while not self.view.leaving:
                self.show()
                await self._wait()
            nursery.cancel_scope.cancel()

    def show(self) -> None:
        """Compose a frame of what there is now, and paint it."""
        if not self._home.is_set():
            return
        world, player = self._world(), self._player
        self.view = settled(self.view, world)
        self._look(world)
        scene = Scene(
            state=world.state,
            now_s=self.now_s(),
            began=self.began,
            prefix=self.prefix,
            keymap=self.keymap,
            face=self.face,
            transitions=tuple(self._transitions) if player is None else player.transitions(),
            picture=self._picture,
            occupant=self.desk.occupant,
            explanation=self._explanation(world),
            timeline=None if player is None else player.timeline(),
        )
        self.painter.paint(compose(scene, self.view, self.painter.size))
        self.frames += 1

    def refresh(self) -> None:
        """Compose anew: something that the store does not know of has changed."""
        self._news.set()

    def leave(self) -> None:
        """Make `run` return."""
        self.view = attrs.evolve(self.view, leaving=True)
        self._news.set()

    def say(self, words: str) -> None:
        """Tell the person something, until the next key."""
        self.view = attrs.evolve(self.view, notice=words)
        self._news.set()

    def _world(self) -> World:
        size = self.painter.size if self._player is None else self._player.room(self.painter.size)
        return World(self.store.state, size, self.keymap, self.prefix, self.proposals)

    @property
    def _player(self) -> Player | None:
        return self.store if isinstance(self.store, Player) else None

    def _look(self, world: World) -> None:
        """Read the selected agent's screen, when that may have changed."""
        session = self.view.selected
        detail = divide(world.size, len(world.agents(self.view))).detail
        pane = next((a.pane for a in world.state.agents if a.session == session), None)
        wanted = (pane, 0 if detail is None or self.view.why else detail.rows - 1)
        if wanted == self._picture_of and not self._picture_stale:
            return
        self._picture_of, self._picture_stale = wanted, self._player is not None
        if session is None or not wanted[1]:
            self._picture = None
        else:
            self._picture = self.store.fleet.picture(session, wanted[1])

    def _explanation(self, world: World) -> Explanation | None:
        agent = selected_agent(self.view, world) if self.view.why else None
        return None if agent is None else self.store.fleet.explain(agent.name, self.store.t)

    async def _wait(self) -> None:
        """Wait until something is to be shown that is not shown yet."""
        player = self._player
        ages = [self.now_s() - agent.active_s for agent in self.store.state.agents]
        ages = [age for age in ages if age < math.inf]
        change_s = min(map(next_change_s, ages), default=math.inf)
        with trio.move_on_after(change_s if player is None else player.next_frame_s()):
            await self._news.wait()
        self._news = trio.Event()

    async def _follow(self, scope: trio.CancelScope) -> None:
        turns, taken_s = TURNS_SAVED, trio.current_time()
        while steps := await self.tail.receive():
            for each in steps:
                if self._is_news(each):
                    self._news.set()
            now_s = trio.current_time()
            turns = min(TURNS_SAVED, turns + (now_s - taken_s) * FRAMES_A_SECOND) - 1
            taken_s = now_s
            await trio.sleep(0 if turns >= 0 else 1 / FRAMES_A_SECOND)
        scope.cancel()

    def _is_news(self, taken: Step) -> bool:
        self._transitions.extend(taken.transitions)
        event = taken.record.event
        if isinstance(event, PaneOutput | PaneCaptured):
            of_ours = event.pane == self._picture_of[0]
            self._picture_stale = self._picture_stale or of_ours
            return of_ours or bool(taken.transitions)
        return True

    async def _mind_size(self) -> None:
        with trio.open_signal_receiver(signal.SIGWINCH) as signals:
            async for _ in signals:
                self._news.set()
                self.desk.resized()

    async def _listen(self, nursery: trio.Nursery) -> None:
        empty_reads = 0
        while empty_reads < _HUNG_UP_READS:
            await self._home.wait()
            await trio.lowlevel.wait_readable(sys.stdin.fileno())
            if not self._home.is_set():
                continue  # it was typed for another program
            given = self.painter.inputs()
            empty_reads = 0 if given else empty_reads + 1
            for each in given:
                self._take(each, nursery)
            if given:
                self._news.set()
        self.leave()

    def _take(self, given: Input, nursery: trio.Nursery) -> None:
        if given == Key("C-l"):
            self.painter.forget()
        if self._player is not None and (played := self._player.took(self.view, given)):
            self.view = played
            return
        self.view, asked = step(self.view, self._doubled(given), self._world())
        for each in asked:
            nursery.start_soon(self._ask, each)

    async def _ask(self, asked: Asked) -> None:
        if isinstance(asked, CompleteDirectory):
            found = await self.desk.directories(asked.text)
            self.view = completed(self.view, asked.text, found)
            self._news.set()
            return
        if isinstance(asked, NewAgent) and not await self._wanted(asked):
            return
        words = await self.desk.carry_out(asked, self._lend)
        if words:
            self.say(words)

    async def _wanted(self, new: NewAgent) -> bool:
        refusal = await self.desk.refusal(new)
        view = checked(self.view, new, refusal, self.prefix)
        if view is not None:
            self.view = view
            self._news.set()
        return view is not None and refusal is None

    @asynccontextmanager
    async def _lend(self) -> AsyncIterator[None]:
        """Give the terminal away until the block ends; nothing is read from it meanwhile."""
        async with self._lending:
            self._home = trio.Event()
            try:
                with self.painter.lent():
                    yield
            finally:
                self._home.set()
                self._news.set()

    def _doubled(self, given: Input) -> Input:
        if not isinstance(given, Click):
            return given
        before, self._clicked = self._clicked, (trio.current_time(), given.row, given.column)
        soon = self._clicked[0] - before[0] < DOUBLE_CLICK_S
        return attrs.evolve(given, double=soon and before[1:] == self._clicked[1:])
