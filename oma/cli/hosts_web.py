"""`oma web` on several machines: the page shows the agents of all of them."""

import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager

import attrs
import trio

from oma.cli.cli_context import read_context
from oma.cli.exit_codes import DONE
from oma.cli.following_hosts import follower_of, say_link
from oma.cli.option_values import HostOptions, ServeOptions
from oma.cli.stop_signals import run_with_signals
from oma.cli.web_serving import OmaWeb, Told, serving_for
from oma.errors import OmaError
from oma.model.hosts import Link
from oma.model.ids import AgentId
from oma.model.intents import Act, NewAgent, Proposals, Refusal
from oma.runtime.clock import start_clock
from oma.runtime.fleet.far_executor import FarExecutor
from oma.runtime.fleet.far_web_executor import FarWebExecutor
from oma.store.hosts_log import HostsLog
from oma.store.hosts_view import HostsView
from oma.store.published_hosts import PublishedHosts
from oma.web.api.context import ActExecutor, WebContext, WebControl

NOTICE = (
    "these agents are told of by an engine, which carries no commands: this page shows them and acts on "
    "none; a dashboard, 'oma --fleet', does over ssh"
)
"""What users are to know of a page of such agents."""

Follow = Callable[[Callable[[], float]], AbstractAsyncContextManager[HostsView]]


def web_of_hosts(options: HostOptions, serve: ServeOptions, told: Told) -> int:
    """Serve the agents of the hosts until interrupted; return the exit code.

    Args:
        options: Whose agents.
        serve: Where browsers reach it.
        told: Gets the address that logs the user in.

    Raises:
        ConfigError: The hosts are wrong, or an option of the server is.
    """
    context = read_context(options)
    follow = follower_of(context.config, options.ssh, options.fleet)
    server = serving_for(context, serve)
    if options.fleet is not None:
        server.read_only = True
        print(f"oma: {NOTICE}", file=sys.stderr)
    return trio.run(_serve, server, follow, told)


async def _serve(server: OmaWeb, follow: Follow, told: Told) -> int:
    ending = trio.Event()

    async def serve() -> int:
        clock = start_clock()
        async with follow(clock.now_s) as hosts:
            hosts.told.append(say_link)
            log = HostsLog(hosts)
            view = server.view(log, clock, lambda: links_of(hosts))
            control = control_of(server, hosts)
            await server.serve_page(WebContext(server.access(), view, control), told, ending)
        return DONE

    return await run_with_signals(serve, lambda _: ending.set())


def links_of(hosts: HostsView) -> Mapping[str, Link]:
    """Return how each host is reached, and first the engine that tells of them, if one does."""
    if isinstance(hosts, PublishedHosts):
        return {hosts.engine: hosts.engine_link, **hosts.links}
    return hosts.links


def control_of(server: OmaWeb, hosts: HostsView) -> WebControl:
    """Return what acts on the agents of the hosts: over ssh; nothing where an engine tells of them."""
    config = server.context.config
    told_by_engine = isinstance(hosts, PublishedHosts)
    far = FarWebExecutor(FarExecutor(hosts, config.fleet.command), config.web.terminal_command)
    executor: ActExecutor = NoCommands() if told_by_engine else far
    return WebControl(
        executor=executor,
        proposals=Proposals(command=config.agent.default_command),
        send_filter=server.sending,
        most_new=config.web.max_new_agents,
        quick_replies=config.web.quick_replies,
        notice=NOTICE if told_by_engine else "",
    )


@attrs.frozen
class NoCommands:
    """An `ActExecutor` for agents that an engine tells of, which carries no commands."""

    async def carry_out(self, act: Act, by: str) -> str:  # noqa: ARG002  # of the protocol
        """Refuse.

        Raises:
            OmaError: Always.
        """
        raise OmaError(NOTICE)

    async def refusal(self, new: NewAgent) -> Refusal | None:  # noqa: ARG002  # of the protocol
        """Refuse."""
        return Refusal("name", NOTICE)

    async def open_terminal(self, agent: AgentId, by: str) -> str:  # noqa: ARG002  # of the protocol
        """Refuse.

        Raises:
            OmaError: Always.
        """
        raise OmaError(NOTICE)
