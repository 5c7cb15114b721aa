"""Makers of what the wire brings: replies, rows of panes, screens."""

import re
from itertools import count

from oma.model.ids import PaneId
from oma.tmux.notifications import Output, Reply

_numbers = count(1)


def attached() -> Reply:
    """The block of the attach itself."""
    return Reply(next(_numbers), 1000, asked=False, ok=True, data=b"")


def refused(text: str, *, asked: bool = True) -> Reply:
    return Reply(next(_numbers), 1000, asked=asked, ok=False, data=f"{text}\n".encode())


def answer(*lines: str) -> Reply:
    """The block of a command of ours."""
    data = "".join(f"{line}\n" for line in lines).encode()
    return Reply(next(_numbers), 1000, asked=True, ok=True, data=data)


def output(data: bytes, pane: str = "%1") -> Output:
    return Output(PaneId(pane), data)


def screen(
    columns: int = 80, rows: int = 24, column: int = 0, row: int = 0, *, alternate: bool = False
) -> str:
    """A row of `SCREEN_FORMAT`."""
    return "\t".join(map(str, (columns, rows, column, row, int(alternate))))


def _pane(
    *,
    session: str = "$1",
    name: str = "oma-1",
    window: str = "@1",
    pane: str = "%1",
    title: str = "",
    dead: str = "",
    app: str = "",
    group: str = "",
    terminal: str = "",
) -> str:
    fields = [session, name, "", window, pane, "100", "80", "24", dead, "", "cat", title]
    fields += ["0", "0", "main", "", app, group, terminal]
    return "".join(f"{field}\t" for field in fields)


def active(*, activity: str = "990", **facts: str) -> str:
    """A row of `ACTIVE_FORMAT`."""
    return _pane(**facts) + activity


def listed(*, activity: str = "990", cwd: str = "/", **facts: str) -> str:
    """A row of `PANES_FORMAT`."""
    return "\t".join((active(activity=activity, **facts), "cat", cwd))


def hinted(**activities: str) -> str:
    """A value of `HINTS_SUBSCRIPTION`, of windows by their numbers: `w1="990"`; more behind a colon."""
    windows = ((number, *told.partition(":")[::2]) for number, told in activities.items())
    return "".join(f"@{number[1:]}\t{at}\t{rest}\t" for number, at, rest in windows) + "complete"


def escape(data: bytes) -> bytes:
    """Return `data` as tmux writes it in a line of output."""
    return re.sub(rb"[\x00-\x1f\\]", lambda match: b"\\%03o" % match[0][0], data)
