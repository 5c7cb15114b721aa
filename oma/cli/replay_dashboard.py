"""`oma replay` on a terminal: the dashboard on a recording."""

import argparse
import os
import signal
import sys
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from pathlib import Path

import attrs
import trio

from oma.cli.dashboard_terminal import asks_background, terminal_for
from oma.cli.exit_codes import DONE, FAILED, ended_by
from oma.cli.rules import carried_config, carried_rules, other_rules
from oma.cli.signals import minding_signals
from oma.config.load import find_path, load_config
from oma.model.ids import AgentId
from oma.model.intents import Intent, NewAgent, Refusal
from oma.model.wall_time import WallTime
from oma.recording.files import open_recording
from oma.recording.reader import RecordingReader
from oma.reducers.fleet import Fleet
from oma.runtime.monitor.replayer import Replayer
from oma.store.history import History
from oma.store.tail import Tail
from oma.tui.keymap import keymap_of
from oma.tui.locales import utf8_terminal
from oma.tui.loop import Dashboard
from oma.tui.player import REFUSED, Player
from oma.tui.playhead import Playhead
from oma.tui.theme import TerminalCapabilities
from oma.tui.timeline import OWN_RULES


@attrs.define
class NullExecutor:
    """The desk of a recording: nothing can be asked of agents that are past."""

    occupant: AgentId | None = None

    async def carry_out(
        self,
        intent: Intent,  # noqa: ARG002  # whatever it is
        suspend: Callable[[], AbstractAsyncContextManager[None]],  # noqa: ARG002
    ) -> str:
        """Refuse."""
        return REFUSED

    async def refusal(self, new: NewAgent) -> Refusal | None:  # noqa: ARG002  # as above
        """Refuse nothing here: `carry_out` does."""
        return None

    async def directories(self, text: str) -> tuple[str, ...]:  # noqa: ARG002  # as above
        """Return none."""
        return ()

    def resized(self) -> None:
        """Nothing stands beside it."""


def show(arguments: argparse.Namespace, path: Path) -> int:
    """Show the recording until the person leaves; return an exit code.

    Raises:
        RecordingError: It cannot be read, or is damaged; what could be read was shown.
    """
    with open_recording(path) as reader:
        return trio.run(_show, arguments, path, reader)


async def _show(arguments: argparse.Namespace, path: Path, reader: RecordingReader) -> int:
    history = History(Fleet(carried_rules(reader.header, arguments, str(path))))
    replayer = Replayer(history)
    own = load_config(find_path(os.environ, getattr(arguments, "config", None)))
    prefix = carried_config(reader.header, arguments, str(path)).dashboard.session_prefix
    keymap = keymap_of(own.keys)
    wall_time = WallTime(datetime.fromisoformat(reader.header.started_at).astimezone())
    player = Player(
        history=history,
        wall_s=trio.current_time,
        keymap=keymap,
        rules=other_rules(arguments) or OWN_RULES,
        playhead=Playhead(arguments.start_s, trio.current_time()),
        whole=lambda: replayer.done,
    )
    came: list[signal.Signals] = []
    ended = trio.Event()

    def end(number: signal.Signals) -> None:
        came.append(number)
        ended.set()

    # From before the terminal is taken to after it is given back: also a second one does no harm.
    async with minding_signals(end, in_terminal=True), trio.open_nursery() as nursery:
        with terminal_for(own.dashboard, os.environ) as painter:
            dashboard = Dashboard(
                store=player,
                tail=Tail(0, 0),
                now_s=lambda: player.t,
                wall_time=lambda: wall_time,
                prefix=prefix,
                keymap=keymap,
                capabilities=TerminalCapabilities(
                    emoji=not os.environ.get("NO_COLOR"),
                    ascii=arguments.ascii or not utf8_terminal(),
                ),
                desk=NullExecutor(),
                painter=painter,
                asks_background=asks_background(own.dashboard, os.environ),
            )
            nursery.start_soon(_leave_when, ended, dashboard)
            nursery.start_soon(_read, replayer, reader, dashboard)
            await dashboard.run()
            nursery.cancel_scope.cancel()
    for words in (replayer.failed, reader.torn):
        if words is not None:
            print(f"oma: {words}", file=sys.stderr)
    if came:
        return ended_by(came[0])
    return DONE if replayer.failed is None else FAILED


async def _read(replayer: Replayer, reader: RecordingReader, dashboard: Dashboard) -> None:
    await replayer.read(reader)
    if replayer.failed is not None:
        dashboard.say(replayer.failed)
    dashboard.refresh()


async def _leave_when(ended: trio.Event, dashboard: Dashboard) -> None:
    await ended.wait()
    dashboard.leave()
