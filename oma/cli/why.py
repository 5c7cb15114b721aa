"""`oma why`: the grounds of a verdict, now or at a moment of a recording."""

import argparse
import json
from pathlib import Path

import attrs
import trio

from oma.cli import why_pane
from oma.cli.context import CliContext, profiles_in_force, read_context
from oma.cli.explanations import explanation_text
from oma.cli.live import Run, RunContext, recording_for
from oma.cli.rules import carried_config, carried_rules
from oma.cli.source import Source, open_source
from oma.errors import ConfigError, OmaError
from oma.model.documents import explanation_document
from oma.model.events import Record
from oma.model.explanation import Explanation
from oma.reducers.fleet import Fleet
from oma.runtime.agents.lookup import find_agent
from oma.runtime.monitor.settling import settle

PATIENCE_S = 4.0
"""How long a live look may take; tmux answers in milliseconds, the rest is hold times of rules."""


def run(arguments: argparse.Namespace) -> int:
    """Explain; live, the agent is watched for as long as its screen needs to settle."""
    context = read_context(arguments)
    if (arguments.agent is None) == (arguments.pane is None):
        message = "oma why: give an agent, or --pane with the id of a pane"
        raise ConfigError(message)
    if arguments.pane is not None:
        return why_pane.run(context, arguments)
    if arguments.recording is not None:
        if arguments.record is not None:
            message = "--record is for what happens now, --recording for what happened; give one"
            raise ConfigError(message)
        return _then(context, arguments)
    for option in ("at", "profile", "profiles"):
        if getattr(arguments, option) is not None:
            message = f"--{option} needs --recording"
            raise ConfigError(message)
    return _now(context, arguments)


# ------------------------------------------------------------------ now


@attrs.define
class Asker:
    """The face of `why`: waits until the agent's screen is known and settled, and asks."""

    agent: str
    told: Explanation | None = None
    started_at: str = ""

    async def show(self, live: RunContext) -> None:
        """Ask once and end the run."""
        with trio.move_on_after(PATIENCE_S):
            await settle(live.store, self.agent)
        live.store.pass_time()
        self.told = live.store.fleet.explain(self.agent, live.store.t)
        self.started_at = live.clock.started_at
        live.scope.cancel()


def _now(context: CliContext, arguments: argparse.Namespace) -> int:
    prefix = context.config.dashboard.session_prefix
    found = trio.run(find_agent, context.server, context.watched, prefix, arguments.agent)
    asker = Asker(found.name)
    run = Run(
        context=attrs.evolve(context, include=frozenset({found.name})),
        frontend=asker.show,
        record=recording_for(arguments.record),
    )
    code = trio.run(run.run)
    if asker.told is None and code == 0:
        message = f"nothing was learnt of {found.name!r} within {PATIENCE_S:g} s"
        raise OmaError(message)
    if asker.told is not None:
        _print(asker.told, asker.started_at, arguments)
    return code


# ------------------------------------------------------------------ then


def _then(context: CliContext, arguments: argparse.Namespace) -> int:
    path = Path(arguments.recording)
    with open_source(path, context.config, profiles_in_force()) as source:
        config = carried_config(source.header, arguments, str(path))
        fleet = Fleet(carried_rules(source.header, arguments, str(path)))
        t = _replay(fleet, source, arguments.at)
    names = (arguments.agent, f"{config.dashboard.session_prefix}{arguments.agent}")
    told = next((e for name in names if (e := fleet.explain(name, t)) is not None), None)
    if told is None:
        known = ", ".join(agent.name for agent in fleet.snapshot().agents) or "none"
        message = f"{path}: no agent {arguments.agent!r} at {t:g} s; there are: {known}"
        raise OmaError(message)
    _print(told, source.header.started_at, arguments)
    return 0


def _replay(fleet: Fleet, source: Source, at_s: float | None) -> float:
    """Fold up to and including `at_s`, or all, and return the moment that was reached."""
    last: Record | None = None
    for record in source.records:
        if at_s is not None and record.t > at_s:
            fleet.advance(at_s)
            return at_s
        fleet.advance(record.t)
        fleet.fold(record)
        last = record
    end_s = 0.0 if last is None else last.t
    if at_s is not None and at_s > end_s:
        message = f"--at {at_s:g}: the recording ends at {end_s:g} s"
        raise ConfigError(message)
    return end_s


def _print(told: Explanation, started_at: str, arguments: argparse.Namespace) -> None:
    text = explanation_text(told, started_at)
    print(json.dumps(explanation_document(told)) if arguments.json else text)
