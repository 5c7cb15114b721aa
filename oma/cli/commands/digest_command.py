"""`oma digest`: what happened while nobody looked."""

import argparse
import json

from oma.cli.arguments import add_json, add_recordings, add_since
from oma.cli.cli_context import read_context
from oma.cli.exit_codes import DONE
from oma.cli.option_values import SummaryOptions
from oma.cli.summary_logs import recorded_logs, since_moment
from oma.summary.digest import digest
from oma.summary.digest_text import digest_document, digest_lines


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma digest`."""
    add_since(parser)
    add_recordings(parser)
    add_json(parser)


def run(options: SummaryOptions) -> int:
    """Print who worked, waited, failed, finished and ended.

    Raises:
        OmaError: There is nothing to tell of, or it cannot be read.
    """
    logs = recorded_logs(read_context(options), options.recording)
    told = digest(logs, since_moment(logs, options.since))
    if options.json:
        print(json.dumps(digest_document(told)))
    else:
        print("\n".join(digest_lines(told, None)))
    return DONE
