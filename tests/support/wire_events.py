"""Makers of what the wire brings: replies, rows of panes, screens."""

from itertools import count

from oma.tmux.notifications import Output, Reply

_numbers = count(1)


def attached():
    """The block of the attach itself."""
    return Reply(next(_numbers), 1000, asked=False, ok=True, data=b"")


def refused(text, *, asked=True):
    return Reply(next(_numbers), 1000, asked=asked, ok=False, data=f"{text}\n".encode())


def answer(*lines):
    """The block of a command of ours."""
    data = "".join(f"{line}\n" for line in lines).encode()
    return Reply(next(_numbers), 1000, asked=True, ok=True, data=data)


def output(data, pane="%1"):
    return Output(pane, data, 0)


def screen(columns=80, rows=24, column=0, row=0, *, alternate=False):
    """A row of `SCREEN_FORMAT`."""
    flags = ("1", "0", str(rows - 1), "0", "0", "1")
    return "\t".join((str(columns), str(rows), str(column), str(row), str(int(alternate)), *flags))


def pushed(*, session="$1", name="oma-1", pane="%1", title="", dead=""):
    """The fields of one pane, as `FLEET_SUBSCRIPTION` gives them."""
    fields = [session, name, "", "@1", pane, "100", "80", "24", dead, "", "cat", title]
    return "".join(f"{field}\t" for field in fields)


def listed(*, activity="990", cwd="/", **facts):
    """A row of `PANES_FORMAT`."""
    return pushed(**facts) + "\t".join((activity, "80", "24", "cat", cwd))
