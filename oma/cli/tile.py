"""`oma tile`: the agents as panes around the pane that it runs in."""

import argparse
from pathlib import Path

import attrs
import trio

from oma.cli.inside import Inside, look_inside, policy_of, view_flags
from oma.cli.live import Live, Run, recording_for
from oma.cli.placements import placement_text
from oma.cli.setting import Setting, read_setting
from oma.errors import ConfigError, OmaError
from oma.model.events import PlacementDecided
from oma.model.ids import SessionId
from oma.model.printable import printable
from oma.model.state import AgentState
from oma.runtime.agents import list_agents
from oma.runtime.background import say_ready, start_in_background
from oma.runtime.stdout import write_stdout
from oma.runtime.tiler import Tiler
from oma.runtime.tiling_round import TilingRound
from oma.tui.selecting import listed

KNOWN_S = 3.0
"""How long the agents that exist may take to be known; before that none is taken to have ended."""


@attrs.define
class Tiling:
    """The face of `tile`: tiles, and tells what it decides."""

    setting: Setting
    inside: Inside
    options: argparse.Namespace
    failure: OmaError | None = None
    _tiler: Tiler | None = None

    async def show(self, live: Live) -> None:
        """Tile until the main pane is gone or the run ends."""
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._work, live, nursery)
            while steps := await live.tail.receive():
                lines = [
                    placement_text(step.record, event, self._name(live, event.session), began)
                    for began in [live.clock.started_at]
                    for step in steps
                    if isinstance(event := step.record.event, PlacementDecided)
                ]
                if lines and not self.options.explain:
                    await write_stdout("".join(f"{line}\n" for line in lines))
            nursery.cancel_scope.cancel()

    async def undo(self) -> None:
        """Leave the window as it was found, unless its panes are to stay."""
        if self._tiler is not None and not self.options.once and not self.options.explain:
            await self._tiler.undo()

    async def _work(self, live: Live, nursery: trio.Nursery) -> None:
        await self._know_agents(live)
        tiler = self._tiler = self._make(live)
        nursery.start_soon(tiler.follow, live.store.tail())
        nursery.start_soon(self._settle, live, tiler)
        try:
            said = await tiler.run()
        except OmaError as error:
            self.failure = error
        else:
            await write_stdout(f"oma: {said}: nothing is tiled any more\n")
        live.scope.cancel()

    async def _settle(self, live: Live, tiler: Tiler) -> None:
        await tiler.settled.wait()
        if self.options.explain:
            await write_stdout(self._explained(live, tiler))
        if self.options.background:
            say_ready()
        if self.options.once or self.options.explain:
            live.scope.cancel()

    def _make(self, live: Live) -> Tiler:
        layout = self.setting.config.layout
        rounds = TilingRound(
            socket=self.setting.socket,
            same_server=self.inside.same_server,
            flags=view_flags(layout),
            store=live.store,
            policy=policy_of(layout, self.options.layout),
            linger_s=layout.linger_seconds,
            asked_for=self._asked_for,
            hands_off=self.options.explain,
        )
        return Tiler(self.inside.access, self.inside.pane, rounds)

    def _asked_for(self, agent: AgentState) -> bool:
        return bool(listed((agent,), self.options.filter or ""))

    async def _know_agents(self, live: Live) -> None:
        """Wait until every agent that exists is known."""
        there = await list_agents(self.setting.server, self.setting.watched)
        with trio.move_on_after(KNOWN_S):
            while not there.keys() <= {agent.name for agent in live.store.state.agents}:
                await live.store.wait_newer(live.store.seq)

    def _name(self, live: Live, session: SessionId | None) -> str | None:
        agents = live.store.state.agents
        return next((agent.name for agent in agents if agent.session == session), None)

    def _explained(self, live: Live, tiler: Tiler) -> str:
        plan = tiler.rounds.plan
        lines = []
        for decision in () if plan is None else plan.decisions:
            name = self._name(live, decision.session) or decision.session or "a program"
            pane = "" if decision.pane is None else f"{decision.pane}: "
            lines.append(f"{printable(name):<20}  {decision.action:<8}  {pane}{decision.reason}\n")
        return "".join(lines) or "no agents: nothing to do\n"


def run(arguments: argparse.Namespace) -> int:
    """Tile.

    Raises:
        ConfigError: The configuration says that nothing is tiled.
        OmaError: Not inside tmux, or the window is tiled already.
    """
    setting = read_setting(arguments)
    if not setting.config.layout.enabled:
        message = "[layout] enabled = false: nothing is tiled"
        raise ConfigError(message)
    return trio.run(_tile, setting, arguments)


async def _tile(setting: Setting, arguments: argparse.Namespace) -> int:
    inside = await look_inside(setting, "oma tile", arguments.pane)
    if arguments.detach:
        await start_in_background(_options(setting, inside, arguments))
        print(f"tiling around {inside.pane}; 'oma untile' ends that")
        return 0
    tiling = Tiling(setting, inside, arguments)
    run = Run(
        setting=setting,
        face=tiling.show,
        record=recording_for(arguments.record),
        last_act=tiling.undo,
    )
    if arguments.explain:
        return await run.run()
    await _check_window(inside)
    with inside.seat(inside.pane).taken():
        code = await run.run()
    if tiling.failure is not None:
        raise tiling.failure
    return code


async def _check_window(inside: Inside) -> None:
    """See that nobody tiles this window around another of its panes.

    Raises:
        OmaError: Somebody does, or the pane is one of those that were made for an agent.
    """
    rows = await inside.rows()
    ours = next((row for row in rows if row.pane == inside.pane), None)
    if ours is None:
        message = f"there is no pane {inside.pane}"
        raise OmaError(message)
    if ours.mark is not None:
        message = f"{inside.pane} was made by oma around {ours.mark.main}: tile from there"
        raise OmaError(message)
    others = {row.pane for row in rows if row.window == ours.window} - {inside.pane}
    for pane in others:
        if inside.seat(pane).holder() is not None:
            message = f"the window is tiled around {pane} already; 'oma untile' ends that"
            raise OmaError(message)


def _options(setting: Setting, inside: Inside, arguments: argparse.Namespace) -> list[str]:
    options = setting.server.argv()
    if setting.config_path is not None:
        options += ["--config", str(setting.config_path.absolute())]
    if setting.match is not None:
        options += ["--match", setting.match]
    options += ["tile", "--background", "--pane", inside.pane]
    for name in ("layout", "filter"):
        value = getattr(arguments, name)
        if value is not None:
            options += [f"--{name}", value]
    if arguments.record is not None:
        options += ["--record", str(Path(arguments.record).absolute())]
    return options
