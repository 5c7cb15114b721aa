r"""The fields of tmux's answers: how formats separate them, and how they are read.

Fields are separated by tabs, because a tab is what survives everywhere: commands print through
`vis(3)` in 3.4 and 3.5a, which turns `\037` into four characters and leaves the tab alone;
subscriptions and all other versions change nothing. No field can hold a tab or a newline: names
and titles hold no control characters by tmux's own rules, and for the directory and the command,
which may hold any byte, the format itself replaces them. What a program can make as long as it
likes is left out by the format when it is absurdly long, so that no agent can make the answer
about all others unreadable.
"""

from oma.errors import ProtocolError
from oma.tmux.numbers import parse_number

TAB = "\t"

# One by one: tmux ends a pattern at a colon, so that `[:cntrl:]` cannot be said, and a range of
# characters means what the locale of the server wants.
NO_CONTROLS = "s/[" + "".join(map(chr, (*range(1, 32), 127))) + "]/?/"


def split_fields(line: str, count: int, separator: str = TAB) -> list[str]:
    """Return the fields of a line; of those that a blank separates the last one may hold blanks.

    Raises:
        ProtocolError: There are not `count` of them.
    """
    fields = line.split(separator, -1 if separator == TAB else count - 1)
    if len(fields) == count:
        return fields
    raise ProtocolError(f"{count} fields expected, not {len(fields)}: {line[:200]!r}")


def parse_flag(text: str) -> bool:
    """Return whether an option or a fact is on."""
    # destroy-unattached is a choice from 3.5 on: `keep-last` and `keep-group` may destroy as well.
    return text not in {"", "0", "off"}


def parse_optional_number(text: str) -> int | None:
    """Return a number, or `None` for an empty field.

    Raises:
        ProtocolError: It is neither.
    """
    return parse_number(text) if text else None
