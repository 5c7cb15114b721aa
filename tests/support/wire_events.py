"""Makers of what the wire brings: replies, rows of panes, screens."""

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
    return Output(PaneId(pane), data, 0)


def screen(
    columns: int = 80, rows: int = 24, column: int = 0, row: int = 0, *, alternate: bool = False
) -> str:
    """A row of `SCREEN_FORMAT`."""
    return "\t".join(map(str, (columns, rows, column, row, int(alternate))))


def pushed(
    *,
    session: str = "$1",
    name: str = "oma-1",
    window: str = "@1",
    pane: str = "%1",
    title: str = "",
    dead: str = "",
    app: str = "",
) -> str:
    """The fields of one pane, as `FLEET_SUBSCRIPTION` gives them."""
    fields = [session, name, "", window, pane, "100", "80", "24", dead, "", "cat", title]
    fields += ["0", "0", "main", "", app]
    return "".join(f"{field}\t" for field in fields)


def listed(*, activity: str = "990", cwd: str = "/", **facts: str) -> str:
    """A row of `PANES_FORMAT`."""
    return pushed(**facts) + "\t".join((activity, "cat", cwd))
