"""`oma stats`: each agent on each day: time in each state, waits, answers and failures."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import attrs

from oma.cli.arguments import add_json, add_recordings, add_since
from oma.cli.cli_context import read_context
from oma.cli.exit_codes import DONE
from oma.cli.garbage import no_garbage
from oma.cli.option_values import SummaryOptions
from oma.cli.stats_extra import page_of
from oma.cli.summary_logs import recorded_logs, since_moment, summed_logs, within_a_day
from oma.errors import OmaError
from oma.summary.agent_days import days_of_agents
from oma.summary.health_changes import ChangeLog
from oma.summary.log_summary import past_of_agents
from oma.summary.stats_text import stats_document, stats_lines
from oma.summary.stretches import stretches_of
from oma.summary.summed_stretches import since


@attrs.frozen(kw_only=True)
class StatsOptions(SummaryOptions):
    """Of what, since when, and as what."""

    html: str | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma stats`."""
    add_since(parser)
    add_recordings(parser)
    add_json(parser)
    parser.add_argument(
        "--html",
        metavar="FILE",
        help="write a page with time lines and bars; needs oma-tmux[stats]",
    )


def run(options: StatsOptions) -> int:
    """Print the statistics, or write them as a page.

    Raises:
        OmaError: There is nothing to tell of, it cannot be read, or the page cannot be written.
    """
    context, names = read_context(options), options.recording
    if options.html is not None:
        _write_page(recorded_logs(context, names, options.since), options)
        return DONE
    with no_garbage():
        logs = summed_logs(context, names, options.since, within_a_day)
        past = since(past_of_agents(logs), since_moment(logs, options.since))
        days = days_of_agents(past, None)
    if options.json:
        print(json.dumps(stats_document(days)))
    else:
        print("\n".join(stats_lines(days)))
    return DONE


def _write_page(logs: Sequence[ChangeLog], options: StatsOptions) -> None:
    """Write a page that draws every stretch."""
    agents = since(stretches_of(logs), since_moment(logs, options.since))
    path = Path(options.html or "")
    try:
        path.write_text(page_of(agents, days_of_agents(agents, None)), "utf-8")
    except OSError as failure:
        raise OmaError(f"cannot write {path}: {failure.strerror}") from None
