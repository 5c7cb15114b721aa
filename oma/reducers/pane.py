"""One pane of an agent, folded: its facts, its screen, its signals.

A screen follows the bytes exactly only between a capture and the next resize or loss; outside of
that it is `stale` and nothing is read from it. Rules look at a changed screen at once when the
pane was quiet, at most every `LOOK_EVERY_S` while it floods, and every `REPEAT_LOOK_S` while it repeats
itself.
"""

import math
from collections.abc import Iterable

import attrs

from oma.detection.announcements import NOTHING, Announced
from oma.detection.evidence import Evidence
from oma.detection.shells import is_interactive, is_shell
from oma.model.events import CheckoutSeen, PaneCaptured, PaneSeen, ProcessSample
from oma.model.pane_sampled import PaneSampled
from oma.model.signals import Signal, StatusReported, TitleSet
from oma.model.status_file import StatusFileRead
from oma.reducers.repeated_output import RepeatedOutput
from oma.screen.emulator import Screen
from oma.screen.signal_scanner import SignalScanner
from oma.screen.snapshots import Snapshot
from oma.screen.styled import StyledRows
from oma.screen.synchronized import SynchronizedUpdate

LOOK_EVERY_S = 0.02
"""While a pane floods: a user cannot read faster, and each look costs part of a millisecond."""

QUIET_S = 0.008
"""A pane that printed nothing for this long does not flood, however soon it was looked at."""

REPEAT_LOOK_S = 0.5
"""While what a pane prints repeats what it printed before: a spinner turns."""

MOST_UNREAD = 16
"""So many pieces of output wait for a look before the emulator takes them."""

REPEAT_STEP_S = 0.05
"""Such looks are due at multiples of this: many panes are looked at one after the other then, which takes less than half of
the time of as many looks that each find the processor's caches cold."""

FRAME_S = 0.1
"""So long the end of a frame is waited for whose beginning the program marked."""

LINE_BYTES = 1024
LINE_QUIET_S = 0.002
"""The same for a few lines: they are what an answer to a key is, and floods come in kilobytes."""

LOOKS_SAVED = 3.0
"""Looks that a quiet pane saves up, so that what it prints in a burst is seen at once."""

REPAINT_S = 1.0
"""How long after a resize output is a repaint and not work (peers measured 0.3 to 1 s)."""


@attrs.define
class PaneFold:
    """What is known of one pane; the owner of its emulated screen."""

    seen: PaneSeen
    title: str
    screen: Screen | None = None
    """`None` while no capture has come, or after a resize, a loss or a failure of the engine."""
    was_captured: bool = False
    """Its screen was known at some time."""
    report: StatusReported | None = None
    report_s: float = 0.0
    announced: Announced = NOTHING
    sample: ProcessSample | None = None
    checkout: CheckoutSeen | None = None
    status_file: StatusFileRead | None = None
    status_file_s: float = 0.0
    sampled: str = ""
    """Why captures stand for its output; empty where they do not."""
    sampled_s: float = 0.0
    """Since when."""
    distrust: str | None = None
    """Why the screen has to be captured anew although no output is missing."""
    look_due_s: float = math.inf
    """When the screen is to be looked at; infinite when it did not change since."""
    _looked_s: float = 0.0
    _looks_saved: float = LOOKS_SAVED
    """After the look at `_looked_s`; grows by one every `LOOK_EVERY_S`."""
    _printed_s: float = -math.inf
    _is_earned: bool = False
    """The look that is due was earned by being quiet."""
    _repaint_until_s: float = -math.inf
    _has_gap: bool = False
    """Output is missing since the screen was last known, and no resize changed it besides."""
    _unread: list[bytes] = attrs.Factory(list)
    _lines: tuple[str, ...] = ()
    _alternate: bool = False
    _cursor: tuple[int, int] = (0, 0)
    _scanner: SignalScanner = attrs.Factory(SignalScanner)
    repeated: RepeatedOutput = attrs.Factory(RepeatedOutput)
    update: SynchronizedUpdate = attrs.Factory(SynchronizedUpdate)

    @property
    def project_and_branch(self) -> tuple[str, str]:
        """The git repository that its directory is in, else the directory; and what is checked out."""
        checkout = self.checkout
        if checkout is None:
            return self.seen.cwd, ""
        return checkout.project or self.seen.cwd, checkout.branch

    def output(self, t: float, data: bytes) -> None:
        """Take what the pane printed at `t`; say so through `look_due_s`."""
        signals = self._scanner.scan(data)
        self._hear(t, signals)
        if self.screen is not None:
            self.update.take(data)
            self._unread.append(data)
            if len(self._unread) >= MOST_UNREAD:
                self._feed_screen(self.screen)
            if not signals and self.repeated.take(data):
                self._printed_s = t
                self._look_within(t, REPEAT_LOOK_S)
                return
        elif not signals:
            self._printed_s = t
            return  # nothing that a look could find
        quiet_s = LINE_QUIET_S if len(data) <= LINE_BYTES else QUIET_S
        quiet, self._printed_s = t - self._printed_s >= quiet_s, t
        self._is_earned |= quiet
        if self.update.is_open and not signals:
            self.look_due_s = min(self.look_due_s, round(t + FRAME_S, 6))
        elif quiet:
            self.look_due_s = t
        else:
            self.touch(t)

    def _hear(self, t: float, signals: Iterable[Signal]) -> None:
        for signal in signals:
            if type(signal) is TitleSet:
                self.title = signal.text
            elif type(signal) is StatusReported:
                self.report = None if signal.state == "clear" else signal
                self.report_s = t
            else:
                self.announced = self.announced.after(t, signal)

    def counts_as_work(self, t: float) -> bool:
        """Say whether output at `t` is more than the repaint that follows a resize."""
        return t >= self._repaint_until_s

    @property
    def runs_program(self) -> bool:
        """Something runs in it, a script included: not only a shell that waits for commands.

        False for a shell whose arguments are not known yet.
        """
        argv = self.sample.argv if self.sample is not None else ()
        return not is_shell(self.seen.command) or (bool(argv) and not is_interactive(argv))

    def captured(self, t: float, event: PaneCaptured) -> bool:
        """Start the screen afresh from what tmux shows; say whether it tells of lost output."""
        self._unread.clear()
        self.screen = Screen.seeded(event)
        self.was_captured = True
        self.distrust = None
        self._alternate = event.alternate
        self.touch(t)
        has_gap, self._has_gap = self._has_gap, bool(self.sampled)
        if self.sampled and not self.counts_as_work(t):
            return False
        return has_gap and self.screen.lines() != self._lines

    def lost(self) -> None:
        """Forget the screen, but for what the next capture is compared with."""
        self._read_screen()
        self._has_gap |= self.screen is not None
        self.forget_screen()

    def resized(self, t: float, columns: int, rows: int) -> None:
        """Forget the screen until the next capture; what is printed meanwhile is a repaint."""
        self.seen = attrs.evolve(self.seen, columns=columns, rows=rows)
        self._repaint_until_s = round(t + REPAINT_S, 6)
        self._has_gap = False
        self.forget_screen()

    def forget_screen(self) -> None:
        """Stop believing the screen until the next capture."""
        self.screen = None
        self._unread.clear()
        self.repeated.looked(is_as_before=False)

    def look(self, t: float) -> Evidence:
        """Return what is to be seen at `t`."""
        self.look_due_s = math.inf
        # What quiet earned takes nothing from what was saved for a burst.
        price = 0.0 if self._is_earned else 1.0
        self._looks_saved = max(0.0, self._looks_at(t) - price)
        self._is_earned = False
        self._looked_s = t
        self._read_screen()
        column, row = self._cursor
        return Evidence(
            lines=self._lines,
            cursor_row=row,
            cursor_column=column,
            title=self.title,
            command=self.seen.command,
            argv=self.sample.argv if self.sample is not None else (),
            report=self.report,
            report_s=self.report_s,
            columns=self.seen.columns,
            children=self.sample.children if self.sample is not None else 0,
            announced=self.announced,
            status_file=self._own_status_file(),
            status_file_s=self.status_file_s,
            is_whole=self.update.is_whole,
        )

    def file_read(self, t: float, event: StatusFileRead) -> None:
        """Take what the agent's own status file says."""
        self.status_file, self.status_file_s = event, t
        self.touch(t)

    def take_sampled(self, t: float, event: PaneSampled) -> None:
        """Take that captures stand for its output, or do no more; signals of before are not known any more."""
        self._has_gap |= self.screen is not None
        self.sampled, self.sampled_s = event.reason, t
        self.report, self.announced = None, NOTHING
        self.touch(t)

    def _own_status_file(self) -> StatusFileRead | None:
        """Return what the file of the process says that runs now; one that ended says nothing any more."""
        told, sample = self.status_file, self.sample
        return told if told is not None and sample is not None and told.pid == sample.pid else None

    def rows(self) -> tuple[str, ...] | None:
        """Return the rows that are shown now; `None` while the screen is not known."""
        self._read_screen()
        return self._lines if self.screen is not None else None

    def styled_rows(self, most_rows: int) -> StyledRows | None:
        """Return the bottom rows with their colours; `None` while the screen is not known.

        For views: nothing that the fold believes depends on whether somebody looked.
        """
        screen = self.screen
        if screen is None:
            return None
        self._feed_screen(screen)
        return None if screen.failed is not None else screen.styled(most_rows)

    def snapshot(self) -> Snapshot | None:
        """Return the whole terminal as it is now; `None`, and for views, as `styled_rows`."""
        screen = self.screen
        if screen is None:
            return None
        self._feed_screen(screen)
        screen.lines()  # looks whether the emulator failed
        data = screen.snapshot()
        if data is None:
            return None
        return Snapshot(screen.columns, screen.rows, data, screen.pending)

    def _feed_screen(self, screen: Screen) -> None:
        if self._unread:
            screen.feed(b"".join(self._unread))
            self._unread.clear()

    def _read_screen(self) -> None:
        screen = self.screen
        if screen is None:
            return  # what was last seen stands until the next capture
        self._feed_screen(screen)
        if screen.failed is not None:
            self.distrust = screen.failed
            self.forget_screen()
            return
        if self._alternate and not screen.alternate:
            # A capture of the alternate screen does not show what lies under it.
            self.distrust = "the alternate screen was left"
        self._alternate = screen.alternate
        self._lines = screen.lines()
        self._cursor = screen.cursor

    def touch(self, t: float) -> None:
        """Ask for a look: the screen, or a fact about the pane, changed."""
        if self.look_due_s > t + LOOK_EVERY_S:
            lacking = max(0.0, 1.0 - self._looks_at(t))
            self.look_due_s = round(t + lacking * LOOK_EVERY_S, 6)

    def looked(self, *, is_as_before: bool) -> None:
        """Take whether the last look found what the look before it had found."""
        self.repeated.looked(is_as_before=is_as_before)

    def _look_within(self, t: float, pause_s: float) -> None:
        """Ask for a look at `t`, or at a multiple of `REPEAT_STEP_S` less than `pause_s` after the last one."""
        if self.look_due_s == math.inf:
            steps = math.floor(round((self._looked_s + pause_s) / REPEAT_STEP_S, 6))
            self.look_due_s = max(t, round(steps * REPEAT_STEP_S, 6))

    def _looks_at(self, t: float) -> float:
        return min(LOOKS_SAVED, self._looks_saved + (t - self._looked_s) / LOOK_EVERY_S)
