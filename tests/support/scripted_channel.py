"""A `CommandChannel` in the place of a tmux server: a test says what it answers."""

import attrs

from oma.runtime.client.tmux_client import Answer
from oma.tmux.commands.command import AnyCommand, CommandList


@attrs.define
class ScriptedChannel:
    """What it was asked, and what it answers.

    Args:
        answers: By the first word of a command; an `Answer`, or the output of one.
    """

    answers: dict[str, Answer | str] = attrs.Factory(dict)
    asked: list[AnyCommand] = attrs.Factory(list)

    async def ask(self, command: AnyCommand, /) -> Answer:
        self.asked.append(command)
        first = command.commands[0] if isinstance(command, CommandList) else command
        answer = self.answers.get(first.words()[0], "")
        return answer if isinstance(answer, Answer) else Answer(0, answer, "")


def window_row(
    pane: str = "%0",
    *,
    session: str = "$0",
    window: str = "@0",
    layout: str = "ac9d,200x50,0,0,0",
    size: str = "200x50",
    zoomed: str = "0",
    terminal: str = "/dev/pts/0",
    dead: str = "0",
    ended: str = "",
    program: str = "sh",
) -> str:
    """A row of `LIST_WINDOW_PANES`, with its newline."""
    of_window = [session, window, layout, size, zoomed, "off", "", ""]
    return "\t".join([*of_window, pane, "0", dead, terminal, ended, program]) + "\n"
