"""The controller of agents, for every subcommand alike; what a form for a new one begins with."""

import os

from oma.cli.cli_context import CliContext
from oma.cli.live import RunContext
from oma.errors import OmaError
from oma.model.intents import Proposals
from oma.reducers.rules import Rules
from oma.runtime.agents.controller import AgentController
from oma.runtime.agents.spawn import variables_of
from oma.runtime.client.working_directory import absolute
from oma.store.store import Store


def live_controller(context: CliContext, live: RunContext) -> AgentController:
    """Return what acts on the agents of a run."""
    controller = controller_for(context, live.rules, live.store)
    controller.resync = live.monitor.resync
    return controller


def controller_for(context: CliContext, rules: Rules, store: Store) -> AgentController:
    """Return what acts on the agents that a store knows.

    Args:
        context: Which server, and which sessions are agents.
        rules: What the agents are judged by.
        store: What is known of them now.
    """
    return AgentController(
        server=context.server,
        prefix=context.config.dashboard.session_prefix,
        watched=context.watched,
        store=store,
        profiles={profile.name: profile for profile in rules.profiles},
        variables=variables_of(context.config.agent.env, os.environ),
    )


def proposals_of(context: CliContext, live: RunContext) -> Proposals:
    """Return what a form for a new agent begins with."""
    agent = context.config.agent
    return Proposals(
        command=agent.default_command,
        directory=_directory(agent.default_workdir),
        profiles=tuple(p.name for p in live.rules.profiles if p.commands),
    )


def _directory(name: str) -> str:
    try:
        return os.path.normpath(absolute(os.path.expanduser(name)))
    except OmaError:  # it was removed: the user names another one, or is told when it comes to it
        return os.path.expanduser("~")
