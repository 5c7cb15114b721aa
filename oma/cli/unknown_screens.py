"""`oma profiles unknown`: the screens that no rule explains, masked, as text for a report."""

from collections.abc import Iterable
from pathlib import Path

import attrs

from oma import __version__
from oma.cli.cli_context import CliContext, profiles_in_force
from oma.cli.log_source import open_source
from oma.cli.one_look import look_now
from oma.cli.option_values import RuleOptions
from oma.cli.recording_rules import carried_rules
from oma.detection.redaction import Redaction
from oma.model.events import Record
from oma.model.printable import printable
from oma.reducers.fleet import Fleet
from oma.reducers.rules import Rules
from oma.reducers.unexplained import UnexplainedScreen, UnexplainedScreens

_NONE = "every screen was explained by a rule"


def standing_screens(context: CliContext) -> tuple[UnexplainedScreen, ...]:
    """Return the screens of agents that no rule explains now.

    Raises:
        OmaError: tmux is not there, or does not answer.
    """
    look = look_now(context)
    return _unexplained(look.rules, look.records)


def recorded_screens(
    path: Path, context: CliContext, options: RuleOptions
) -> tuple[UnexplainedScreen, ...]:
    """Return the screens of a recording that no rule explained.

    Raises:
        RecordingError: it cannot be read.
        ConfigError: an option is wrong.
    """
    with open_source(path, context.config, profiles_in_force()) as source:
        rules = carried_rules(source.header, options, str(path))
        return _unexplained(rules, source.records)


def screens_text(screens: Iterable[UnexplainedScreen]) -> str:
    """Return the screens for a report: Markdown, of which nothing reaches a terminal raw."""
    blocks = [_block(screen) for screen in screens]
    if not blocks:
        return _NONE
    said = f"{_counted(len(blocks), 'screen')} that no rule of oma {__version__} explains, masked"
    return "\n\n".join((f"# {said}", *blocks))


def screens_json(screens: Iterable[UnexplainedScreen]) -> list[dict[str, object]]:
    """Return the screens as plain values."""
    return [attrs.asdict(screen) for screen in screens]


def redaction_of(rules: Rules) -> Redaction:
    """Return the redaction that keeps the words which these rules look for."""
    return Redaction.of(rules.profiles, rules.thresholds.error_patterns)


def _unexplained(rules: Rules, records: Iterable[Record]) -> tuple[UnexplainedScreen, ...]:
    fleet, screens = Fleet(rules), UnexplainedScreens(redaction_of(rules))
    t = 0.0
    for record in records:
        screens.follow(fleet, record)
        t = record.t
    return screens.found(t)


def _block(screen: UnexplainedScreen) -> str:
    times = f", {screen.times} times" if screen.times > 1 else ""
    about = (
        f"## {screen.profile}, {screen.columns}x{screen.rows}, for {screen.stood_s:.0f} s{times}"
    )
    title = (f"title: `{printable(screen.title)}`", "") if screen.title else ()
    # Indented, so that no line of an agent ends the block.
    return "\n".join((about, "", *title, *(f"    {printable(line)}" for line in screen.lines)))


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
