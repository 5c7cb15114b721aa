"""`oma convert`: a raw transcript becomes a recording, and a recording an asciicast."""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from oma.cli.context import profiles_in_force, read_context
from oma.cli.source import TRANSCRIPT, open_source
from oma.errors import ConfigError
from oma.recording.asciicast import asciicast
from oma.recording.files import RecordingFile, open_recording
from oma.recording.format import encode_header, encode_record


def run(arguments: argparse.Namespace) -> int:
    """Convert one file; nothing is written when it cannot be converted whole."""
    path = Path(arguments.input)
    if path.suffix == TRANSCRIPT:
        with open_source(path, read_context(arguments).config, profiles_in_force()) as source:
            _write(
                arguments.output,
                [encode_header(source.header), *map(encode_record, source.records)],
            )
        return 0
    if arguments.agent is None:
        message = f"{path}: expected a transcript, NAME{TRANSCRIPT}, or --agent for an asciicast"
        raise ConfigError(message)
    with open_recording(path) as reader:
        lines = asciicast(reader.header, reader, _full_name(arguments), arguments.asciicast)
    _write(arguments.output, [f"{line}\n".encode() for line in lines])
    return 0


def _full_name(arguments: argparse.Namespace) -> str:
    prefix = read_context(arguments).config.dashboard.session_prefix
    name: str = arguments.agent
    return name if name.startswith(prefix) else f"{prefix}{name}"


def _write(name: str, lines: Iterable[bytes]) -> None:
    if name == "-":
        file = RecordingFile.over(sys.stdout.buffer, "stdout")
    else:
        file = RecordingFile.create(Path(name))
    with file:
        for line in lines:
            file.write(line)
