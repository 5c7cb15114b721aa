"""`oma replay` on a terminal: the dashboard on a recording."""

import os
import sys
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from math import inf
from pathlib import Path

import attrs
import trio

from oma.cli.dashboard_terminal import (
    capabilities_of,
    keys_from_terminal,
    news_s,
    terminal_for,
    themes_of,
    themes_to_ask_for,
)
from oma.cli.exit_codes import DONE, FAILED
from oma.cli.idle_garbage import garbage_when_idle
from oma.cli.option_values import RuleOptions
from oma.cli.pane_access import copy_here
from oma.cli.recording_rules import carried_config, carried_rules, other_rules
from oma.cli.stop_signals import run_with_signals
from oma.config.load import load_config
from oma.config.places import find_path
from oma.model.ids import AgentId
from oma.model.intents import Intent, NewAgent, Refusal
from oma.model.wall_time import log_calendar
from oma.recording.files import is_stream, open_recording
from oma.recording.reader import RecordingReader
from oma.reducers.fleet import Fleet
from oma.runtime.monitor.replayer import Replayer
from oma.store.history import History
from oma.tui.executor import PaneAccess
from oma.tui.first_view import first_view
from oma.tui.keymap import keymap_of
from oma.tui.loop import Dashboard
from oma.tui.player import REFUSED, Player
from oma.tui.playhead import Playhead
from oma.tui.timeline import OWN_RULES


@attrs.define
class NullExecutor:
    """The executor of a recording: nothing can be asked of agents that are past."""

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


def show(path: Path, rules: RuleOptions, *, start_s: float, ascii_only: bool) -> int:
    """Show the recording until the user leaves; return an exit code.

    A stream is shown as it comes, at its end.

    Raises:
        ConfigError: The recording is on stdin, and there is no other terminal.
        RecordingError: It cannot be read, or is damaged; what could be read was shown.
    """
    live = is_stream(path)
    if live:
        print("oma: waiting for a recording", file=sys.stderr)
    with open_recording(path) as reader:
        if live:
            keys_from_terminal()
        return trio.run(_show, path, reader, rules, start_s or (inf if live else 0.0), ascii_only)


async def _show(
    path: Path,
    reader: RecordingReader,
    rules: RuleOptions,
    start_s: float,
    ascii_only: bool,  # noqa: FBT001
) -> int:
    history = History(Fleet(carried_rules(reader.header, rules, str(path))))
    replayer = Replayer(history)
    own = load_config(find_path(os.environ, rules.config))
    keymap = keymap_of(own.keys)
    player = Player(
        history=history,
        wall_s=trio.current_time,
        keymap=keymap,
        rules=other_rules(rules) or OWN_RULES,
        playhead=Playhead(start_s, trio.current_time()),
        whole=lambda: replayer.done,
        wall_time=log_calendar(reader.header.started_at),
        came=replayer.came if is_stream(path) else None,
    )
    ended = trio.Event()

    async def play() -> int:
        with (
            terminal_for(themes_of(own), os.environ, mouse=own.dashboard.mouse) as painter,
            garbage_when_idle() as garbage,
        ):
            dashboard = Dashboard(
                source=player,
                prefix=carried_config(reader.header, rules, str(path)).dashboard.session_prefix,
                keymap=keymap,
                capabilities=capabilities_of(os.environ, ascii_only=ascii_only),
                executor=NullExecutor(),
                painter=painter,
                themes=themes_to_ask_for(own, os.environ),
                panes=PaneAccess(copy=copy_here),
                news_s=news_s(own),
                idle=garbage.look,
                view=first_view(own.dashboard),
            )
            async with trio.open_nursery() as nursery:
                nursery.start_soon(_leave_when, ended, dashboard)
                nursery.start_soon(_read, replayer, reader, dashboard)
                await dashboard.run()
                nursery.cancel_scope.cancel()
        return DONE if replayer.failed is None else FAILED

    # From before the terminal is taken to after it is given back: also a second one does no harm.
    code = await run_with_signals(play, lambda _: ended.set(), holds_terminal=True)
    for words in (replayer.failed, reader.torn):
        if words is not None:
            print(f"oma: {words}", file=sys.stderr)
    return code


async def _read(replayer: Replayer, reader: RecordingReader, dashboard: Dashboard) -> None:
    await replayer.read(reader.batches())
    if replayer.failed is not None:
        dashboard.say(replayer.failed)
    dashboard.refresh()


async def _leave_when(ended: trio.Event, dashboard: Dashboard) -> None:
    await ended.wait()
    dashboard.leave()
