"""`oma tile`: the agents as panes around the pane that it runs in."""

import argparse
from collections.abc import AsyncIterator

import attrs
import trio

from oma.cli.agent_filter import filter_of
from oma.cli.arguments import add_flag, add_record
from oma.cli.cli_context import CliContext, read_context
from oma.cli.exit_codes import DONE
from oma.cli.live import Run, RunContext, recording_for
from oma.cli.one_look import look_once
from oma.cli.option_values import GlobalOptions
from oma.cli.placements import placement_text
from oma.cli.tiling_policy import policy_of, tiler_of
from oma.errors import ConfigError, OmaError
from oma.model.events import PlacementDecided
from oma.model.ids import AgentId
from oma.model.printable import printable
from oma.model.state import AgentState
from oma.runtime.agents.lookup import KNOWN_S, know_agents
from oma.runtime.background import say_ready, start_in_background
from oma.runtime.client.working_directory import absolute
from oma.runtime.display.decision_log import agent_of
from oma.runtime.display.host_pane import HostPane, find_host_pane
from oma.runtime.display.tiler import Tiler
from oma.runtime.display.tiling_lock import LEAVE
from oma.runtime.stdout import write_stdout
from oma.tui.filtering import Filter

NOT_ASKED_FOR = "it is not asked for any more"


@attrs.frozen(kw_only=True)
class TileOptions(GlobalOptions):
    """Which agents are shown how, and for how long."""

    layout: str | None = None
    filter: str | None = None
    once: bool = False
    detach: bool = False
    explain: bool = False
    pane: str | None = None
    record: str | None = None
    background: bool = False
    """Started by `-d`: say when the work has begun."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma tile`."""
    parser.add_argument("--layout", choices=("vertical", "horizontal", "grid"))
    parser.add_argument(
        "--filter", metavar="F", help="only these agents: words, health:stuck, not, or"
    )
    add_flag(parser, "--once", "now and no more; the panes stay")
    parser.add_argument(
        "-d", dest="detach", action="store_true", help="in the background, until oma untile"
    )
    add_flag(parser, "--explain", "say what would be done and why, and do nothing")
    parser.add_argument("--pane", metavar="%N", help="the main pane (default: this one)")
    add_record(parser)
    parser.add_argument("--background", action="store_true", help=argparse.SUPPRESS)


@attrs.define
class Tiling:
    """The frontend of `tile`: tiles, and tells what it decides."""

    context: CliContext
    inside: HostPane
    options: TileOptions
    meant: Filter = attrs.field(init=False)
    """Who gets a pane."""
    failure: OmaError | None = None
    requests: AsyncIterator[int] | None = None
    """To leave."""
    _tiler: Tiler | None = None

    def __attrs_post_init__(self) -> None:
        self.meant = filter_of(self.context.config, self.options.filter)

    async def show(self, live: RunContext) -> None:
        """Tile until the main pane is gone or the run ends."""
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self._work, live, nursery)
            nursery.start_soon(self._mind_requests, live)
            while steps := await live.tail.receive():
                lines = [
                    placement_text(step.record, event, self._name(live, agent_of(event)), began)
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

    async def _work(self, live: RunContext, nursery: trio.Nursery) -> None:
        await know_agents(self.context.server, self.context.watched, live.store)
        if self.options.once or self.options.explain:
            await self._know_found(live)
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

    async def _know_found(self, live: RunContext) -> None:
        """Wait until the agents that are found in users' sessions are known, too: there is one round."""
        found = await look_once(self.context)
        wanted = {agent.id for agent in found.store.state.agents}
        with trio.move_on_after(KNOWN_S):
            while not wanted <= {agent.id for agent in live.store.state.agents}:
                await live.store.wait_newer(live.store.seq)

    async def _mind_requests(self, live: RunContext) -> None:
        if self.requests is None:
            return
        async for _ in self.requests:
            await write_stdout("oma: 'oma untile' ended the tiling\n")
            live.scope.cancel()

    async def _settle(self, live: RunContext, tiler: Tiler) -> None:
        await tiler.settled.wait()
        if self.options.explain:
            await write_stdout(self._explained(live, tiler))
        if self.options.background:
            say_ready()
        if self.options.once or self.options.explain:
            live.scope.cancel()

    def _make(self, live: RunContext) -> Tiler:
        return tiler_of(
            self.context,
            self.inside,
            live.store,
            policy_of(self.context.config.layout, self.options.layout),
            self._exclusion_reason,
            dry_run=self.options.explain,
        )

    def _exclusion_reason(self, agent: AgentState) -> str | None:
        return None if self.meant.fits(agent) else NOT_ASKED_FOR

    def _name(self, live: RunContext, agent_id: AgentId | None) -> str | None:
        agent = live.store.state.agent(agent_id)
        return None if agent is None else agent.name

    def _explained(self, live: RunContext, tiler: Tiler) -> str:
        plan = tiler.rounds.plan
        lines = []
        for decision in () if plan is None else plan.decisions:
            name = self._name(live, decision.agent) or decision.agent or "a program"
            pane = "" if decision.pane is None else f"{decision.pane}: "
            lines.append(f"{printable(name):<20}  {decision.action:<8}  {pane}{decision.reason}\n")
        return "".join(lines) or "no agents: nothing to do\n"


def run(options: TileOptions) -> int:
    """Tile.

    Raises:
        ConfigError: The configuration says that nothing is tiled, or the filter may be a mistake.
        OmaError: Not inside tmux, or the window is tiled already.
    """
    context = read_context(options)
    if not context.config.layout.enabled:
        raise ConfigError("[layout] enabled = false: nothing is tiled")
    filter_of(context.config, options.filter)  # said here, also where it tiles in the background
    return trio.run(_tile, context, options)


async def _tile(context: CliContext, options: TileOptions) -> int:
    inside = await find_host_pane(context.socket, "oma tile", options.pane)
    if options.detach:
        await start_in_background(_argv(context, inside, options))
        print(f"tiling around {inside.pane}; 'oma untile' ends that")
        return DONE
    tiling = Tiling(context, inside, options)
    run = Run(
        context=context,
        frontend=tiling.show,
        record=recording_for(options.record),
        on_shutdown=tiling.undo,
    )
    if options.explain:
        return await run.run()
    await inside.check_free()
    with (
        trio.open_signal_receiver(LEAVE) as tiling.requests,
        inside.tiling_lock(inside.pane).taken(),
    ):
        code = await run.run()
    if tiling.failure is not None:
        raise tiling.failure
    return code


def _argv(context: CliContext, inside: HostPane, options: TileOptions) -> list[str]:
    """Return the command line that tiles in the background."""
    words = [*context.argv(), "tile", "--background", "--pane", inside.pane]
    if options.layout is not None:
        words += ["--layout", options.layout]
    if options.filter is not None:
        words += ["--filter", options.filter]
    if options.record is not None:
        words += ["--record", str(absolute(options.record))]
    return words
