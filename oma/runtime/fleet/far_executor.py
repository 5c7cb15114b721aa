"""Does what a user asks for where the agent runs: `oma attach`, `send`, `stop` … on its host.

The agent is named by its id there, which tmux gives to no other. A text goes through standard input; what
comes back is one line of the far `oma`.
"""

import shlex
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager

import attrs
import trio

from oma.errors import BlockedError, OmaError
from oma.model import intents
from oma.model.hosts import host_of
from oma.model.ids import AgentId
from oma.model.printable import printable
from oma.runtime.fleet.far_command import run_far
from oma.runtime.fleet.ssh_command import far_argv
from oma.store.hosts_view import HostsView

_ANYWAY = " (--anyway sends all the same)"
"""With it end the words of `oma send` where the agent waits, or holds a draft."""

NOT_THERE = "not for agents of other machines: Enter attaches"

AgentAct = (
    intents.StopAgent
    | intents.KillAgent
    | intents.RestartAgent
    | intents.RenameAgent
    | intents.SendText
    | intents.QueueText
    | intents.AnswerDialog
)
"""What is done to one agent."""

FarAct = intents.NewAgent | AgentAct
"""What needs no terminal of the user's."""

Suspend = Callable[[], AbstractAsyncContextManager[None]]


@attrs.define
class FarExecutor:
    """Where the intents of a dashboard of several hosts go.

    Args:
        fleets: Says which hosts there are.
        oma: What `oma` is called on them.
    """

    fleets: HostsView
    oma: str
    occupant: AgentId | None = None
    """Nothing is shown beside it."""

    async def carry_out(self, intent: intents.Intent, suspend: Suspend) -> str:
        """Do what is asked; return one line that says how it went, or an empty text.

        Raises:
            BlockedError: A text is not sent unless that is meant.
        """
        try:
            return await self._carry_out(intent, suspend)
        except BlockedError:
            raise
        except OmaError as error:
            return str(error)

    async def _carry_out(self, intent: intents.Intent, suspend: Suspend) -> str:
        match intent:
            case (
                intents.AttachAgent(agent) | intents.JumpToAgent(agent) | intents.ShowAgent(agent)
            ):
                own, host = host_of(agent)
                async with suspend():
                    return await self.attach(host, self.oma, own)
            case (
                intents.Resync()
                | intents.ToggleTiling()
                | intents.CycleTiling()
                | intents.LetType()
                | intents.RestoreAgents()
            ):
                return NOT_THERE
            case intents.Together(acts):
                said = [await self._each(act) for act in acts]
                return "\n".join([f"asked {len(acts)} agents:", *filter(None, said)])
            case act:
                return await self.act(act)

    async def act(self, act: FarAct) -> str:
        """Do what needs no terminal; return one line that says how it went, or an empty text.

        Raises:
            BlockedError: A text is not sent unless that is meant.
            OmaError: It could not be done.
        """
        if isinstance(act, intents.NewAgent):
            host, _, own = act.name.rpartition("/")
            where = ["--cwd", act.directory] if act.directory else []
            return await self._run(host, ["new", *where, own, *_command(act.command)])
        own, host = host_of(act.agent)
        arguments, text = far_arguments(act, own)
        return await self._run(host, arguments, text)

    async def _each(self, act: intents.EachAct) -> str:
        try:
            return await self.act(act)
        except OmaError as error:
            return str(error)

    async def refusal(self, new: intents.NewAgent) -> intents.Refusal | None:
        """Say what keeps an agent from being started: its name has to say where."""
        host, slash, own = new.name.rpartition("/")
        if not slash or not own or host not in self.fleets.links:
            hosts = ", ".join(self.fleets.links)
            return intents.Refusal("name", f"HOST/NAME, as one of {hosts}")
        return None

    async def directories(self, text: str) -> tuple[str, ...]:  # noqa: ARG002  # they are elsewhere
        """Return none: those of other machines are not known."""
        return ()

    def resized(self) -> None:
        """Nothing stands beside it."""

    @staticmethod
    async def attach(host: str, oma: str, own: str) -> str:
        """Give the terminal to an agent of a host; return what went wrong, or an empty text."""
        argv = far_argv(host, oma, ["attach", own], terminal=True)
        done = await trio.run_process(argv, stdin=None, check=False)
        return "" if done.returncode == 0 else f"{host}: attach ended with {done.returncode}"

    async def _run(self, host: str, arguments: Sequence[str], text: str = "") -> str:
        answer = await run_far(host, self.oma, arguments, text)
        words = printable(answer.words)
        if words.endswith(_ANYWAY):
            raise BlockedError(words.removesuffix(_ANYWAY))
        if words:
            raise OmaError(f"{host}: {words}")
        said = answer.said.decode(errors="replace").strip().splitlines()
        return printable(f"{host}: {said[-1]}") if said else ""


def _command(line: str) -> list[str]:
    """Return the words of the command of a new agent, for the end of a command line."""
    try:
        words = shlex.split(line)
    except ValueError:  # a quote that is not closed: the shell there says so
        words = ["sh", "-c", line]
    return ["--", *words] if words else []


def far_arguments(act: AgentAct, own: str) -> tuple[list[str], str]:
    """Return the arguments of the far `oma` that do it, and what is for its standard input.

    Args:
        act: What is asked.
        own: The id of the agent on its host.
    """
    match act:
        case intents.StopAgent(patience_s=patience_s):
            timeout = [] if patience_s is None else ["--timeout", str(patience_s)]
            return ["stop", own, *timeout], ""
        case intents.KillAgent():
            return ["kill", own], ""
        case intents.RestartAgent(fresh=fresh):
            return ["restart", own, *(["--fresh"] if fresh else [])], ""
        case intents.RenameAgent(name=name):
            return ["rename", own, "--", name], ""
        case intents.SendText(text=text, enter=enter, anyway=anyway):
            flags = [*([] if enter else ["--no-enter"]), *(["--anyway"] if anyway else [])]
            return ["send", own, "-", *flags], text
        case intents.QueueText(text=text):
            return ["queue", own, "-"], text
        case intents.AnswerDialog(key=key, fingerprint=fingerprint):
            return ["answer", own, "--to", fingerprint, "--", key], ""
