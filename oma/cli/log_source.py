"""Where a log is read from: a recording, or a raw transcript that is converted on the way."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs

from oma import __version__
from oma.config.schema import Config, to_mapping
from oma.detection.profile import Profile
from oma.errors import RecordingError
from oma.model.events import Record
from oma.recording.files import open_recording
from oma.recording.recording_format import VERSION, Header
from oma.recording.transcript import records
from oma.recording.transcript_index import cut, parse_description

TRANSCRIPT = ".ctl"
"""Suffix of raw transcripts; `.idx` and `.json` stand beside them under the same name."""


@attrs.frozen
class Source:
    """A log that can be read once."""

    header: Header
    records: Iterable[Record]


@contextmanager
def open_source(path: Path, config: Config, profiles: Iterable[Profile]) -> Iterator[Source]:
    """Open a recording or a transcript; what is torn is said on stderr at the end of the block.

    Args:
        path: Its suffix decides: `.ctl` is a transcript.
        config: In force now: the header of a transcript carries it.
        profiles: As `config`.

    Raises:
        RecordingError: the file, or one beside it, cannot be read or is of another kind.
    """
    if path.suffix == TRANSCRIPT:
        yield _transcript(path, config, profiles)
        return
    with open_recording(path) as reader:
        yield Source(reader.header, reader)
        if reader.torn is not None:
            print(f"oma: {path}: {reader.torn}", file=sys.stderr)


def read_bytes(path: Path) -> bytes:
    """Return what the file holds.

    Raises:
        RecordingError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as failure:
        raise RecordingError(f"cannot read {path}: {failure.strerror}") from None


def _transcript(path: Path, config: Config, profiles: Iterable[Profile]) -> Source:
    beside, index = path.with_suffix(".json"), path.with_suffix(".idx")
    about = parse_description(read_bytes(beside), str(beside))
    chunks = cut(read_bytes(path), read_bytes(index), str(index))
    header = Header(
        version=VERSION,
        started_at=about.started_at,
        tmux=None,
        oma=__version__,
        config=to_mapping(config),
        profiles={profile.name: profile.definition for profile in profiles},
    )
    return Source(header, records(chunks, about, str(path)))
