"""`oma restore`: start the agents again that went with their tmux server."""

import argparse
import sys
from collections.abc import Sequence

import attrs
import trio

from oma.cli.arguments import add_flag
from oma.cli.cli_context import CliContext, profiles_in_force, read_context
from oma.cli.exit_codes import DONE, FAILED
from oma.cli.fleet_task import restorer_of
from oma.cli.option_values import GlobalOptions
from oma.errors import OmaError
from oma.model.kept_fleet import KeptAgent
from oma.model.printable import printable
from oma.model.text_table import text_table
from oma.runtime.agents.restoring import Restorer


@attrs.frozen(kw_only=True)
class RestoreOptions(GlobalOptions):
    """Which agents are started again."""

    agents: tuple[str, ...] = ()
    """Empty is all."""
    list: bool = False
    forget: bool = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma restore`."""
    parser.add_argument("agents", nargs="*", metavar="NAME", help="only these")
    add_flag(parser, "--forget", "start none of them, and speak of them no more")
    add_flag(parser, "--list", "only say which are gone, and what would be started")


def run(options: RestoreOptions) -> int:
    """Say which agents are gone, ask once, and start them; return 1 where one could not be.

    Raises:
        OmaError: There is none, one that is named is not among them, or the answer was no.
    """
    return trio.run(_restore, read_context(options), options)


async def _restore(context: CliContext, options: RestoreOptions) -> int:
    restorer = restorer_of(context, profiles_in_force())
    missing = await restorer.missing()
    if not missing:
        raise OmaError(
            "no agents are gone: those of a tmux that ended are kept by 'oma serve' and oma"
        )
    chosen = _chosen(context, missing, options.agents)
    if options.forget:
        await restorer.forget(chosen)
        return DONE
    rows = [("AGENT", "DIRECTORY", "STARTED BY")]
    for agent in chosen:
        parts = (agent.session, agent.directory, restorer.told(agent, missing))
        rows.append((printable(parts[0]), printable(parts[1]), printable(parts[2])))
    print("\n".join(text_table(rows)))
    if options.list:
        return DONE
    _ask(len(chosen))
    return await _start(restorer, chosen, missing)


def _chosen(
    context: CliContext, missing: Sequence[KeptAgent], names: Sequence[str]
) -> tuple[KeptAgent, ...]:
    known = {agent.session: agent for agent in missing}
    for name in names:
        if context.full_name(name) not in known:
            raise OmaError(f"{name!r} is not gone; there are: {', '.join(known)}")
    return tuple(known[context.full_name(name)] for name in names) or tuple(missing)


def _ask(count: int) -> None:
    print(
        f"start {count} agent{'s' * (count > 1)} again? [y/N] ",
        end="",
        file=sys.stderr,
        flush=True,
    )
    if sys.stdin.readline().strip().lower() not in {"y", "yes"}:
        raise OmaError("nothing was started")


async def _start(
    restorer: Restorer, chosen: Sequence[KeptAgent], missing: Sequence[KeptAgent]
) -> int:
    code = DONE
    for agent in chosen:
        try:
            print(printable(await restorer.restore(agent, missing)))
        except OmaError as error:
            print(f"oma: {printable(agent.session)}: {printable(str(error))}", file=sys.stderr)
            code = FAILED
    return code
