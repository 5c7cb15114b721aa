"""`oma next`: go to the next agent that needs the user."""

import argparse
import sys

import attrs
import trio

from oma.cli.arguments import add_client, add_flag, add_hosts
from oma.cli.cli_context import CliContext, read_context
from oma.cli.exit_codes import DONE, FAILED
from oma.cli.hosts_next import next_of_hosts
from oma.cli.jumping import check_inside
from oma.cli.one_look import look_once
from oma.cli.option_values import HostOptions
from oma.model.attention import URGENT, by_attention
from oma.model.health import grounds
from oma.model.ids import PaneId
from oma.model.printable import printable
from oma.model.state import AgentState
from oma.runtime.display.jump import jump, shown_pane


@attrs.frozen(kw_only=True)
class NextOptions(HostOptions):
    """In which client it is shown, if at all."""

    client: str | None = None
    print: bool = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma next`."""
    add_flag(parser, "--print", "only say which agent it is, and what it needs")
    add_client(parser)
    add_hosts(parser)


def run(options: NextOptions) -> int:
    """Go there; 1 where no agent waits or is stuck.

    Raises:
        OmaError: There is no client that could show it.
    """
    if options.are_several:
        return next_of_hosts(options, only_print=options.print, client=options.client)
    context = read_context(options)
    if not options.print:
        check_inside(context, options.client, "oma next --print")
    return trio.run(_next, context, options)


async def _next(context: CliContext, options: NextOptions) -> int:
    look = await look_once(context)
    pane = await shown_pane(context.server, options.client)
    agent = following(look.store.state.agents, pane)
    if agent is None:
        print("oma: no agent waits or is stuck", file=sys.stderr)
        return FAILED
    if options.print:
        print(_line(agent))
        return DONE
    await jump(context.server, agent, options.client)
    return DONE


def following(agents: tuple[AgentState, ...], pane: PaneId | None) -> AgentState | None:
    """Return the agent in need that comes after the one in a pane, round the end.

    Where none in need is in that pane, it is the one that has been waiting longest; `None` where no
    agent waits or is stuck.
    """
    needing = [a for a in by_attention(agents) if a.verdict.health in URGENT and not a.gone]
    here = next(
        (place for place, agent in enumerate(needing) if pane is not None and agent.pane == pane),
        -1,
    )
    return needing[(here + 1) % len(needing)] if needing else None


def _line(agent: AgentState) -> str:
    verdict = agent.verdict
    about = verdict.evidence if agent.dialog is None else agent.dialog.asked
    why = grounds(verdict.reason, about)
    return printable(f"{agent.name}  {verdict.health.upper()}  {why}")
