"""What is known of an agent at one moment, as the judge gets it. Facts, no opinion."""

import attrs

from oma.model.signals import StatusReported


@attrs.frozen
class Evidence:
    """Screen, title, report and process facts of one agent; every text in it is hostile."""

    lines: tuple[str, ...]
    """The whole screen from top to bottom, without trailing blanks."""
    cursor_row: int
    """From 0."""
    cursor_column: int
    """From 0."""
    title: str
    command: str
    """Foreground command as tmux says; empty where it is not known."""
    argv: tuple[str, ...] = ()
    """Of the foreground process, where known."""
    report: StatusReported | None = None
    """The newest that the program itself said of its status (OSC 7501)."""
    report_s: float = 0.0
    """When it said so, in seconds of the log."""
    columns: int = 0
    """Of the screen; 0 where it is not known."""
    children: int = 0
    """Living child processes of the agent."""
