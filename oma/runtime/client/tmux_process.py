r"""Processes of tmux for one look, without an event loop: to import that takes longer than the whole look.

listed = start_tmux(to_argv(LIST_PANES, server))
...                                               # meanwhile, something else
panes = parse_panes(listed.answer().text.split("\n"))
"""

import os
import subprocess  # noqa: TID251  # a look of its own has no event loop
from collections.abc import Sequence

import attrs

from oma.errors import NoAnswerError, OmaError
from oma.runtime.client.tmux_binary import missing_tmux, with_tmux_binary

PATIENCE_S = 5.0
"""How long tmux may take to answer; it takes milliseconds unless it hangs."""


@attrs.frozen
class ProcessAnswer:
    """What a process of tmux printed."""

    status: int
    """0 unless tmux refused, or the process ended in another way."""
    output: bytes
    complaint: str
    """Why tmux refused."""

    @property
    def text(self) -> str:
        """The output, with replacement characters for what is no text."""
        return self.output.decode(errors="replace")


@attrs.frozen
class TmuxProcess:
    """A process of tmux that runs."""

    _process: "subprocess.Popen[bytes]"

    def answer(self, patience_s: float | None = None) -> ProcessAnswer:
        """Wait for its end, for `PATIENCE_S` unless told otherwise, and return what it printed.

        Raises:
            NoAnswerError: The server hangs.
        """
        try:
            output, complaint = self._process.communicate(
                timeout=PATIENCE_S if patience_s is None else patience_s
            )
        except subprocess.TimeoutExpired:
            self.end()
            raise NoAnswerError("tmux does not answer: it seems to hang") from None
        said = complaint.decode(errors="replace").strip()
        return ProcessAnswer(self._process.returncode, output, said)

    def end(self) -> None:
        """End it, if it has not ended.

        Its output is not waited for: a client hands its pipes to the server, which keeps them while it hangs.
        """
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdout, self._process.stderr):
            if pipe is not None:
                pipe.close()


def answers(
    processes: Sequence[TmuxProcess], patience_s: float | None = None
) -> list[ProcessAnswer]:
    """Wait for the ends of several, and return what each printed; as `TmuxProcess.answer`.

    Raises:
        NoAnswerError: The server hangs; none of them is left.
    """
    try:
        return [process.answer(patience_s) for process in processes]
    except NoAnswerError:
        for process in processes:
            process.end()
        raise


def start_tmux(argv: Sequence[str]) -> TmuxProcess:
    """Start a process of tmux; a Ctrl-C in our terminal is not for it.

    Raises:
        OmaError: There is no such tmux.
    """
    try:
        process = subprocess.Popen(
            with_tmux_binary(argv, os.environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except (FileNotFoundError, PermissionError):
        raise OmaError(missing_tmux(os.environ)) from None
    return TmuxProcess(process)
