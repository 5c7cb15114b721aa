"""The agents that are kept for the day on which tmux is gone: where, by whom, and how they are started again."""

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress

import trio

from oma.cli.cli_context import CliContext
from oma.cli.lasting_file import keeper_lock, lasting_file
from oma.cli.live import RunContext
from oma.cli.one_keeper import run_alone
from oma.detection.profile import Profile
from oma.errors import OmaError
from oma.model.kept_fleet import LostAgent
from oma.model.printable import printable
from oma.runtime.agents.fleet_file import FleetFile
from oma.runtime.agents.fleet_keeper import FleetKeeper
from oma.runtime.agents.restoring import Restorer
from oma.runtime.agents.spawn import variables_of

_KIND = "fleet"

OFFER_AFTER_S = 1.0
"""When those who are gone are offered: what a dashboard needs to begin comes first."""


def fleet_file(context: CliContext) -> FleetFile:
    """Return the file of the agents of the tmux server.

    Raises:
        OmaError: There is no place for it.
    """
    return FleetFile(lasting_file(context, _KIND, "no agents are kept"))


def restorer_of(context: CliContext, profiles: Sequence[Profile] = ()) -> Restorer:
    """Return what starts the agents of the tmux server again.

    Args:
        context: Which server.
        profiles: Those in force; without them nobody knows how a conversation goes on.

    Raises:
        OmaError: There is no place where they are kept.
    """
    return Restorer(
        server=context.server,
        prefix=context.config.dashboard.session_prefix,
        file=fleet_file(context),
        profiles={profile.name: profile for profile in profiles},
        variables=variables_of(context.config.agent.env, os.environ),
    )


async def keep_agents(context: CliContext, live: RunContext) -> None:
    """Keep the agents while a service runs; what keeps us from it is said on stderr."""
    try:
        await keep_fleet(context, live)
    except OmaError as error:
        print(f"oma: agents are not kept: {printable(str(error))}", file=sys.stderr)


async def keep_beside(context: CliContext, live: RunContext) -> None:
    """Keep the agents beside a dashboard, whose user has not asked for it: nothing is said."""
    with suppress(OmaError):
        await keep_fleet(context, live)


async def keep_fleet(context: CliContext, live: RunContext) -> None:
    """Keep the agents while the run goes on, as soon as nobody else does.

    Raises:
        OmaError: There is no place for them.
    """
    profiles = {profile.name: profile for profile in live.rules.profiles}
    keeper = FleetKeeper(context.server, live.store, fleet_file(context), profiles)
    await run_alone(keeper_lock(context, _KIND), keeper.run)


async def offer_lost(
    restorer: Restorer,
    has_server: Callable[[], bool],
    offer: Callable[[tuple[LostAgent, ...]], None],
) -> None:
    """Offer to start those again that are gone: soon, and whenever the server went or came since.

    Args:
        restorer: Knows them.
        has_server: Says whether there is a server.
        offer: Is told of all that are gone; the same ones may be told again.
    """
    await trio.sleep(OFFER_AFTER_S)
    known: bool | None = None
    while True:
        if has_server() != known:
            known = has_server()
            with suppress(OmaError):  # who asks for them is told
                offer(await restorer.lost())
        await trio.sleep(OFFER_AFTER_S)
