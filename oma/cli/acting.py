"""What carries out a person's acts, as a live run has it."""

from oma.cli.live import Live
from oma.cli.setting import Setting
from oma.runtime.acting import Actor


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
    )
