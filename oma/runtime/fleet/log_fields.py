"""An entry of a published log as the fields of an entry of a stream, and back. What is read is hostile."""

from collections.abc import Mapping

from oma.recording.published_log import PublishedEntry
from oma.runtime.fleet.engine import EngineError

_MOST_S = 1e11
"""No log has a larger time."""


def fields_of(entry: PublishedEntry) -> dict[str, str | bytes]:
    """Return the fields of an entry; its id is `id_of` its place."""
    fields: dict[str, str | bytes] = {"first": str(entry.first), "records": entry.records}
    if entry.begin is not None:
        fields |= {"begin": entry.begin, "t": repr(entry.began_s)}
    return fields


def entry_of(identifier: bytes | str, fields: Mapping[bytes, bytes]) -> PublishedEntry:
    """Return an entry; one that is none is one that says nothing, as if it was missing.

    Raises:
        EngineError: The id is none, which only the engine can make.
    """
    boot, last = place_of(identifier)
    try:
        first, t = int(fields[b"first"]), float(fields.get(b"t", 0))
        if 0 < first <= last and 0 <= t < _MOST_S:
            return PublishedEntry(boot, first, last, fields[b"records"], fields.get(b"begin"), t)
    except (KeyError, ValueError):
        pass
    return PublishedEntry(boot, 0, last, b"")


def id_of(place: tuple[int, int]) -> str:
    """Return the id of the entry at a place."""
    return f"{place[0]}-{place[1]}"


def place_of(identifier: bytes | str) -> tuple[int, int]:
    """Return the place of an entry by its id.

    Raises:
        EngineError: It is none.
    """
    text = identifier if isinstance(identifier, str) else identifier.decode("utf-8", "replace")
    boot, _, last = text.partition("-")
    if not (boot.isascii() and boot.isdigit() and last.isascii() and last.isdigit()):
        raise EngineError("it has an id that is none")
    return int(boot), int(last)
