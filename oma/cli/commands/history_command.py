"""`oma history`: the recordings that the service keeps."""

import argparse
import json
from datetime import UTC, datetime

import attrs

from oma.cli.arguments import add_flag, add_json
from oma.cli.cli_context import read_context
from oma.cli.exit_codes import DONE
from oma.cli.history_place import history_of
from oma.cli.option_values import JsonOptions
from oma.cli.printed_shapes import KeptRecordingDocument
from oma.errors import OmaError


@attrs.frozen(kw_only=True)
class HistoryOptions(JsonOptions):
    """Which recordings are told."""

    last: bool = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma history`."""
    add_flag(parser, "--last", "print the path of the newest one alone: oma replay takes it")
    add_json(parser)


def run(options: HistoryOptions) -> int:
    """Print the recordings, the oldest first.

    Raises:
        OmaError: There is none.
    """
    directory = history_of(read_context(options))
    segments = directory.told()
    if not segments and not options.json:
        raise OmaError(f"no history of this tmux server in {directory.path}: 'oma serve' keeps it")
    rows: list[KeptRecordingDocument] = [
        {
            "path": str(directory.path / segment.name),
            "began": datetime.fromtimestamp(segment.began_s, UTC).isoformat(),
            "bytes": segment.size_bytes,
        }
        for segment in segments
    ]
    if options.last:
        rows = rows[-1:]
    if options.json:
        print(json.dumps(rows))
    elif options.last:
        print(rows[0]["path"])
    else:
        for row, segment in zip(rows, segments, strict=True):
            began = datetime.fromtimestamp(segment.began_s, UTC).astimezone()
            print(f"{began:%Y-%m-%d %H:%M:%S}  {segment.size_bytes:>12,}  {row['path']}")
    return DONE
