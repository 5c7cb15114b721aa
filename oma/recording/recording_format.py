r"""Lines of a recording: the header, and one JSON object per record. Bytes in, values out.

The version of the format is a number of its own and grows only when an older `oma` would misread
the file.

>>> from oma.model.events import TimePassed
>>> encode_record(Record(seq=3, t=1.5, event=TimePassed()))
b'{"seq":3,"t":1.5,"type":"time-passed"}\n'
"""

import json
import math
import reprlib
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

import attrs
import orjson

from oma.errors import RecordingError
from oma.model.events import Record
from oma.recording.codec import from_fields, tag_of, to_fields

FORMAT = "oma-recording"
"""What the header's `format` says, so that the file names itself."""

VERSION = 1
"""The newest version that is read, and the one that is written."""


@attrs.frozen
class Header:
    """What the first line says: when and with what the recording was made."""

    version: int
    started_at: str
    """ISO 8601 with its offset; time 0 of the records."""
    tmux: str | None
    """Version of the server at the start, as tmux prints it; `None` if there was none."""
    oma: str
    """Version of the program that recorded; empty when it does not say."""
    config: Mapping[str, object]
    """The effective options, as plain JSON values."""
    profiles: Mapping[str, object]
    """The effective profiles by name, as plain JSON values."""


def encode_header(header: Header) -> bytes:
    """Return the first line, with its newline."""
    return _dumps(
        {
            "format": FORMAT,
            "version": header.version,
            "started_at": header.started_at,
            "tmux": header.tmux,
            "oma": header.oma,
            "config": dict(header.config),
            "profiles": dict(header.profiles),
        }
    )


def decode_header(line: bytes, source: str) -> Header:
    """Return what the first line of `source` says; keys that are not known are ignored.

    Raises:
        RecordingError: the line heads no recording, or one of a newer version, or a key is
            missing or of the wrong type; the text begins with `source`.
    """
    try:
        fields = parse_json(line)
    except ValueError:
        fields = None
    if type(fields) is not dict or fields.get("format") != FORMAT:
        raise RecordingError(
            f'{source}: not a recording of oma: expected a first line {{"format":"{FORMAT}",…}}'
        )
    version = fields.get("version")
    if type(version) is not int or version < 1:
        message = f"{source}:1: 'version': expected an integer from 1, got {reprlib.repr(version)}"
        raise RecordingError(message)
    if version > VERSION:
        raise RecordingError(
            f"{source}: recorded by a newer oma (format version {version}); "
            f"this one reads up to {VERSION}: update oma"
        )
    return _checked_header(fields, version, source)


def _checked_header(fields: dict[str, object], version: int, source: str) -> Header:
    started_at = fields.get("started_at")
    tmux = fields.get("tmux")
    oma = fields.get("oma", "")
    config = fields.get("config", {})
    profiles = fields.get("profiles", {})
    if type(started_at) is not str or not _is_moment(started_at):
        expected, name = "a date and time with its offset", "started_at"
    elif tmux is not None and type(tmux) is not str:
        expected, name = "a string or null", "tmux"
    elif type(oma) is not str:
        expected, name = "a string", "oma"
    elif type(config) is not dict:
        expected, name = "an object", "config"
    elif type(profiles) is not dict:
        expected, name = "an object", "profiles"
    else:
        return Header(
            version, started_at, tmux, oma, MappingProxyType(config), MappingProxyType(profiles)
        )
    message = f"{source}:1: {name!r}: expected {expected}, got {reprlib.repr(fields.get(name))}"
    raise RecordingError(message)


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def encode_record(record: Record) -> bytes:
    """Return the line of `record`, with its newline."""
    event = record.event
    return _dumps({"seq": record.seq, "t": record.t, "type": tag_of(event), **to_fields(event)})


def decode_record(line: bytes) -> Record:
    """Return the record that `line` holds; a newline at its end may be there or not.

    Raises:
        RecordingError: the line is no JSON object, or a field is missing or of the wrong type;
            the text says what was expected, but names no file.
    """
    try:
        fields = parse_json(line)
    except ValueError:
        raise RecordingError(f"expected one JSON object, got {reprlib.repr(line)}") from None
    if type(fields) is not dict:
        raise RecordingError(f"expected one JSON object, got {reprlib.repr(fields)}")
    seq = fields.pop("seq", None)
    t = fields.pop("t", None)
    tag = fields.pop("type", None)
    if type(seq) is not int or seq < 1:
        raise RecordingError(f"'seq': expected an integer from 1, got {reprlib.repr(seq)}")
    if not (type(t) is float or type(t) is int) or not 0 <= t < math.inf:
        raise RecordingError(f"'t': expected seconds from 0, got {reprlib.repr(t)}")
    if type(tag) is not str:
        raise RecordingError(f"'type': expected a string, got {reprlib.repr(tag)}")
    return Record(seq, float(t), from_fields(tag, fields))


def is_cut(line: bytes) -> bool:
    """Say whether `line` holds something, and that is not JSON: what a crash leaves behind."""
    try:
        parse_json(line)
    except ValueError:
        return bool(line.strip())
    return False


def _dumps(fields: dict[str, object]) -> bytes:
    try:
        return orjson.dumps(fields, option=orjson.OPT_APPEND_NEWLINE)
    except TypeError:
        # A string with a lone surrogate (an argument that is not UTF-8): orjson has no spelling
        # for it, and the standard library escapes it as `\udcff`.
        return json.dumps(fields, separators=(",", ":")).encode("ascii") + b"\n"


def parse_json(line: bytes) -> object:
    """Return what a line of JSON holds.

    Raises:
        ValueError: It is none.
    """
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        if b"\\ud" not in line:
            raise
        try:
            return json.loads(line)
        except RecursionError as nested_too_deep:
            raise ValueError from nested_too_deep
