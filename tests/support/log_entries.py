"""Entries of a published log, of a machine on which one agent prints."""

from collections.abc import Iterable, Sequence

from oma.config.schema import Config, to_mapping
from oma.model.events import Event, PaneOutput, Record, ServerConnected, SessionOpened
from oma.model.ids import AgentId, PaneId
from oma.recording.compression import pack
from oma.recording.published_log import PublishedEntry
from oma.recording.recording_format import Header, encode_header, encode_record
from tests.support.fleet_play import SESSION, captured, sampled, seen

HEADER = Header(1, "2026-11-20T20:03:58.123456Z", "3.4", "0.2.0", to_mapping(Config()), {})
AGENT = AgentId("$1")
FACTS: tuple[Event, ...] = (
    ServerConnected("3.4"),
    SessionOpened(SESSION, "oma-agent-1"),
    seen(idle_s=0.0),
    captured(data=b"hello\n"),
    sampled(),
)


def printed(text: bytes) -> PaneOutput:
    """Return what the agent prints."""
    return PaneOutput(PaneId("%1"), text)


def numbered(events: Iterable[Event], first: int = 1, t: float = 0.0) -> list[Record]:
    """Return records of events, all of one moment."""
    return [Record(first + n, t, event) for n, event in enumerate(events)]


def lines_of(records: Iterable[Record]) -> bytes:
    """Return their lines."""
    return b"".join(map(encode_record, records))


def entry(
    records: Sequence[Record],
    boot: int = 1000,
    facts: Sequence[Event] | None = None,
    began_s: float = 0.0,
) -> PublishedEntry:
    """Return an entry of records; with `facts`, of which there may be none, a reader may begin at it."""
    begin = None
    if facts is not None:
        begin = pack(encode_header(HEADER) + lines_of(numbered(facts)))
    packed = pack(lines_of(records))
    return PublishedEntry(boot, records[0].seq, records[-1].seq, packed, begin, began_s)
