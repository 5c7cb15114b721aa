"""The pane at the right of the dashboard that shows agents: look, decide, do, look again.

What the user did with the pane is asked of tmux each time and never remembered. Our panes carry
our own pane's id, so two dashboards do not meet, and one that was killed finds its pane again.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import assert_never

import attrs
import trio

from oma.config.schema import AttachSection
from oma.errors import CommandError
from oma.model.ids import AgentId, SessionId, split_agent_id
from oma.model.printable import printable
from oma.placement.plan import Step
from oma.placement.right_pane_steps import RightPane, SwitchTo, Unzoom, choose, decide
from oma.runtime.client.tmux_client import TmuxClient, refused
from oma.runtime.display import session_view
from oma.runtime.display.owned_panes import NotDone, Program, change_window, list_window_panes
from oma.tmux.address import ServerAddress
from oma.tmux.commands.clients import DetachClient
from oma.tmux.commands.control import SetOption
from oma.tmux.commands.panes import KillPane, ToggleZoom
from oma.tmux.pane_mark import Mark, PaneRole
from oma.tmux.queries.display import LIST_VIEWS, parse_views
from oma.tmux.queries.window_panes import WindowPane

SHOWN = "@oma_shows"
"""Option of a right pane: the name of the agent that it was switched to last."""

CHANGES = "the window changes all the time"


@attrs.frozen
class _Found:
    """The right pane, if there is one, and where it is."""

    ours: WindowPane
    """The pane that we run in."""
    place: WindowPane
    """The right pane's row, or `ours` without one."""
    pane: RightPane | None

    @property
    def viewed(self) -> AgentId | None:
        return None if self.pane is None else self.pane.viewed


@attrs.define
class RightPaneView:
    """The right pane of one dashboard.

    Args:
        us: The pane of the dashboard.
        socket: Of the server of the agents, which may be another than ours.
        options: Width of a new pane, and whether agents take its size.
    """

    us: session_view.OurPane
    socket: Path
    options: AttachSection
    occupant: AgentId | None = None
    """What the pane showed when we last looked or acted; `None` without a pane."""
    _asked: AgentId | None = None
    """What is meant to be shown: the last that was asked for, or that was found there at first."""
    _turn: trio.Lock = attrs.Factory(trio.Lock)

    async def show(self, agent: AgentId, session: SessionId, name: str) -> None:
        """Show an agent, which runs in a session, in the pane, which is made if need be.

        Raises:
            CommandError: The agent is not to be shown, or tmux refused; in one line.
        """
        async with self._turn:
            await session_view.check_can_be_shown(
                self.socket, session, self.us, whole=agent == AgentId(session)
            )
            await self._reach(agent, printable(name))

    async def reserve(self) -> None:
        """See that the pane stands there, empty if it shows nothing.

        Raises:
            CommandError: tmux refused; in one line.
        """
        async with self._turn:
            await self._reach(None, "")

    async def look(self) -> AgentId | None:
        """Ask tmux what the pane shows, and return it.

        A user who closes or moves the pane changes the size of ours: that is the time to look.

        Raises:
            CommandError: Our own pane is gone, or tmux does not answer.
        """
        async with self._turn:
            self.occupant = (await self._find()).viewed
            self._asked = self._asked or self.occupant
            return self.occupant

    async def ended(self, agent: AgentId) -> None:
        """Take note that an agent is gone; its pane says so, and takes the next one.

        One that shows a pane in which there is no agent any more shows that until then.

        tmux ends the client of the pane by itself, but for where `detach-on-destroy` is off: there
        it shows some other session, which nobody asked for.

        Raises:
            CommandError: Our own pane is gone, or tmux does not answer.
        """
        async with self._turn:
            # A look may have found already what tmux shows in its place: what was asked for counts.
            if self._asked != agent:
                return
            self.occupant = self._asked = None
            found = await self._find()
            if found.viewed != agent and split_agent_id(found.viewed)[0] is not None:
                await self._agents.ask(DetachClient(found.place.terminal))

    async def close(self) -> None:
        """Close the pane, as the dashboard ends, unless the user moved it: then it is theirs.

        What stands by empty is closed wherever it is.

        Raises:
            CommandError: Our own pane is gone, or tmux does not answer.
        """
        async with self._turn:
            found = await self._find()
            if found.pane is None:
                return
            if found.viewed is None or found.place.window == found.ours.window:
                await self._window.ask(KillPane(found.pane.pane))
            self.occupant = None

    async def _reach(self, agent: AgentId | None, name: str) -> None:
        # What tmux told may be old by now: a refusal is a reason to ask anew, once.
        try:
            await self._try(agent, name)
        except CommandError:
            await self._try(agent, name)

    async def _try(self, agent: AgentId | None, name: str) -> None:
        found = await self._find()
        width = self.options.right_pane_width
        for step in decide(found.pane, agent, self.us.pane, width):
            await self._do(step, found, name)
        self.occupant = self._asked = agent or found.viewed

    async def _do(self, step: Step | SwitchTo | Unzoom, found: _Found, name: str) -> None:
        match step:
            case Step(spawn=spawn):
                agent = None if spawn is None else spawn.agent
                # A client may be switched to another session: tmux says which it shows.
                _, shown = split_agent_id(agent)
                about = None if shown is None else AgentId(shown)
                mark = Mark(self.us.pane, about, role=PaneRole.RIGHT).word()
                words = session_view.standing_view_argv(
                    self.socket, agent, self._flags, mark, name
                )
                done = await change_window(self._window, found.place, step, Program(words))
                if isinstance(done, NotDone):
                    raise refused(done.refusal or CHANGES)
            case SwitchTo(session):
                await session_view.switch_view(
                    self.socket, found.place.terminal, session, self._flags
                )
                await self._window.run(SetOption(found.place.pane, SHOWN, name))
            case Unzoom():
                await self._window.run(ToggleZoom(self.us.pane))
            case _:
                assert_never(step)

    async def _find(self) -> _Found:
        """Ask both servers.

        Raises:
            CommandError: Our own pane is gone, or tmux does not answer.
        """
        rows = {row.pane: row for row in await list_window_panes(self._window)}
        ours = rows.get(self.us.pane)
        if ours is None:
            raise CommandError(f"there is no pane {self.us.pane}")
        made = [row for row in rows.values() if row.is_made_around(self.us.pane, PaneRole.RIGHT)]
        if not made:
            return _Found(ours, ours, None)
        answer = await self._agents.ask(LIST_VIEWS)
        views = {row.terminal: row.session for row in parse_views(answer.output.splitlines())}
        panes = tuple(
            RightPane(
                pane=row.pane,
                viewed=_viewed(row, views),
                hidden=row.zoomed and row.window == ours.window,
            )
            for row in made
        )
        chosen = choose(panes)
        return _Found(ours, ours if chosen is None else rows[chosen.pane], chosen)

    @property
    def _flags(self) -> str:
        return session_view.view_flags(self.options)

    @property
    def _window(self) -> TmuxClient:
        return TmuxClient(self.us.server)

    @property
    def _agents(self) -> TmuxClient:
        return TmuxClient(ServerAddress(socket_path=str(self.socket)))


def _viewed(row: WindowPane, views: Mapping[str, SessionId]) -> AgentId | None:
    """Return what a right pane shows: the session of its client, or the pane that it was made for."""
    session = views.get(row.terminal)
    if session is not None:
        return AgentId(session)
    return None if row.mark is None or row.ended or row.dead else row.mark.agent
