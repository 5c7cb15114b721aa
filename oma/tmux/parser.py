"""The state machine of control mode: lines in, events out; the only place that knows of guards.

A block ends on the guard that repeats the very numbers of its `%begin`, and on nothing else: what
a command prints may look like any other line. Every error that leaves here is a `ProtocolError`.
"""

import attrs

from oma.errors import ProtocolError
from oma.model.ids import PaneId, parse_pane_id
from oma.tmux.escape import unescape
from oma.tmux.grammar import parse_notification
from oma.tmux.lines import LineBuffer
from oma.tmux.notifications import Output, Reply, Stray, WireEvent
from oma.tmux.numbers import parse_number

MAX_BODY_BYTES = 32 << 20
"""Largest block that is believed: a captured screen is below 1 MiB, a list of panes below 10."""

_ASKED = 1  # bit of a guard's flags: the command came from this client's standard input
_MISPLACED = frozenset({b"%end", b"%error", b"%output", b"%extended-output"})
_MAX_PANES = 4096  # ids that are kept decoded


@attrs.define
class _Block:
    guard: bytes
    """What follows the word: time, number and flags."""
    number: int
    time_s: int
    asked: bool
    lines: list[bytes] = attrs.Factory(list)
    body_bytes: int = 0


@attrs.define
class ControlParser:
    """Parses what one control client receives, from its first byte to its last."""

    _lines: LineBuffer = attrs.Factory(LineBuffer)
    _block: _Block | None = None
    _panes: dict[bytes, PaneId] = attrs.Factory(dict)
    _begun: bool = False
    _exited: bool = False
    _broken: str | None = None

    def feed(self, data: bytes) -> list[WireEvent]:
        """Return the events that `data` completes, in order; nothing after an `Exit`.

        Raises:
            ProtocolError: The bytes are not control mode, now or at an earlier call. What the
                same call had understood before is lost with it.
        """
        self._refuse_if_broken()
        if self._exited:
            return []
        try:
            return self._parse(self._lines.feed(data))
        except ProtocolError as error:
            self._broken = str(error)
            raise

    def close(self) -> None:
        """Say that no more bytes come.

        Raises:
            ProtocolError: A block or a line is not finished, or an earlier call failed.
        """
        self._refuse_if_broken()
        if self._exited:
            return
        if self._block is not None:
            raise ProtocolError(f"the connection ended inside block {self._block.number}")
        if self._lines.pending_bytes:
            raise ProtocolError("the connection ended inside a line")

    def _refuse_if_broken(self) -> None:
        if self._broken is not None:
            raise ProtocolError(f"the connection is broken: {self._broken}")

    def _parse(self, lines: list[bytes]) -> list[WireEvent]:
        events: list[WireEvent] = []
        if lines and not self._begun:
            self._first_line(lines[0])
        for line in lines:
            if self._block is not None:
                self._body_line(self._block, line, events)
            elif line.startswith(b"%output "):
                fields = line.split(b" ", 2)
                if len(fields) != 3:
                    raise _malformed(line)
                events.append(Output(self._pane(fields[1]), unescape(fields[2])))
            elif line.startswith(b"%extended-output "):
                events.append(self._extended_output(line))
            else:
                self._other_line(line, events)
                if self._exited:
                    break
        return events

    def _extended_output(self, line: bytes) -> Output:
        # Fields that a newer tmux may add stand before the colon.
        head, colon, data = line.partition(b" : ")
        fields = head.split(b" ", 3)
        if not colon or len(fields) < 3:
            raise _malformed(line)
        return Output(self._pane(fields[1]), unescape(data))

    def _first_line(self, line: bytes) -> None:
        # A server that is stuck answers every new client with `%exit` alone (3.6a).
        if line.partition(b" ")[0] not in {b"%begin", b"%exit"}:
            raise ProtocolError(f"not the control mode of tmux: {line[:200]!r}")
        self._begun = True

    def _body_line(self, block: _Block, line: bytes, events: list[WireEvent]) -> None:
        if line.startswith((b"%end ", b"%error ")):
            word, _, guard = line.partition(b" ")
            if guard == block.guard:
                block.lines.append(b"")
                data = b"\n".join(block.lines)
                ok = word == b"%end"
                events.append(Reply(block.number, block.time_s, block.asked, ok, data))
                self._block = None
                return
        block.lines.append(line)
        block.body_bytes += len(line) + 1
        if block.body_bytes > MAX_BODY_BYTES:
            raise ProtocolError(f"block {block.number} has more than {MAX_BODY_BYTES} bytes")

    def _other_line(self, line: bytes, events: list[WireEvent]) -> None:
        word, _, guard = line.partition(b" ")
        if word == b"%begin":
            self._begin(line, guard)
        elif word == b"%exit":
            self._exited = True
            events.append(parse_notification(line))
        elif word in _MISPLACED:
            raise _malformed(line)
        elif line.startswith(b"%"):
            events.append(parse_notification(line))
        else:
            events.append(_stray(line))

    def _begin(self, line: bytes, guard: bytes) -> None:
        fields = guard.split(b" ")
        if len(fields) != 3:
            raise _malformed(line)
        time_s, number, flags = fields
        self._block = _Block(
            guard,
            parse_number(number),
            parse_number(time_s),
            bool(parse_number(flags) & _ASKED),
        )

    def _pane(self, text: bytes) -> PaneId:
        pane = self._panes.get(text)
        if pane is None:
            if len(self._panes) >= _MAX_PANES:
                self._panes.clear()
            pane = self._panes[text] = parse_pane_id(text.decode(errors="replace"))
        return pane


def _malformed(line: bytes) -> ProtocolError:
    return ProtocolError(f"malformed or out of place: {line[:200]!r}")


def _stray(line: bytes) -> Stray:
    try:
        printable = line.decode().replace("\t", " ").isprintable()
    except UnicodeDecodeError:
        printable = False
    if printable:
        return Stray(line)
    raise ProtocolError(f"neither a notification nor text: {line[:200]!r}")
