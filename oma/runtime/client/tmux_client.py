"""Runs tmux commands by processes of their own: the one way to ask a server something once.

A command is answered or raises one error with tmux's own words. What is asked again and again goes
over a control client instead (`query_client`): a process costs milliseconds each time.

    panes = parse_panes(await TmuxClient(server).run(LIST_PANES))
"""

import os
import subprocess  # noqa: TID251  # for its DEVNULL constant only
from typing import Protocol

import attrs
import trio

from oma.errors import CommandError, NoAnswerError, OmaError
from oma.runtime.client.tmux_binary import missing_tmux, with_tmux_binary
from oma.tmux.address import ServerAddress
from oma.tmux.commands.command import AnyCommand
from oma.tmux.commands.render import to_argv

PATIENCE_S = 5.0
"""How long tmux may take to answer; it takes milliseconds unless it hangs."""


@attrs.frozen
class Answer:
    """What tmux said to a command."""

    status: int
    """0 unless tmux refused, or the process ended in another way."""
    output: str
    complaint: str
    """Why tmux refused."""

    def check(self, doing: str = "") -> str:
        """Return the output.

        Args:
            doing: What was asked for, in the words of the message: `to start oma-1`.

        Raises:
            CommandError: tmux refused, in its own words; also when there is no server.
        """
        if self.status != 0:
            raise refused(self.complaint, doing)
        return self.output


def refused(complaint: str, doing: str = "") -> CommandError:
    """Return the error that says that tmux refused, in its own words.

    Args:
        complaint: Those words.
        doing: As that of `Answer.check`.
    """
    return CommandError(f"tmux refused{doing and ' '}{doing}: {complaint}")


class CommandChannel(Protocol):
    """A way to have a server run commands: a process for each, or one control client for all."""

    async def ask(self, command: AnyCommand, /) -> Answer:
        """Run a command to its end.

        Raises:
            CommandError: tmux does not answer.
            OmaError: tmux is not installed.
        """


async def run_tmux(argv: list[str], patience_s: float = PATIENCE_S, given: bytes = b"") -> Answer:
    """Run one tmux process to its end; a Ctrl-C in our terminal is not for it.

    Args:
        argv: The command line.
        patience_s: How long that may take.
        given: What it reads from its standard input.

    Raises:
        NoAnswerError: It took longer: the server hangs.
        OmaError: There is no such tmux.
    """
    try:
        with trio.move_on_after(patience_s):
            done = await trio.run_process(
                with_tmux_binary(argv, os.environ),
                capture_stdout=True,
                capture_stderr=True,
                check=False,
                stdin=given or subprocess.DEVNULL,
                start_new_session=True,
            )
            return Answer(
                done.returncode,
                done.stdout.decode(errors="replace"),
                done.stderr.decode(errors="replace").strip(),
            )
    except (FileNotFoundError, PermissionError):
        raise OmaError(missing_tmux(os.environ)) from None
    raise NoAnswerError("tmux does not answer: it seems to hang")


@attrs.frozen
class TmuxClient:
    """A way to one server, which need not be there: nothing starts one but a `NewSession`."""

    server: ServerAddress
    configuration: str | None = None
    """As that of `to_argv`."""

    async def run(
        self, command: AnyCommand, patience_s: float = PATIENCE_S, doing: str = ""
    ) -> str:
        """Run a command to its end and return what tmux printed.

        Args:
            command: What to run.
            patience_s: How long that may take.
            doing: As that of `Answer.check`.

        Raises:
            NoAnswerError: It took longer: the server hangs.
            CommandError: tmux refused, in its own words; also when there is no server.
            OmaError: tmux is not installed.
        """
        return (await self.ask(command, patience_s)).check(doing)

    async def ask(
        self, command: AnyCommand, patience_s: float = PATIENCE_S, given: bytes = b""
    ) -> Answer:
        """As `run`, for who can go on when tmux refuses.

        Args:
            command: What to run.
            patience_s: How long that may take.
            given: What the process reads from its standard input.

        Raises:
            NoAnswerError: It took longer: the server hangs.
            OmaError: tmux is not installed.
        """
        argv = to_argv(command, self.server, self.configuration)
        return await run_tmux(argv, patience_s, given)
