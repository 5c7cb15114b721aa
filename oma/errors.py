"""The errors of `oma`: one class for each different thing that is done about an error.

An `OmaError` is for the user: the command line prints its one line and exits with 1, or with 2 for a
`ConfigError`. A test or a caller may name a narrower class, such as `BlockedError`, where it acts on it.
Anything else that escapes is a bug: it ends in a traceback, and one line below it says so.

    raise ConfigError(f"{file}: [health] idle_warning = {value!r}: expected a number of seconds")
"""


class OmaError(Exception):
    """Base of every error that a user can act on; its text is one line without a full stop.

    The command line prints it on stderr and exits with 1.
    """


class ProtocolError(OmaError):
    """The other end of a control connection broke the grammar of tmux's control mode.

    The monitor records a `ConnectionLost` and connects again.
    """


class CommandError(OmaError):
    """tmux refused a command; the text holds tmux's own words."""


class NoAnswerError(CommandError):
    """tmux did not answer in time: its server hangs, or the machine is overloaded."""


class BlockedError(CommandError):
    """An agent is not in a state for a text; the same act is done when it says `anyway`."""


class UnsavedWorkError(OmaError):
    """Something would be lost that the user was not told of: `lines` name it, fit for a terminal."""

    lines: tuple[str, ...] = ()


class RecordingError(OmaError):
    """A recording cannot be read or written; the text names the file and, where known, the line."""


class OutputError(OmaError):
    """Standard output cannot be written. A recording of the same run goes on to its proper end."""


class NotifyError(OmaError):
    """A channel could not send a notification. It is logged, and the other channels go on."""


class ConfigError(OmaError):
    """An option is wrong; the text names file, key, value and what is allowed. Exit code 2."""
