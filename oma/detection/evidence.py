"""What is known of an agent at one moment, as the judge gets it. Facts, no opinion."""

import attrs

from oma.detection.announcements import NOTHING, Announced
from oma.model.signals import StatusReported
from oma.model.status_file import StatusFileRead


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
    announced: Announced = NOTHING
    """Progress, calls for the user and prompt marks, as escape sequences told them."""
    status_file: StatusFileRead | None = None
    """What the agent's own status file says."""
    status_file_s: float = 0.0
    """When it was found to say so, in seconds of the log."""
    headless: str = ""
    """The command line of a run that nobody looks at; empty for another one."""
    is_whole: bool = False
    """The program says that what it draws is drawn to the end (DEC mode 2026)."""

    def is_judged_as(self, other: "Evidence") -> bool:
        """Say whether nothing differs that is judged; a screen's lines stay the same object."""
        return (
            self.lines is other.lines
            and self.report is other.report
            and self.report_s == other.report_s
            and self.status_file == other.status_file
            and self.announced is other.announced
            and self.children == other.children
            and self.cursor_row == other.cursor_row
            and self.title == other.title
            and self.command == other.command
            and self.argv == other.argv
            and self.headless == other.headless
        )

    def looks_like(self, other: "Evidence") -> bool:
        """Say whether the screen shows the same, and the title with it."""
        return (
            self.lines == other.lines
            and self.title == other.title
            and self.cursor_row == other.cursor_row
        )
