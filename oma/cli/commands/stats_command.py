"""`oma stats`: each agent on each day: time in each state, waits, answers and failures."""

import argparse
import json
from pathlib import Path

import attrs

from oma.cli.arguments import add_json, add_recordings, add_since
from oma.cli.cli_context import read_context
from oma.cli.exit_codes import DONE
from oma.cli.garbage import no_garbage
from oma.cli.option_values import SummaryOptions
from oma.cli.stats_extra import page_of
from oma.cli.summary_logs import recorded_logs, since_moment
from oma.errors import OmaError
from oma.summary.agent_days import days_of_agents
from oma.summary.stats_text import stats_document, stats_lines
from oma.summary.stretches import since, stretches_of


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
    with no_garbage():
        logs = recorded_logs(read_context(options), options.recording, options.since)
        agents = since(stretches_of(logs), since_moment(logs, options.since))
        days = days_of_agents(agents, None)
    if options.html is not None:
        _write(Path(options.html), page_of(agents, days))
    elif options.json:
        print(json.dumps(stats_document(days)))
    else:
        print("\n".join(stats_lines(days)))
    return DONE


def _write(path: Path, page: str) -> None:
    try:
        path.write_text(page, "utf-8")
    except OSError as failure:
        raise OmaError(f"cannot write {path}: {failure.strerror}") from None
