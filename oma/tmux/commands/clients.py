"""Commands about clients: attaching, listing, what a control client is sent, popups.

Clients that watch attach with `ignore-size`, or the windows of the session would take their size.

>>> from oma.model.ids import SessionId
>>> agent_client(SessionId("$2")).words()
('attach-session', '-E', '-f', 'ignore-size,pause-after=1', '-t', '$2')
"""

from collections.abc import Sequence

import attrs

from oma.model.ids import PaneId, SessionId, WindowId
from oma.tmux.commands.command import Mutating, ReadOnly, Safety
from oma.tmux.escape import quote_message

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
class OpenPrompt(ReadOnly):
    """Open a prompt on the control client that sends this, where nobody sees it: it never ends.

    A client has one prompt. Keys of others that open one in copy-mode, as `f` does, would otherwise
    open it here, and their command would wait for an answer. Needs tmux 3.3.
    """

    def words(self) -> tuple[str, ...]:
        return ("command-prompt", "-b", "-p", "oma", "")


@attrs.frozen
class ListClients(ReadOnly):
    """Ask for the clients of the server, or of the session of a pane: one line each."""

    format: str
    pane: PaneId | None = None

    def words(self) -> tuple[str, ...]:
        target = () if self.pane is None else ("-t", self.pane)
        return ("list-clients", *target, "-F", self.format)


@attrs.frozen
class DetachClient(Mutating):
    """End a client."""

    client: str
    """Its name: for a client on a terminal, the path of that."""

    def words(self) -> tuple[str, ...]:
        return ("detach-client", "-t", self.client)


@attrs.frozen
class SwitchClient(Mutating):
    """Show a session in a client: never in one that tmux would guess."""

    client: str
    session: SessionId | None
    """`None` is the one that it showed before."""

    def words(self) -> tuple[str, ...]:
        shown = ("-l",) if self.session is None else ("-t", self.session)
        return ("switch-client", "-E", "-c", self.client, *shown)


@attrs.frozen
class PausePane(ReadOnly):
    """Make tmux drop output of a pane, for one control client alone, until it is continued."""

    pane: PaneId
    client: str | None = None
    """Its name; `None` is the client that sends the command."""

    def words(self) -> tuple[str, ...]:
        return _refresh(self.client, self.pane, "pause")


@attrs.frozen
class ContinuePane(ReadOnly):
    """Make tmux send output of a pane again, to the client that sends the command."""

    pane: PaneId

    def words(self) -> tuple[str, ...]:
        return _refresh(None, self.pane, "continue")


def _refresh(client: str | None, pane: PaneId, action: str) -> tuple[str, ...]:
    target = () if client is None else ("-t", client)
    return ("refresh-client", *target, "-A", f"{pane}:{action}")


@attrs.frozen
class Subscribe(ReadOnly):
    """Have tmux tell the control client, within a second, when the value of a format changes.

    Of a window or a pane, and never of the client's session: before 3.7 a server dies that checks a subscription
    of a session just when that session was killed and its client has not left yet.
    """

    name: str
    """Comes back with each value; no colons. Another subscription of this name takes its place."""
    target: WindowId | PaneId
    """What the format is expanded for. Nothing is told while it is not in the client's session."""
    format: str

    def words(self) -> tuple[str, ...]:
        return ("refresh-client", "-B", f"{self.name}:{self.target}:{self.format}")


@attrs.frozen
class Unsubscribe(ReadOnly):
    """Have tmux tell no more what `Subscribe` asked for."""

    name: str

    def words(self) -> tuple[str, ...]:
        return ("refresh-client", "-B", self.name)


@attrs.frozen
class DisplayMessage(Mutating):
    """Show a text on the message line of a client, for as long as the user's `display-time` says."""

    client: str
    text: str
    """As it is to be seen; nothing of it is expanded."""

    def words(self) -> tuple[str, ...]:
        return ("display-message", "-c", self.client, "--", quote_message(self.text))


@attrs.frozen
class DisplayPopup(Mutating):
    """Run a program in a popup over a client; the process ends when the popup is closed.

    Needs tmux 3.2. The client is named: tmux may choose a control client otherwise, and hangs or
    dies of that (#5551). There is no title: it would be a format, and 3.2 has none.
    """

    client: str
    width_percent: int
    height_percent: int
    program: Sequence[str]

    def words(self) -> tuple[str, ...]:
        size = ("-w", f"{self.width_percent}%", "-h", f"{self.height_percent}%")
        return ("display-popup", "-E", "-c", self.client, *size, "--", *self.program)


@attrs.frozen
class ClosePopup(Mutating):
    """Close the popup over a client."""

    client: str

    def words(self) -> tuple[str, ...]:
        return ("display-popup", "-C", "-c", self.client)
