"""What a version of tmux can do, and what it is known to die of.

Numbers with `#` are issues of the tmux project.
"""

import re

import attrs

from oma.errors import OmaError

_NUMBERED = re.compile(r"(next-|openbsd-)?(\d{1,4})\.(\d{1,4})(-rc\d{0,2}|[a-z])?", re.ASCII)


@attrs.frozen(order=True)
class Version:
    """A version of tmux, in the order of release."""

    major: int
    minor: int
    patch: int = 0
    """0 is the release, 1 is `a`, 2 is `b`; -1 is a state before the release."""


MINIMUM = Version(3, 2)
"""First with `attach-session -f`, `pause-after`, `refresh-client -A` and `-B`."""

MASTER = Version(9999, 0)
"""The head of development when it gives no number."""

_OPENBSD_MINIMUM = Version(6, 9)
"""First OpenBSD with the code of tmux 3.2; its own tmux has no number but OpenBSD's."""


def parse_version(text: str) -> Version:
    """Return the version that `tmux -V` prints, with or without the word `tmux`.

    A release of OpenBSD counts as the oldest tmux that it may hold: 3.2, or 3.1 before 6.9.

    Raises:
        OmaError: `text` is no such version.
    """
    name = text.strip().removeprefix("tmux ")
    if name == "master":
        return MASTER
    match = _NUMBERED.fullmatch(name)
    if match is None:
        raise OmaError(f"not a version of tmux: {text!r}")
    origin, major, minor, suffix = match.groups()
    version = Version(int(major), int(minor), _patch(origin, suffix))
    if origin != "openbsd-":
        return version
    return MINIMUM if version >= _OPENBSD_MINIMUM else Version(3, 1)


def _patch(origin: str | None, suffix: str | None) -> int:
    if suffix and not suffix.startswith("-"):
        return ord(suffix) - ord("a") + 1
    return -1 if suffix or origin == "next-" else 0


def check(version: Version) -> None:
    """Refuse a tmux that lacks what `oma` rests on.

    Raises:
        OmaError: `version` is older than `MINIMUM`.
    """
    if version < MINIMUM:
        raise OmaError(
            f"tmux {version.major}.{version.minor} is too old: "
            f"oma needs tmux {MINIMUM.major}.{MINIMUM.minor} or newer"
        )


def waits_for_prompts(version: Version) -> bool:
    """Say whether a command that opens a prompt waits until that is answered, as from 3.3 on."""
    return version >= Version(3, 3)


def dies_of_programs_that_end(version: Version) -> bool:
    """Say whether the end of a program kills the server that is about to send its last output.

    So where the pane stays (`remain-on-exit`) and a control client gets its output: 3.2a died of
    every fourth such end. Not so from 3.3 on.
    """
    return version < Version(3, 3)


def spells_out_pasted_controls(version: Version) -> bool:
    """Say whether `paste-buffer` writes `^C` for a Ctrl-C unless it is given `-S` (3.7 on)."""
    return version >= Version(3, 7)


def is_misunderstanding(complaint: str) -> bool:
    """Say whether a client that complains so met a server that does not understand it.

    3.6 changed how clients and servers talk: up to 3.5a a client takes a newer server's hanging up
    for its end (ran 3.2a and 3.3a on 3.6b and next-3.8). The other directions work.
    """
    return "server exited unexpectedly" in complaint or "version mismatch" in complaint


@attrs.frozen
class Crash:
    """A way in which some versions of the server die or hang."""

    fixed: Version
    sentence: str
    avoidance: str | None = None
    """What `oma` does so that it is no cause of it; `None` where nothing helps."""
    first: Version = MINIMUM


_CRASHES = (
    Crash(
        Version(3, 4),
        "pasting into a pane whose program has ended can crash the server",
        "oma has tmux look in the same command",
    ),
    Crash(
        Version(3, 3),
        "a program that ends in a pane that stays (remain-on-exit) can crash the server",
        "oma gets no output of such panes",
    ),
    Crash(
        Version(3, 7),
        "a control client that is not fully connected can crash the server (#4980, #5004)",
        "oma introduces its clients in one piece",
    ),
    Crash(
        Version(3, 7),
        "the end of a session that a control client shows can crash the server (#4916)",
    ),
    Crash(
        Version(3, 7),
        "a control client that toggles no-output can hang as it leaves (#5049)",
        "oma sets the flags of its clients once",
    ),
    Crash(
        Version(3, 8, -1),
        "respawning a pane crashes the server while a control client is behind on it (#5499)",
        "oma restart pauses the pane first; a respawn-pane of your own is at risk",
    ),
    Crash(
        Version(3, 8, -1),
        "a notification about a session that ends can crash the server (#5244)",
    ),
    Crash(
        Version(3, 8, -1),
        "a control client that does not read keeps the server from exiting (#5444)",
        "oma always reads, and its clients end with it",
    ),
    Crash(
        MASTER,
        "a second popup on a control client crashes the server (#5551)",
        "oma names the terminal of its popups",
        first=Version(3, 7, 2),
    ),
)


def known_crashes(version: Version) -> tuple[Crash, ...]:
    """Return each known way in which this server dies or hangs."""
    return tuple(crash for crash in _CRASHES if crash.first <= version < crash.fixed)
