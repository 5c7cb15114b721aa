"""Commands about clients: attaching, listing, what a control client is sent, popups.

Clients that watch attach with `ignore-size`, or the windows of the session would take their size.

>>> from oma.model.ids import SessionId
>>> agent_client(SessionId("$2")).words()
('attach-session', '-E', '-f', 'ignore-size,pause-after=1', '-t', '$2')
"""

from collections.abc import Sequence
from typing import ClassVar

import attrs

from oma.model.ids import PaneId, SessionId, WindowId
from oma.tmux.commands.command import Safety

IGNORE_SIZE = "ignore-size"
"""A client with this flag has no say in the size of windows."""


@attrs.frozen
class AttachSession:
    """Show a session in the terminal, or to the control client, that the process runs in.

    `-E` leaves the environment of the session alone.
    """

    session: SessionId
    flags: Sequence[str] = ()
    """Of tmux(1), `attach-session -f`."""

    @property
    def safety(self) -> Safety:
        """Without `ignore-size` the windows of the session take the size of the client."""
        return Safety.READ_ONLY if IGNORE_SIZE in self.flags else Safety.MUTATING

    def words(self) -> tuple[str, ...]:
        """Return `attach-session …`."""
        flags = ("-f", ",".join(self.flags)) if self.flags else ()
        return ("attach-session", "-E", *flags, "-t", self.session)


def quiet_client(session: SessionId) -> AttachSession:
    """Return how a client attaches that gets no output of panes: the hub, and one for requests."""
    return AttachSession(session, ("no-output", IGNORE_SIZE))


def agent_client(session: SessionId) -> AttachSession:
    """Return how the client of one session attaches.

    tmux pauses a pane whose output it could not deliver for a second.
    """
    return AttachSession(session, (IGNORE_SIZE, "pause-after=1"))


@attrs.frozen
class OpenPrompt:
    """Open a prompt on the control client that sends this, where nobody sees it: it never ends.

    A client has one prompt. Keys of others that open one in copy-mode, as `f` does, would otherwise
    open it here, and their command would wait for an answer. Needs tmux 3.3.
    """

    safety: ClassVar[Safety] = Safety.READ_ONLY

    def words(self) -> tuple[str, ...]:
        """Return `command-prompt -b …`; an answer would do nothing."""
        return ("command-prompt", "-b", "-p", "oma", "")


@attrs.frozen
class ListClients:
    """Ask for the clients of the server, or of the session of a pane: one line each."""

    format: str
    pane: PaneId | None = None
    safety: ClassVar[Safety] = Safety.READ_ONLY

    def words(self) -> tuple[str, ...]:
        """Return `list-clients …`."""
        target = () if self.pane is None else ("-t", self.pane)
        return ("list-clients", *target, "-F", self.format)


@attrs.frozen
class DetachClient:
    """End a client."""

    client: str
    """Its name: for a client on a terminal, the path of that."""
    safety: ClassVar[Safety] = Safety.MUTATING

    def words(self) -> tuple[str, ...]:
        """Return `detach-client …`."""
        return ("detach-client", "-t", self.client)


@attrs.frozen
class SwitchClient:
    """Show a session in a client: never in one that tmux would guess."""

    client: str
    session: SessionId
    safety: ClassVar[Safety] = Safety.MUTATING

    def words(self) -> tuple[str, ...]:
        """Return `switch-client …`."""
        return ("switch-client", "-E", "-c", self.client, "-t", self.session)


@attrs.frozen
class PausePane:
    """Make tmux drop output of a pane, for one control client alone, until it is continued."""

    pane: PaneId
    client: str | None = None
    """Its name; `None` is the client that sends the command."""
    safety: ClassVar[Safety] = Safety.READ_ONLY

    def words(self) -> tuple[str, ...]:
        """Return `refresh-client … -A %5:pause`."""
        return _refresh(self.client, self.pane, "pause")


@attrs.frozen
class ContinuePane:
    """Make tmux send output of a pane again, to the client that sends the command."""

    pane: PaneId
    safety: ClassVar[Safety] = Safety.READ_ONLY

    def words(self) -> tuple[str, ...]:
        """Return `refresh-client -A %5:continue`."""
        return _refresh(None, self.pane, "continue")


def _refresh(client: str | None, pane: PaneId, action: str) -> tuple[str, ...]:
    target = () if client is None else ("-t", client)
    return ("refresh-client", *target, "-A", f"{pane}:{action}")


@attrs.frozen
class Subscribe:
    """Have tmux tell the control client, within a second, when the value of a format changes.

    Of a window, and never of the client's session: before 3.7 a server dies that checks a subscription
    of a session just when that session was killed and its client has not left yet.
    """

    name: str
    """Comes back with each value; no colons. Another subscription of this name takes its place."""
    window: WindowId
    """What the format is expanded for. Nothing is told while it is not in the client's session."""
    format: str
    safety: ClassVar[Safety] = Safety.READ_ONLY

    def words(self) -> tuple[str, ...]:
        """Return `refresh-client -B …`."""
        return ("refresh-client", "-B", f"{self.name}:{self.window}:{self.format}")


@attrs.frozen
class DisplayPopup:
    """Run a program in a popup over a client; the process ends when the popup is closed.

    Needs tmux 3.2. The client is named: tmux may choose a control client otherwise, and hangs or
    dies of that (#5551). There is no title: it would be a format, and 3.2 has none.
    """

    client: str
    width_percent: int
    height_percent: int
    program: Sequence[str]
    safety: ClassVar[Safety] = Safety.MUTATING

    def words(self) -> tuple[str, ...]:
        """Return `display-popup …`."""
        size = ("-w", f"{self.width_percent}%", "-h", f"{self.height_percent}%")
        return ("display-popup", "-E", "-c", self.client, *size, "--", *self.program)


@attrs.frozen
class ClosePopup:
    """Close the popup over a client."""

    client: str
    safety: ClassVar[Safety] = Safety.MUTATING

    def words(self) -> tuple[str, ...]:
        """Return `display-popup -C …`."""
        return ("display-popup", "-C", "-c", self.client)
