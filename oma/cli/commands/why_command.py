"""`oma why`: the grounds of a verdict, now or at a moment of a recording."""

import argparse
import json
from pathlib import Path

import attrs
import trio

from oma.cli.arguments import add_json, add_rule_options
from oma.cli.cli_context import CliContext, profiles_in_force, read_context
from oma.cli.exit_codes import DONE
from oma.cli.explanations import explanation_text
from oma.cli.live import Run, RunContext, recording_for
from oma.cli.log_source import Source, open_source
from oma.cli.one_agent import find_agent
from oma.cli.option_values import GlobalOptions, RuleOptions
from oma.cli.quantities import seconds
from oma.cli.recording_rules import carried_config, carried_rules, refuse_without_recording
from oma.cli.watching import connect_service
from oma.cli.why_pane import explain_pane
from oma.errors import ConfigError, OmaError
from oma.model.documents import explanation_document
from oma.model.events import Record
from oma.model.explanation import Explanation
from oma.model.ids import parse_pane_id
from oma.reducers.fleet import Fleet
from oma.runtime.agents.lookup import agents_called, choose_agent, is_called
from oma.runtime.monitor.settling import settle

PATIENCE_S = 4.0
"""How long a live look may take; tmux answers in milliseconds, the rest is hold times of rules."""


@attrs.frozen(kw_only=True)
class WhyOptions(GlobalOptions):
    """What is explained, at which moment, and by which rules."""

    agent: str | None = None
    pane: str | None = None
    recording: str | None = None
    at: float | None = None
    """In seconds of the recording."""
    rules: RuleOptions = attrs.Factory(RuleOptions)
    json: bool = False
    record: str | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma why`."""
    parser.add_argument("agent", nargs="?")
    parser.add_argument("--pane", metavar="%N", help="why this pane is there, or went")
    parser.add_argument("--recording", metavar="FILE", help="ask a recording, not the server")
    parser.add_argument("--at", type=seconds, metavar="T", help="its second T (default: its end)")
    add_rule_options(parser, "take the agent to be of this kind")
    add_json(parser)
    parser.add_argument("--record", metavar="FILE", help="record what is seen, too")


def run(options: WhyOptions) -> int:
    """Explain; live, the agent is watched for as long as its screen needs to settle."""
    context = read_context(options)
    if options.pane is not None and options.agent is None:
        explain_pane(context, parse_pane_id(options.pane), options.recording, as_json=options.json)
        return DONE
    if options.agent is None or options.pane is not None:
        raise ConfigError("oma why: give an agent, or --pane with the id of a pane")
    if options.recording is not None:
        if options.record is not None:
            message = "--record is for what happens now, --recording for what happened; give one"
            raise ConfigError(message)
        return _then(context, options.agent, Path(options.recording), options)
    refuse_without_recording(options.at, options.rules)
    return _now(context, options.agent, options)


# ------------------------------------------------------------------ now


@attrs.define
class Asker:
    """The frontend of `why`: waits until the agent's screen is known and settled, and asks."""

    agent: str
    prefix: str = ""
    """Of the names of agents, where the service is asked, which knows all of them."""
    told: Explanation | None = None
    started_at: str = ""

    async def show(self, live: RunContext) -> None:
        """Ask once and end the run."""
        with trio.move_on_after(PATIENCE_S):
            await settle(live.store, self.agent)
        live.store.pass_time()
        self._ask(live, self.agent)

    async def show_known(self, live: RunContext) -> None:
        """Ask the service, which has watched all along.

        Raises:
            OmaError: It knows no such agent.
        """
        await live.monitor.known()
        self._ask(live, choose_agent(live.store.state.agents, self.agent, self.prefix).id)

    def _ask(self, live: RunContext, reference: str) -> None:
        self.told = live.store.explain(reference)
        self.started_at = live.clock.started_at
        live.scope.cancel()


def _now(context: CliContext, agent: str, options: WhyOptions) -> int:
    return trio.run(_ask_now, context, agent, options)


async def _ask_now(context: CliContext, agent: str, options: WhyOptions) -> int:
    feed = await connect_service(context, settled=True)
    if feed is None:
        found = await find_agent(context, agent)
        context, asker = context.only(found), Asker(found.name)
    else:
        asker = Asker(agent, context.config.dashboard.session_prefix)
    run = Run(
        context=context,
        frontend=asker.show if feed is None else asker.show_known,
        record=recording_for(options.record),
        feed=feed,
    )
    code = await run.run()
    if asker.told is None and code == 0:
        raise OmaError(f"nothing was learnt of {asker.agent!r} within {PATIENCE_S:g} s")
    if asker.told is not None:
        _print(asker.told, asker.started_at, as_json=options.json)
    return code


# ------------------------------------------------------------------ then


def _then(context: CliContext, agent: str, path: Path, options: WhyOptions) -> int:
    with open_source(path, context.config, profiles_in_force()) as source:
        config = carried_config(source.header, options.rules, str(path))
        fleet = Fleet(carried_rules(source.header, options.rules, str(path)))
        t = _replay(fleet, source, options.at)
    agents, prefix = fleet.snapshot().agents, config.dashboard.session_prefix
    told = None
    if agents_called(agents, agent, prefix):
        told = fleet.explain(choose_agent(agents, agent, prefix).id, t)
    elif ended := [each for each in agents if is_called(each, agent, prefix)]:
        told = fleet.explain(ended[-1].id, t)
    if told is None:
        known = ", ".join(each.name for each in agents) or "none"
        raise OmaError(f"{path}: no agent {agent!r} at {t:g} s; there are: {known}")
    _print(told, source.header.started_at, as_json=options.json)
    return DONE


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
        raise ConfigError(f"--at {at_s:g}: the recording ends at {end_s:g} s")
    return end_s


def _print(told: Explanation, started_at: str, *, as_json: bool) -> None:
    text = explanation_text(told, started_at)
    print(json.dumps(explanation_document(told)) if as_json else text)
