"""`oma convert`: a raw transcript becomes a recording, and a recording an asciicast."""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

import attrs

from oma.cli.cli_context import profiles_in_force, read_context
from oma.cli.exit_codes import DONE
from oma.cli.log_source import TRANSCRIPT, open_source
from oma.cli.option_values import GlobalOptions
from oma.errors import ConfigError
from oma.recording.asciicast import asciicast
from oma.recording.files import RecordingFile, open_recording
from oma.recording.recording_format import encode_header, encode_record


@attrs.frozen(kw_only=True)
class ConvertOptions(GlobalOptions):
    """What is converted into what."""

    input: str
    output: str
    agent: str | None = None
    """Whose screen an asciicast plays."""
    asciicast: int = 2
    """Its version."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `oma convert`."""
    parser.add_argument(
        "input",
        metavar="IN",
        help="NAME.ctl with NAME.idx and NAME.json beside it, or a recording",
    )
    parser.add_argument(
        "output", metavar="OUT", help="OUT.jsonl (.gz and .zst compress), OUT.cast; - is stdout"
    )
    parser.add_argument("--agent", metavar="NAME", help="whose screen an asciicast plays")
    parser.add_argument(
        "--asciicast", type=int, choices=(2, 3), default=2, help="version (default 2)"
    )


def run(options: ConvertOptions) -> int:
    """Convert one file; nothing is written when it cannot be converted whole."""
    path = Path(options.input)
    if path.suffix == TRANSCRIPT:
        with open_source(path, read_context(options).config, profiles_in_force()) as source:
            _write(
                options.output,
                [encode_header(source.header), *map(encode_record, source.records)],
            )
        return DONE
    if options.agent is None:
        message = f"{path}: expected a transcript, NAME{TRANSCRIPT}, or --agent for an asciicast"
        raise ConfigError(message)
    name = read_context(options).full_name(options.agent)
    with open_recording(path) as reader:
        lines = asciicast(reader.header, reader, name, options.asciicast)
    _write(options.output, [f"{line}\n".encode() for line in lines])
    return DONE


def _write(name: str, lines: Iterable[bytes]) -> None:
    if name == "-":
        file = RecordingFile.over(sys.stdout.buffer, "stdout")
    else:
        file = RecordingFile.create(Path(name))
    with file:
        for line in lines:
            file.write(line)
