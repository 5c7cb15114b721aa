"""`oma convert`: a raw transcript of tmux's control mode becomes a recording."""

import argparse
import sys
from pathlib import Path

from oma.cli.setting import profiles_in_force, read_setting
from oma.cli.source import TRANSCRIPT, open_source
from oma.errors import ConfigError
from oma.recording.files import RecordingFile
from oma.recording.format import encode_header, encode_record


def run(arguments: argparse.Namespace) -> int:
    """Convert one file; nothing is written when it cannot be converted whole."""
    path = Path(arguments.input)
    if path.suffix != TRANSCRIPT:
        message = f"{path}: expected a transcript, NAME{TRANSCRIPT}"
        raise ConfigError(message)
    with open_source(path, read_setting(arguments).config, profiles_in_force()) as source:
        lines = [encode_header(source.header), *map(encode_record, source.records)]
    if arguments.output == "-":
        file = RecordingFile.over(sys.stdout.buffer, "stdout")
    else:
        file = RecordingFile.create(Path(arguments.output))
    with file:
        for line in lines:
            file.write(line)
    return 0
