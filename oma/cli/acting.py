"""What a person is offered, and what carries out their acts, as a live run has it."""

import os

from oma.cli.live import Live
from oma.cli.setting import Setting
from oma.errors import OmaError
from oma.model.intents import Proposals
from oma.runtime.acting import Actor
from oma.runtime.spawn import variables_of
from oma.runtime.working_directory import absolute


def actor_for(setting: Setting, live: Live) -> Actor:
    """Return what acts on the agents of a run."""
    profiles = live.rules.profiles
    return Actor(
        server=setting.server,
        prefix=setting.config.dashboard.session_prefix,
        watched=setting.watched,
        store=live.store,
        commands={p.name: min(p.commands) for p in profiles if p.commands},
        resumes={p.name: p.resume for p in profiles if p.resume is not None},
        resync=live.monitor.resync,
        variables=variables_of(setting.config.agent.env, os.environ),
    )


def proposals_of(setting: Setting, live: Live) -> Proposals:
    """Return what a form for a new agent begins with."""
    agent = setting.config.agent
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
