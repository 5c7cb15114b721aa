"""The pane at the right of the dashboard that shows agents: query, decide, execute, look again.

What the person did with the pane is asked of tmux each time and never remembered. Our panes carry
our own pane's id, so two dashboards do not meet, and one that was killed finds its pane again.
"""

from pathlib import Path

import attrs
import trio

from oma.config.schema import Attach
from oma.errors import CommandError
from oma.model.ids import PaneId, SessionId, parse_pane_id
from oma.model.layout import Axis
from oma.model.printable import printable
from oma.placement.right_pane import Plan, Replace, RightPane, Split, Stay, Switch, choose, decide
from oma.runtime.client.tmux_client import TmuxClient
from oma.runtime.display.session_view import (
    OurPane,
    check_can_be_shown,
    standing_view_argv,
    switch_view,
    view_flags,
)
from oma.tmux.address import ServerAddress
from oma.tmux.commands.clients import DetachClient
from oma.tmux.commands.command import AnyCommand, in_order
from oma.tmux.commands.panes import KillPane, SplitWindow, ToggleZoom
from oma.tmux.queries.display import (
    LIST_VIEWS,
    PlaceRow,
    list_places,
    mark_owned,
    mark_shown,
    parse_places,
    parse_views,
)


@attrs.frozen
class _Found:
    """A right pane of ours, and where it is."""

    pane: RightPane
    place: PlaceRow
    ours: PlaceRow


@attrs.define
class RightPaneView:
    """The right pane of one dashboard.

    Args:
        us: The pane of the dashboard.
        socket: Of the server of the agents, which may be another than ours.
        options: Width of a new pane, and whether agents take its size.
    """

    us: OurPane
    socket: Path
    options: Attach
    occupant: SessionId | None = None
    """What the pane showed when we last looked or acted; `None` without a pane."""
    _turn: trio.Lock = attrs.Factory(trio.Lock)

    async def show(self, session: SessionId, name: str) -> None:
        """Show a session in the pane, which is made if need be.

        Raises:
            CommandError: The session is not to be shown, or tmux refused; in one line.
        """
        async with self._turn:
            await check_can_be_shown(self.socket, session, self.us)
            await self._reach(session, printable(name))

    async def reserve(self) -> None:
        """See that the pane stands there, empty if it shows nothing.

        Raises:
            CommandError: tmux refused; in one line.
        """
        async with self._turn:
            await self._reach(None, "")

    async def look(self) -> SessionId | None:
        """Ask tmux what the pane shows, and return it.

        A person who closes or moves the pane changes the size of ours: that is the time to look.
        """
        async with self._turn:
            return self._noted(await self._find())

    async def ended(self, session: SessionId) -> None:
        """Take note that a session is gone; its pane says so, and takes the next one.

        tmux ends the client of the pane by itself, but for where `detach-on-destroy` is off: there
        it shows some other session, which nobody asked for.
        """
        async with self._turn:
            if self.occupant != session:
                return
            found = await self._find()
            if found and self._noted(found) not in {None, session}:
                await self._agents.ask(DetachClient(found.place.terminal))
            self.occupant = None

    async def close(self) -> None:
        """Close the pane, as the dashboard ends, unless the person moved it: then it is theirs.

        What stands by empty is closed wherever it is.
        """
        async with self._turn:
            found = await self._find()
            if found is None:
                return
            if found.pane.viewed is None or found.place.window == found.ours.window:
                await TmuxClient(self.us.server).ask(KillPane(found.pane.pane))
            self.occupant = None

    async def _reach(self, session: SessionId | None, name: str) -> None:
        refusal = ""
        # What tmux told may be old by now: a refusal is a reason to ask anew, once.
        for _ in range(2):
            found = await self._find()
            panes = (found.pane,) if found else ()
            try:
                await self._execute(decide(panes, session), found, session, name)
            except CommandError as error:
                refusal = str(error)
            else:
                self.occupant = session or self._noted(found)
                return
        raise CommandError(refusal)

    async def _execute(
        self, plan: Plan, found: _Found | None, session: SessionId | None, name: str
    ) -> None:
        match plan.step:
            case Split():
                program = self._program(session, name)
                width = self.options.right_pane_width
                beside = SplitWindow(self.us.pane, program, Axis.COLUMNS, width)
                await self._make(beside, name)
            case Replace(pane):
                program = self._program(session, name)
                # Not RespawnPane: it ends a server whose client is behind on the pane (#5499).
                await self._make(in_order(SplitWindow(pane, program), KillPane(pane)), name)
            case Switch(pane) if found and session:
                await self._switch(pane, found.place.terminal, session, name)
            case Switch() | Stay():
                pass
        if plan.unzoom:
            await self._run(ToggleZoom(self.us.pane))

    async def _make(self, command: AnyCommand, name: str) -> None:
        pane = parse_pane_id((await self._run(command)).strip())
        await self._run(mark_owned(pane, self.us.pane, name))

    async def _switch(self, pane: PaneId, terminal: str, session: SessionId, name: str) -> None:
        await switch_view(self.socket, terminal, session, self._flags)
        await self._run(mark_shown(pane, name))

    def _program(self, session: SessionId | None, name: str) -> list[str]:
        return standing_view_argv(self.socket, session, self._flags, name)

    @property
    def _flags(self) -> str:
        return view_flags(self.options)

    async def _find(self) -> _Found | None:
        """Ask both servers; `None` when no pane of ours is left."""
        lines = (await self._run(list_places(self.us.pane))).splitlines()
        places = {row.pane: row for row in parse_places(lines)}
        ours = places.pop(self.us.pane, None)
        if ours is None or not places:
            return None
        answer = await self._agents.ask(LIST_VIEWS)
        views = {row.terminal: row.session for row in parse_views(answer.output.splitlines())}
        panes = tuple(
            RightPane(
                pane=row.pane,
                viewed=views.get(row.terminal),
                hidden=row.zoomed and row.window == ours.window,
            )
            for row in places.values()
        )
        chosen = choose(panes)
        return None if chosen is None else _Found(chosen, places[chosen.pane], ours)

    def _noted(self, found: _Found | None) -> SessionId | None:
        self.occupant = found.pane.viewed if found else None
        return self.occupant

    async def _run(self, command: AnyCommand) -> str:
        return await TmuxClient(self.us.server).run(command)

    @property
    def _agents(self) -> TmuxClient:
        return TmuxClient(ServerAddress(socket_path=str(self.socket)))
