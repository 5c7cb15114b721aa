"""The dashboard at work: wait for news, a key, another size or a label that changes; paint.

Nothing happening draws nothing. News is shown as fast as `LogFollower` takes it, a key at once. A
source to show and an executor for intents are all that a dashboard is given.
"""

import math
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial

import attrs
import trio

from oma.model.explanation import Explanation
from oma.model.ids import PaneId
from oma.model.intents import Proposals
from oma.model.state import AgentState
from oma.screen.styled import StyledRows
from oma.summary.digest import Digest
from oma.tui.bell import TerminalBell
from oma.tui.carrying_out import CarryingOut
from oma.tui.compose import compose
from oma.tui.dashboard_source import DashboardSource
from oma.tui.executor import Executor, PaneAccess
from oma.tui.input_reader import InputReader
from oma.tui.inputs import Background, Key, Received
from oma.tui.kept_digest import KeptDigest
from oma.tui.kept_listing import KeptListing
from oma.tui.keymap import Keymap
from oma.tui.painter import Painter
from oma.tui.preview import rows_to_read
from oma.tui.render_input import RenderInput
from oma.tui.theme import TerminalCapabilities
from oma.tui.themes import ThemeChoice
from oma.tui.update import step
from oma.tui.view_model import Browsing, Digesting, UpdateContext, View, selected_agent, settled

ANSWER_S = 0.3
"""How long a dashboard that is left at once stays for the terminal's answer."""

IDLE_S = 2.0
"""A user who did nothing for so long is not in the middle of typing."""

ABSENCE_S = 1800.0
"""A user who did nothing for so long was away."""


@attrs.define
class Dashboard:
    """One dashboard on one terminal.

    Args:
        source: What there is to show; its end is the end of the dashboard.
        prefix: Of the names of agents.
        keymap: The keys in force.
        capabilities: What the terminal shows well.
        executor: Where intents go.
        painter: The terminal.
        proposals: For a new agent.
        themes: Of which one follows the terminal's background, for which it is asked; `None` asks nothing.
        panes: Reads the panes of agents.
        news_s: The least time between two frames of what nobody asked for; what a user does is shown
            at once.
        bell: Says when the terminal rings; `None` for never.
    """

    source: DashboardSource
    prefix: str
    keymap: Keymap
    capabilities: TerminalCapabilities
    executor: Executor
    painter: Painter
    proposals: Proposals = attrs.Factory(Proposals)
    themes: ThemeChoice | None = None
    panes: PaneAccess = attrs.Factory(PaneAccess)
    news_s: float = 0.0
    bell: TerminalBell | None = None
    idle: Callable[[], None] = lambda: None
    """Called after a frame when the user has done nothing for `IDLE_S`: for what would keep a key waiting."""
    view: View = attrs.Factory(View)
    frames: int = 0
    """How many were composed."""
    _kept: KeptListing = attrs.Factory(KeptListing)
    _seen: Sequence[AgentState] = ()
    _rows: StyledRows | None = None
    _rows_of: tuple[PaneId | None, int] = (None, 0)
    _news: trio.Event = attrs.Factory(trio.Event)
    _at_once: trio.Event = attrs.Factory(trio.Event)
    """Something is to be shown that does not wait for `news_s`."""
    _shown_s: float = -math.inf
    _given_s: float = -math.inf
    """When the terminal last sent something."""
    _reader: InputReader = attrs.field(init=False)
    _touched_s: float = attrs.field(init=False)
    """When the user last did something, in seconds of the log."""
    _carrying_out: CarryingOut = attrs.field(init=False)
    _happened: KeptDigest = attrs.field(init=False)
    _answered: trio.Event = attrs.Factory(trio.Event)
    """The terminal has told its background."""

    def __attrs_post_init__(self) -> None:
        self._touched_s = self.source.t
        self._reader = InputReader(self.painter)
        self._carrying_out = CarryingOut(self, self._lend)
        self._happened = KeptDigest(lambda: self.source.changes, trio.current_time)

    async def run(self) -> None:
        """Show until the user leaves or the tail ends."""
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._follow)
            nursery.start_soon(self._mind_size)
            nursery.start_soon(self._read_input, nursery)
            nursery.start_soon(self._reader.follow_job_control, self.refresh)
            answer_by_s = self._ask_background()
            self._given_s = trio.current_time()
            while not self.view.leaving:
                self.show()
                if trio.current_time() - self._given_s >= IDLE_S:
                    self.idle()
                await self._wait()
            # An answer that came later would be typed into the shell.
            with trio.move_on_at(answer_by_s):
                await self._answered.wait()
            nursery.cancel_scope.cancel()

    def _ask_background(self) -> float:
        """Ask for it, where it is wanted; return until when an answer is waited for."""
        if self.themes is None:
            return -math.inf
        self.painter.ask_background()
        return trio.current_time() + ANSWER_S

    def show(self) -> None:
        """Compose a frame of what there is now, and paint it."""
        if not self._reader.owns_terminal:
            return
        context = self.context()
        self.view = settled(self.view, context)
        self._seen = [each for each in context.seen(self.view) if isinstance(each, AgentState)]
        self._look(context)
        render_input = RenderInput(
            state=context.state,
            now_s=self.source.t,
            wall_time=self.source.wall_time,
            prefix=self.prefix,
            keymap=self.keymap,
            capabilities=self.capabilities,
            transitions=self.source.transitions,
            styled_rows=self._rows,
            occupant=self.executor.occupant,
            explanation=self._explanation(context),
            digest=self._digest(),
            timeline=self.source.timeline,
            past=self.source.past if self.view.timeline else None,
        )
        self.painter.paint(compose(render_input, self.view, self.painter.size, self._kept))
        if self.bell is not None and self.bell.rings(render_input.transitions):
            self.painter.ring()
        self.frames, self._shown_s = self.frames + 1, trio.current_time()

    def refresh(self) -> None:
        """Compose anew at once: something that the store does not know of has changed."""
        self._news.set()
        self._at_once.set()

    def leave(self) -> None:
        """Make `run` return."""
        self.view = attrs.evolve(self.view, leaving=True)
        self.refresh()

    def say(self, words: str) -> None:
        """Tell the user something, until the next key."""
        self.view = attrs.evolve(self.view, notice=words)
        self.refresh()

    def context(self) -> UpdateContext:
        """Return what the view is looked at against now."""
        size = self.source.size_left(self.painter.size, self.view)
        return UpdateContext(
            self.source.state,
            size,
            self.keymap,
            self.prefix,
            self.proposals,
            played=self.source.timeline is not None,
            now_s=self.source.t,
            kept=self._kept,
        )

    def _look(self, context: UpdateContext) -> None:
        """Read the selected agent's screen, when that may have changed."""
        selected = self.view.selected
        detail = context.regions(self.view).detail
        agent = selected_agent(self.view, context)
        pane = None if agent is None else agent.pane
        shown = 0 if detail is None or self.view.why else detail.rows - 1
        wanted = (pane, rows_to_read(agent, shown))
        if wanted == self._rows_of and not self.source.screen_changed:
            return
        self._rows_of = wanted
        self.source.follow_screen(pane)
        if selected is None or not wanted[1]:
            self._rows = None
        else:
            self._rows = self.source.styled_rows(selected, wanted[1])

    def _explanation(self, context: UpdateContext) -> Explanation | None:
        agent = selected_agent(self.view, context) if self.view.why else None
        return None if agent is None else self.source.explain(agent.name)

    def _digest(self) -> Digest | None:
        if not isinstance(self.view.mode, Digesting):
            return None
        return self._happened.since(self.view.mode.since)

    def _returned(self) -> bool:
        """Tell a user who was away for long what happened, before their input does anything."""
        calendar, now_s = self.source.wall_time, self.source.t
        away_s = calendar.elapsed_s(self._touched_s, now_s)
        since, self._touched_s = calendar.moment(self._touched_s), now_s
        is_live = self.source.timeline is None
        if away_s < ABSENCE_S or not is_live or not isinstance(self.view.mode, Browsing):
            return False
        self.view = attrs.evolve(self.view, away_since=since, mode=Digesting(since))
        return True

    async def _wait(self) -> None:
        """Wait until something is to be shown that is not shown yet."""
        with trio.move_on_after(self.source.next_frame_s(self._seen)):
            await self._news.wait()
        with trio.move_on_at(self._shown_s + self.news_s):
            await self._at_once.wait()
        self._news, self._at_once = trio.Event(), trio.Event()

    async def _follow(self) -> None:
        await self.source.follow(lambda: self._news.set())
        self.leave()

    async def _mind_size(self) -> None:
        with trio.open_signal_receiver(signal.SIGWINCH) as signals:
            async for _ in signals:
                self.refresh()
                self.executor.resized()

    async def _read_input(self, nursery: trio.Nursery) -> None:
        await self._reader.run(partial(self._take, nursery=nursery))
        self.leave()

    def _take(self, given: Received, nursery: trio.Nursery) -> None:
        self._given_s = trio.current_time()
        self.refresh()
        if isinstance(given, Background):
            self._answered.set()
            if self.themes is not None:
                self.painter.use(self.themes.on(given))
            return
        if given == Key("C-l"):
            self.painter.forget()
        if self._returned():
            return
        handled = self.source.handle(self.view, given)
        if handled is not None:
            self.view = handled
            return
        self.view, asked = step(self.view, given, self.context())
        for each in asked:
            nursery.start_soon(self._carrying_out.carry_out, each)

    @asynccontextmanager
    async def _lend(self) -> AsyncIterator[None]:
        try:
            async with self._reader.suspended():
                yield
        finally:
            self.refresh()
