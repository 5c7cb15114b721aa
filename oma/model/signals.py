"""What a program says beside its text: escape sequences that mean something to a monitor."""

import attrs


@attrs.frozen
class TitleSet:
    """OSC 0 or 2: the program names its terminal."""

    text: str


@attrs.frozen
class Bell:
    """A BEL that does not end a sequence."""


@attrs.frozen
class Notified:
    """OSC 9, 777 or 99: a desktop notification."""

    text: str


@attrs.frozen
class ProgressShown:
    """OSC 9;4: a progress bar."""

    state: int
    """0 none, 1 running, 2 error, 3 indeterminate, 4 paused."""
    percent: int | None


@attrs.frozen
class PromptMarked:
    """OSC 133: a shell marks prompt and command borders."""

    mark: str
    """`A` prompt starts, `B` command starts, `C` output starts, `D` command ended."""
    status: int | None
    """Exit status that comes with `D`, where given."""


@attrs.frozen
class StatusReported:
    """OSC 7501, the program status protocol: the program says how it is."""

    state: str
    """`idle`, `working`, `blocked`, `done`, `error` or `clear`."""
    kind: str = ""
    """Of `blocked`: `permission`, `question`, `auth`; else empty."""
    app: str = ""
    id: str = ""
    """Path of the record that this report replaces."""
    message: str = ""


Signal = TitleSet | Bell | Notified | ProgressShown | PromptMarked | StatusReported
