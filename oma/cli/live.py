"""The composition of a live run: clock, store, monitor, timer, recorder, and one frontend.

The order of the end is what makes a recording complete: the monitor stops, the log says so, the
tails close, and the frontend and the recorder read theirs to the end.
"""

import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import attrs
import trio

from oma import __version__
from oma.cli.class_code import forget_texts
from oma.cli.cli_context import CliContext, profiles_in_force, thresholds
from oma.cli.exit_codes import DONE, FAILED
from oma.cli.option_values import RuleOptions
from oma.cli.recording_rules import read_rules
from oma.cli.stop_signals import run_with_signals
from oma.cli.watching import Watching, connect_service
from oma.config.schema import to_mapping
from oma.errors import OutputError, RecordingError
from oma.model.events import MonitorStopped
from oma.recording.files import RecordingFile
from oma.recording.recording_format import VERSION, Header
from oma.reducers.fleet import Fleet
from oma.reducers.rules import Rules
from oma.runtime.client.server_finder import tmux_version
from oma.runtime.clock import LogClock, start_clock
from oma.runtime.monitor.recorder import FLUSH_S, PIPE_FLUSH_S, Recorder
from oma.runtime.service.service_feed import ServiceFeed
from oma.store.store import Store
from oma.store.tail import Tail

SWITCH_S = 0.0005
"""How long a worker thread may keep the loop waiting for the interpreter; Python's own is 5 ms."""


@attrs.define
class RunContext:
    """A live run as its frontend sees it."""

    store: Store
    clock: LogClock
    tail: Tail
    scope: trio.CancelScope
    """Ends the watch; the frontend then reads its tail to the end."""
    monitor: Watching
    rules: Rules
    ending: trio.Event
    """A signal has come: the watch winds down, and a frontend need not wait for that."""
    header: Header
    """Of the log."""


Frontend = Callable[[RunContext], Awaitable[None]]


@attrs.define
class Run:
    """One live run.

    Args:
        context: What to watch.
        frontend: Shows it; returns when its tail has ended.
        record: Where to record, or `None`.
        duration_s: How long, at most.
    """

    context: CliContext
    frontend: Frontend
    record: RecordingFile | None = None
    duration_s: float = float("inf")
    on_shutdown: Callable[[], Awaitable[None]] | None = None
    """Done while the log is still open, however the run ends."""
    record_only: bool = False
    """There is nothing else to do once the recording has failed."""
    record_to_pipe: bool = False
    """Somebody follows the recording."""
    samples_processes: bool = True
    """Arguments tell what launchers hide: aider and codex show as `python3` and `node`."""
    keeps_renamed: bool = False
    """A session stays watched under any name, as it does where it alone is watched."""
    uses_service: bool = False
    """It is fed by the service, where there is one."""
    settled: bool = False
    """By a service that has only begun to watch it is not fed."""
    feed: ServiceFeed | None = None
    """The log of the service, where that is known already."""
    holds_terminal: bool = False
    """The frontend has the terminal: no second signal ends us before that is given back."""
    _scope: trio.CancelScope = attrs.Factory(trio.CancelScope)
    _ending: trio.Event = attrs.Factory(trio.Event)
    interrupted: signal.Signals | None = None
    """The signal that ended it."""
    reason: str = "stopped"
    """Why the run ended, as the recording tells it."""
    failed: bool = False
    _unread: ExceptionGroup[BrokenPipeError | OutputError] | None = None
    """Nobody takes any more what the frontend prints."""

    async def run(self) -> int:
        """Run until the frontend ends it, time is over or a signal comes; return an exit code."""
        # A worker thread that holds the interpreter for 5 ms each time would delay what is seen.
        sys.setswitchinterval(SWITCH_S)
        forget_texts()
        # From before the frontend takes the terminal to after it gave that back.
        code = await run_with_signals(
            self._run,
            self._interrupt,
            holds_terminal=self.holds_terminal,
            repeats=self.holds_terminal,
        )
        if self._unread is not None:
            raise self._unread
        return code

    async def _run(self) -> int:
        clock = start_clock()
        if self.uses_service and self.feed is None:
            self.feed = await connect_service(self.context, settled=self.settled)
        header, rules = await self._describe(clock)
        store = Store(Fleet(rules), clock.now_s)
        watching = Watching(
            self.context,
            store,
            clock,
            rules.profiles,
            feed=self.feed,
            seeks_service=self.uses_service and not self.context.no_service,
            samples_processes=self.samples_processes,
            keeps_renamed=self.keeps_renamed or self.context.include is not None,
        )
        async with trio.open_nursery() as readers:
            if self.record is not None:
                flush_s = PIPE_FLUSH_S if self.record_to_pipe else FLUSH_S
                recorder = Recorder(self.record, store.tail(), flush_s)
                readers.start_soon(self._record, recorder, header)
            live = RunContext(
                store, clock, store.tail(), self._scope, watching, rules, self._ending, header
            )
            readers.start_soon(self._show, live)
            try:
                with self._scope, trio.move_on_after(self.duration_s):
                    await watching.run()
            finally:
                if self.on_shutdown is not None:
                    with trio.CancelScope(shield=True):
                        await self.on_shutdown()
                store.append(MonitorStopped(self.reason))
                store.close()
        return FAILED if self.failed else DONE

    async def _describe(self, clock: LogClock) -> tuple[Header, Rules]:
        context, feed = self.context, self.feed
        if feed is not None:  # judged by what the service judges by
            header = attrs.evolve(feed.header, started_at=clock.started_at)
            rules, _ = read_rules(header, RuleOptions(), "the service")
            return header, rules
        profiles = profiles_in_force()
        header = Header(
            version=VERSION,
            started_at=clock.started_at,
            tmux=await tmux_version(),
            oma=__version__,
            config=to_mapping(context.config),
            profiles={profile.name: profile.definition for profile in profiles},
        )
        return header, Rules(
            profiles, thresholds(context.config), linger_s=context.config.discovery.linger
        )

    def _interrupt(self, number: signal.Signals) -> None:
        if self.interrupted is None:
            self.interrupted = number
            self.reason = f"interrupted by {number.name}"
            self._ending.set()
            self._scope.cancel()

    async def _show(self, live: RunContext) -> None:
        try:
            await self.frontend(live)
        except* (BrokenPipeError, OutputError) as unread:
            self._unread = unread  # raised when the recording is complete
            live.scope.cancel()
        if live.tail.cut_off:
            self.failed = True
            print("oma: the output ends here: its reader was too slow", file=sys.stderr)
            if self.record is None:
                live.scope.cancel()

    async def _record(self, recorder: Recorder, header: Header) -> None:
        try:
            await recorder.run(header)
        except BrokenPipeError as unread:
            self._unread = ExceptionGroup("nobody reads the recording", [unread])
            self._scope.cancel()
        except RecordingError as error:
            self.failed = True
            print(f"oma: the recording has ended: {error}", file=sys.stderr)
            if self.record_only:
                self._scope.cancel()


def recording_for(name: str | None) -> RecordingFile | None:
    """Return a new recording file of that name; `None` for no name.

    Raises:
        RecordingError: It exists, or cannot be made.
    """
    return None if name is None else RecordingFile.create(Path(name))
