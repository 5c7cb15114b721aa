"""How the agents of a dashboard are shown: popup, right pane, or the user's own terminal.

What tmux refuses is done in the user's terminal for that once, and they are told why.
"""

import os
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress
from pathlib import Path

import attrs
import trio

from oma.config.schema import AttachSection
from oma.errors import CommandError
from oma.model.ids import AgentId
from oma.model.state import AgentState
from oma.runtime.display.attach import hand_over, runs_inside, switch_to
from oma.runtime.display.jump import jump, select_agent
from oma.runtime.display.popup import show_in_popup
from oma.runtime.display.right_pane import RightPaneView
from oma.runtime.display.session_view import OurPane, check_can_be_shown, settle_sizes, view_flags
from oma.store.store import Store
from oma.tmux.address import ServerAddress

Suspend = Callable[[], AbstractAsyncContextManager[None]]
"""Gives the terminal of the dashboard to another program while the block runs."""

LOOK_EVERY_S = 0.2
"""How often news are looked through for the end of an agent that is shown."""

LOOKS = 5
"""So often is a right pane found without a client before that is believed."""

CLOSE_S = 3.0
"""How long the right pane may take to close when the dashboard ends."""


@attrs.define
class AgentDisplay:
    """What one dashboard shows of its agents.

    Args:
        server: Of the agents.
        socket: Of that server.
        store: Says when an agent is gone.
        options: How a user wants to see agents.
        us: The pane that we run in; `None` outside of tmux.
    """

    server: ServerAddress
    socket: Path
    store: Store
    options: AttachSection
    us: OurPane | None
    changed: Callable[[], None] = lambda: None
    """Called when another agent, or none, is in the right pane than was."""
    occupant: AgentId | None = None
    """What the right pane shows, as far as we know."""
    _wanted: AgentId | None = None
    """What the user asked to see in it."""
    _touched: trio.Event = attrs.Factory(trio.Event)
    _right: RightPaneView | None = attrs.field(init=False, default=None)

    def __attrs_post_init__(self) -> None:
        if self.us is not None:
            self._right = RightPaneView(self.us, self.socket, self.options)

    async def run(self, say: Callable[[str], None]) -> None:
        """Keep the right pane until cancelled: reserve it, and know what it shows.

        Args:
            say: Tells the user one line.
        """
        await self.store.wait_newer(0)  # the first look at the agents comes first
        try:
            await settle_sizes(self.socket)
            if self._right is not None and self.options.mode == "split":
                await self._right.reserve()
        except CommandError as error:
            say(str(error))
        if self._right is not None:
            async with trio.open_nursery() as nursery:
                nursery.start_soon(self._mind_sizes, self._right)
                nursery.start_soon(self._mind_ends, self._right)

    def look(self) -> None:
        """Look at what a user did to the right pane: our own size tells of it."""
        self._touched.set()

    def clients_changed(self) -> None:
        """Look again: a client left the pane, or the client of a slow new pane has come."""
        if self._wanted is not None or self.occupant is not None:
            self.look()

    async def _mind_sizes(self, right: RightPaneView) -> None:
        while True:
            self._touched = trio.Event()
            found = None
            for _ in range(LOOKS):
                with suppress(CommandError):  # our own pane is gone, and we are about to be
                    found = await right.look()
                # The client of a new pane takes its time to come.
                if found is not None or self.occupant is None:
                    break
                await trio.sleep(LOOK_EVERY_S)
            self._occupied_by(found)
            await self._touched.wait()

    async def _mind_ends(self, right: RightPaneView) -> None:
        while True:
            seq = self.store.seq
            ended = self._wanted or self.occupant
            if ended is not None and not self._lives(ended):
                self._wanted = None
                with suppress(CommandError):  # the pane is gone as well
                    await right.ended(ended)
                self._occupied_by(None)
            await trio.sleep(LOOK_EVERY_S)
            await self.store.wait_newer(seq)

    def _occupied_by(self, agent: AgentId | None) -> None:
        if self.occupant != agent:
            self.occupant = agent
            self.changed()

    async def end(self) -> None:
        """Close the right pane."""
        if self._right is not None:
            with suppress(CommandError), trio.move_on_after(CLOSE_S) as scope:
                scope.shield = True
                await self._right.close()

    async def open(self, agent: AgentState, suspend: Suspend) -> str:
        """Show an agent as the options say; return one line for the user, or an empty text.

        Raises:
            CommandError: It is not to be shown.
        """
        # A session of the user's is not shown in a small place: it would take the size of that.
        if self.options.mode == "jump" or not agent.is_session:
            return await self.jump(agent, suspend)
        if self.us is None or self.options.mode == "handoff":
            return await self._give(agent, suspend)
        if self.options.mode == "split":
            return await self.show(agent, suspend)
        try:
            await show_in_popup(
                self.us,
                self.socket,
                agent.session,
                self.options,
                lambda: self._gone(agent.id),
            )
        except CommandError as error:
            return await self._instead(agent, suspend, error)
        return ""

    async def jump(self, agent: AgentState, suspend: Suspend) -> str:
        """Go to the agent's own window and pane; return as `open`.

        Raises:
            CommandError: tmux refused.
        """
        if self.us is not None and runs_inside(self.socket, os.environ):
            await jump(self.server, agent)
            return f"{agent.name} is shown by your tmux; its key L comes back"
        await select_agent(self.server, agent)
        return await self._give(agent, suspend)

    async def show(self, agent: AgentState, suspend: Suspend) -> str:
        """Show an agent in the right pane; return as `open`.

        Raises:
            CommandError: It is not to be shown, or we do not run in tmux.
        """
        if self._right is None:
            raise CommandError("there is no right pane outside of tmux: see 'oma up'")
        try:
            await self._right.show(agent.id, agent.session, agent.name)
        except CommandError as error:
            if not agent.is_session:
                raise  # its window is never handed over unasked
            return await self._instead(agent, suspend, error)
        self._wanted = agent.id
        self._occupied_by(agent.id)
        return ""

    async def _instead(self, agent: AgentState, suspend: Suspend, refusal: CommandError) -> str:
        await check_can_be_shown(self.socket, agent.session, self.us)
        if runs_inside(self.socket, os.environ):
            # A tmux inside of itself: the keys by which one leaves it would be the outer one's.
            with suppress(CommandError):  # nobody looks at us through a terminal
                await switch_to(self.server, agent.session, os.environ)
                return f"{refusal}; your tmux shows it instead, and its key L comes back"
        async with suspend():
            await hand_over(self.server, agent.session, os.environ, view_flags(self.options))
        return f"{refusal}; it had this terminal instead"

    async def _give(self, agent: AgentState, suspend: Suspend) -> str:
        await check_can_be_shown(self.socket, agent.session, self.us)
        if runs_inside(self.socket, os.environ):
            await switch_to(self.server, agent.session, os.environ)
            return f"{agent.name} is shown by your tmux; its key L comes back"
        async with suspend():
            status = await hand_over(
                self.server, agent.session, os.environ, view_flags(self.options)
            )
        return "" if status == 0 else f"tmux left {agent.name} with status {status}"

    async def _gone(self, agent: AgentId) -> None:
        while self._lives(agent):
            seq = self.store.seq
            await trio.sleep(LOOK_EVERY_S)
            await self.store.wait_newer(seq)

    def _lives(self, agent: AgentId) -> bool:
        return any(a.id == agent and not a.gone for a in self.store.state.agents)
