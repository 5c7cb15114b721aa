"""`oma answer`: choose an option of the dialog that an agent shows; or only say what it asks."""

import argparse
from collections.abc import Awaitable, Callable

import attrs
import trio

from oma.cli.arguments import add_flag
from oma.cli.cli_context import CliContext, read_context
from oma.cli.key_press import STDIN, pressed_key
from oma.cli.one_agent import watch_found, with_watch
from oma.cli.one_look import look_once
from oma.cli.option_values import GlobalOptions
from oma.errors import ConfigError, OmaError
from oma.model.attention import by_attention
from oma.model.dialog import Dialog
from oma.model.health import Health
from oma.model.ids import PaneId, parse_pane_id
from oma.model.intents import AnswerDialog
from oma.model.printable import printable
from oma.model.state import AgentState
from oma.runtime.agents.controller import AgentController


@attrs.frozen(kw_only=True)
class AnswerOptions(GlobalOptions):
    """Which option is chosen, and of which dialog of which agent."""

    agent: str | None = None
    """`None`, where a key is asked for, is the agent that asks longest."""
    key: str | None = None
    to: str | None = None
    """The fingerprint of the dialog that is meant."""
    ask: bool = False
    """The key is the one that is pressed when the question is shown."""
    pane: str | None = None
    """If the agent of this pane asks something, it is that one."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma answer`."""
    parser.add_argument("agent", nargs="?", help="who asks longest, where --ask is given")
    parser.add_argument(
        "key", nargs="?", help="of the option, as it is shown; without one, say what is asked"
    )
    parser.add_argument(
        "--to", metavar="FINGERPRINT", help="only if this is still what the agent asks"
    )
    add_flag(parser, "--ask", "show what is asked, and answer with the key that is pressed then")
    parser.add_argument("--pane", help=argparse.SUPPRESS)


def run(options: AnswerOptions) -> int:
    """Print what the agent asks, and answer it where a key is given.

    Raises:
        ConfigError: No agent is named.
        OmaError: There is none, it asks nothing, or it could not be answered.
    """
    if options.agent is None and not options.ask:
        raise ConfigError("oma answer: expected an agent")

    async def answer(controller: AgentController, agent: AgentState) -> None:
        dialog = agent.dialog
        if dialog is None:
            raise OmaError(f"{agent.name} asks nothing")
        key = options.key
        if key is None:
            if options.ask:
                print(printable(agent.name))
            _show(dialog, with_fingerprint=not options.ask)
            key = await _pressed(dialog) if options.ask else None
        if key is None:
            return
        fingerprint = options.to or dialog.fingerprint
        said = await controller.carry_out(AnswerDialog(agent.id, key, fingerprint))
        print(printable(dialog.asked))
        print(printable(said))

    return trio.run(_answer, read_context(options), options, answer)


async def _answer(
    context: CliContext,
    options: AnswerOptions,
    answer: Callable[[AgentController, AgentState], Awaitable[None]],
) -> int:
    if options.agent is not None:
        return await with_watch(context, options.agent, answer)
    pane = None if options.pane is None else parse_pane_id(options.pane)
    agents = (await look_once(context)).store.state.agents
    return await watch_found(context, to_answer(agents, pane), answer)


def to_answer(agents: tuple[AgentState, ...], pane: PaneId | None) -> AgentState:
    """Return the agent to answer: the one in a pane if it asks, else who asks longest.

    Raises:
        OmaError: None asks anything.
    """
    asking = [
        agent
        for agent in by_attention(agents)
        if agent.verdict.health is Health.WAITING and agent.dialog is not None and not agent.gone
    ]
    if not asking:
        raise OmaError("no agent asks anything")
    return next((agent for agent in asking if agent.pane == pane), asking[0])


async def _pressed(dialog: Dialog) -> str | None:
    """Return the key of an option that the user presses now; `None` where they press another one."""
    keys = [option.key for option in dialog.options if len(option.key) == 1]
    if not keys:
        print("it is answered in its own pane: no key of it chooses an option")
    print(f"\n{' '.join(keys)}: answers; any other key leaves", flush=True)
    pressed = await pressed_key(STDIN)
    return pressed if pressed in keys else None


def _show(dialog: Dialog, *, with_fingerprint: bool) -> None:
    print(printable(dialog.asked))
    for option in dialog.options:
        print(
            f"{'*' if option.chosen else ' '} {printable(option.key)}. {printable(option.label)}"
        )
    if with_fingerprint:
        print(f"fingerprint: {dialog.fingerprint}")
