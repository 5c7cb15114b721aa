"""`oma report-wrong`: what a report of a wrong verdict needs, masked, as a recording that replays."""

import argparse
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import attrs
import trio

from oma import __version__
from oma.cli.arguments import add_rule_options
from oma.cli.cli_context import CliContext, profiles_in_force, read_context
from oma.cli.exit_codes import DONE
from oma.cli.live import Run, RunContext
from oma.cli.log_source import Source, open_source
from oma.cli.one_agent import find_agent
from oma.cli.option_values import AgentOptions, RuleOptions
from oma.cli.quantities import seconds
from oma.cli.recording_rules import carried_config, carried_rules, refuse_without_recording
from oma.cli.wrong_report import Chooser, WrongReport, report_of
from oma.config.schema import to_mapping
from oma.errors import OmaError
from oma.model.events import Record
from oma.model.health import Health
from oma.model.printable import printable
from oma.model.state import AgentState
from oma.recording.files import RecordingFile
from oma.recording.recording_format import VERSION, Header, encode_header, encode_record
from oma.reducers.rules import Rules
from oma.runtime.agents.lookup import choose_agent
from oma.runtime.clock import recording_name
from oma.runtime.monitor.settling import settle
from oma.scoring.truth import STATES

PATIENCE_S = 4.0
"""How long a live look may take."""

_WORDS = {health: word for word, health in STATES.items()}
"""Health → the word of a truth file."""


@attrs.frozen(kw_only=True)
class ReportWrongOptions(AgentOptions):
    """Which verdict is reported, and where to."""

    was: str | None = None
    """The health that it should have been."""
    output: str | None = None
    recording: str | None = None
    at: float | None = None
    """In seconds of the recording."""
    rules: RuleOptions = attrs.Factory(RuleOptions)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma report-wrong`."""
    parser.add_argument("agent")
    parser.add_argument(
        "--was",
        type=_told_health,
        choices=[health.value for health in Health],
        metavar="HEALTH",
        help=f"what it was: {', '.join(Health)}",
    )
    parser.add_argument("--output", metavar="FILE", help="a new recording; .gz and .zst compress")
    parser.add_argument(
        "--recording", metavar="FILE", help="of a recording, not of what there is now"
    )
    parser.add_argument("--at", type=seconds, metavar="T", help="its second T (default: its end)")
    add_rule_options(parser, "take the agent to be of this kind")


def run(options: ReportWrongOptions) -> int:
    """Write the masked recording, with a truth file beside it, and say what they hold."""
    context = read_context(options)
    if options.recording is None:
        refuse_without_recording(options.at, options.rules)
        report = _now(context, options.agent)
    else:
        report = _then(context, Path(options.recording), options)
    if options.output is None:
        file, path = RecordingFile.create_numbered(Path(recording_name()))
    else:
        path = Path(options.output)
        file = RecordingFile.create(path)
    _write(file, [encode_header(report.header), *map(encode_record, report.records)])
    truth = _truth(path)
    if options.was is not None:
        lines = [_truth_text(report, Health(options.was)).encode()]
        _write(RecordingFile.create(truth), lines)
    print(_said(report, path, None if options.was is None else truth, options.was))
    return DONE


# ------------------------------------------------------------------ where the log comes from


@attrs.define
class _Watcher:
    """A frontend that waits until the agent's screen is known and settled, and keeps the log."""

    agent: str
    records: list[Record] = attrs.Factory(list)
    header: Header | None = None
    rules: Rules | None = None

    async def show(self, live: RunContext) -> None:
        """Watch for a moment, and read the log to its end."""
        with trio.move_on_after(PATIENCE_S):
            await settle(live.store, self.agent)
        live.scope.cancel()
        while steps := await live.tail.receive():
            self.records += [step.record for step in steps]
        self.rules = live.rules
        tmux = live.store.state.tmux
        self.header = Header(VERSION, live.clock.started_at, tmux, __version__, {}, {})


def _now(context: CliContext, name: str) -> WrongReport:
    found = trio.run(find_agent, context, name)
    watcher = _Watcher(found.name)
    trio.run(Run(context=context.only(found), frontend=watcher.show).run)
    header, rules = watcher.header, watcher.rules
    if header is None or rules is None:
        raise OmaError(f"nothing was learnt of {found.name!r} within {PATIENCE_S:g} s")
    source = Source(attrs.evolve(header, config=to_mapping(context.config)), watcher.records)

    @contextmanager
    def opened() -> Iterator[Source]:
        yield source

    return report_of(opened, rules, _chooser(found.name, context), None)


def _then(context: CliContext, path: Path, options: ReportWrongOptions) -> WrongReport:
    @contextmanager
    def opened() -> Iterator[Source]:
        with open_source(path, context.config, profiles_in_force()) as source:
            yield source

    with opened() as source:
        rules = carried_rules(source.header, options.rules, str(path))
        config = carried_config(source.header, options.rules, str(path))
    return report_of(
        opened, rules, _chooser(options.agent, attrs.evolve(context, config=config)), options.at
    )


def _chooser(name: str, context: CliContext) -> Chooser:
    prefix = context.config.dashboard.session_prefix

    def choose(agents: Sequence[AgentState]) -> AgentState:
        return choose_agent(agents, name, prefix)

    return choose


# ------------------------------------------------------------------ what is written, and said


def _write(file: RecordingFile, lines: list[bytes]) -> None:
    with file:
        for line in lines:
            file.write(line)


def _truth(path: Path) -> Path:
    return path.with_name(f"{path.name.partition('.jsonl')[0]}.json")


def _told_health(text: str) -> str:
    """Return a health in the word of `--json`, for one in capitals, or in the word of truth files."""
    word = text.strip().lower()
    return Health.OK.value if word == _WORDS[Health.OK].lower() else word


def _truth_text(report: WrongReport, was: Health) -> str:
    stretch = [report.since_s, report.end_s, _WORDS[was], "reported by a user"]
    return json.dumps({"pane": report.pane, "truth": [stretch]}) + "\n"


def _said(report: WrongReport, path: Path, truth: Path | None, was: str | None) -> str:
    verdict, again = report.told.verdict, report.again
    replayed = (
        "nothing" if again is None else f"{again.verdict.health.upper()} ({again.verdict.reason})"
    )
    same = (
        "the same as here"
        if report.is_same
        else "not the same as here: masking took away, or the time before, what decided"
    )
    name = "reported" if again is None else again.agent
    lines = [
        f"{path}: {len(report.records)} records of {report.end_s:.1f} s, for you alone to read",
        f"  said     {verdict.health.upper()} ({verdict.reason}) by {verdict.rule}",
        *([] if was is None else [f"  was      {was.upper()}, in {truth}"]),
        "  holds    the masked screen at each change, title, size, health options and profile, number of",
        "           processes, their load and masked command lines, versions of tmux and oma, the time",
        "  masked   letters and digits of all words that no rule looks for (docs/profiles.md)",
        "  left out names, directories, other agents, what you typed to it, and colours",
        f"  replays  {replayed}: {same}",
        f"           oma why {name} --recording {path}",
        "nothing was sent: look at it before you do, with 'oma replay'",
    ]
    return "\n".join(map(printable, lines))
