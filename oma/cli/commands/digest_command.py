"""`oma digest`: what happened while nobody looked."""

import argparse
import json

from oma.cli.arguments import add_json, add_recordings
from oma.cli.cli_context import read_context
from oma.cli.exit_codes import DONE
from oma.cli.garbage import no_garbage
from oma.cli.last_look import last_look, note_look
from oma.cli.option_values import SummaryOptions
from oma.cli.quantities import LAST_S, duration_or_last
from oma.cli.summary_logs import since_moment, summed_logs
from oma.summary.digest import digest
from oma.summary.digest_text import digest_document, digest_lines


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma digest`."""
    parser.add_argument(
        "--since",
        type=duration_or_last,
        metavar="LENGTH",
        help="only of the last 90m, 8h, 7d… or last: since it was last told or the dashboard left",
    )
    add_recordings(parser)
    add_json(parser)


def run(options: SummaryOptions) -> int:
    """Print who worked, waited, failed, finished and ended.

    Raises:
        OmaError: There is nothing to tell of, or it cannot be read.
    """
    context = read_context(options)
    since = last_look(context) if options.since == LAST_S else options.since
    with no_garbage():
        logs = summed_logs(context, options.recording, since, lambda _: True)
        told = digest(logs, since_moment(logs, since))
    if options.json:
        print(json.dumps(digest_document(told)))
    else:
        print("\n".join(digest_lines(told, None)))
    if not options.recording:
        note_look(context)
    return DONE
