"""Events to plain fields and back, through one registry of stable tags.

A tag is never given to another event. A field may be added if it has a default: files without it
stay readable. What a class needs is worked out once, when this module is loaded.
"""

import reprlib
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeVar

import attrs

from oma.errors import ProtocolError, RecordingError
from oma.model import events
from oma.model.events import Event, PaneOutput, ProcessSample, Unknown
from oma.model.ids import parse_pane_id
from oma.model.pane_sampled import PaneSampled
from oma.model.standing import AgentsStand, ChangesTold, PastChange, StandingAgent, WatchBegan
from oma.model.status_file import StatusFileRead
from oma.recording.field_kinds import (
    CELLS,
    DATA,
    KINDS,
    FieldKind,
    MismatchError,
    read_data,
    write_data,
)

TAGS: Mapping[str, type[Event]] = MappingProxyType(
    {
        "server-connected": events.ServerConnected,
        "server-lost": events.ServerLost,
        "connection-lost": events.ConnectionLost,
        "session-opened": events.SessionOpened,
        "session-renamed": events.SessionRenamed,
        "session-closed": events.SessionClosed,
        "agent-found": events.AgentFound,
        "agent-ended": events.AgentEnded,
        "pane-seen": events.PaneSeen,
        "checkout-seen": events.CheckoutSeen,
        "status-file-read": StatusFileRead,
        "pane-closed": events.PaneClosed,
        "pane-resized": events.PaneResized,
        "pane-captured": events.PaneCaptured,
        "pane-output": events.PaneOutput,
        "output-lost": events.OutputLost,
        "pane-sampled": PaneSampled,
        "screen-failed": events.ScreenFailed,
        "processes-sampled": events.ProcessesSampled,
        "command-sent": events.CommandSent,
        "placement-decided": events.PlacementDecided,
        "time-passed": events.TimePassed,
        "monitor-stopped": events.MonitorStopped,
        "watch-began": WatchBegan,
        "agents-stand": AgentsStand,
        "changes-told": ChangesTold,
    }
)
"""Every event but `Unknown`, which carries a tag of its own."""

_TAG_OF: dict[type, str] = {kind: tag for tag, kind in TAGS.items()}


def tag_of(event: Event) -> str:
    """Return the tag under which `event` is written."""
    return event.tag if type(event) is Unknown else _TAG_OF[type(event)]


def to_fields(event: Event) -> dict[str, object]:
    """Return what a record of `event` says beside its place and its tag, ready for JSON.

    Fields that hold their default are left out.
    """
    if type(event) is PaneOutput:  # nearly every record: spelled out for speed
        try:
            return {"pane": event.pane, "text": event.data.decode()}
        except UnicodeDecodeError:
            key, value = write_data(event.data)
            return {"pane": event.pane, key: value}
    if type(event) is Unknown:
        return dict(event.fields)
    return _write(_PLANS[type(event)], event)


def from_fields(tag: str, fields: Mapping[str, object]) -> Event:
    """Return the event that `tag` and `fields` stand for.

    A tag that this version does not know gives `Unknown`, with everything kept. A field that a
    known tag does not have is ignored.

    Raises:
        RecordingError: a field of a known tag is missing or not of its kind; the text names tag,
            field and expectation, but no file.
    """
    if tag == "pane-output":  # spelled out for speed
        pane, text = fields.get("pane"), fields.get("text")
        if type(pane) is str and type(text) is str:
            try:
                return PaneOutput(parse_pane_id(pane), text.encode())
            except (ProtocolError, UnicodeEncodeError):
                pass  # the slow way below says what is wrong
    kind = TAGS.get(tag)
    if kind is None:
        return Unknown(tag, MappingProxyType(dict(fields)))
    make: Callable[..., Event] = kind
    return _read(make, _PLANS[kind], tag, fields)


@attrs.frozen
class _Field:
    name: str
    kind: FieldKind
    default: object
    """`attrs.NOTHING` when the field must be there."""


_Plan = tuple[_Field, ...]
_T = TypeVar("_T")


def _write(plan: _Plan, value: object) -> dict[str, object]:
    fields: dict[str, object] = {}
    for field in plan:
        content = getattr(value, field.name)
        if content == field.default:
            continue
        if field.kind is DATA:
            key, spelling = write_data(content)
            fields[key] = spelling
        else:
            write = field.kind.write
            fields[field.name] = content if write is None else write(content)
    return fields


def _read(make: Callable[..., _T], plan: _Plan, what: str, fields: Mapping[str, object]) -> _T:
    values: dict[str, object] = {}
    for field in plan:
        name = field.name
        try:
            if field.kind is DATA:
                values[name] = read_data(fields)
            elif name in fields:
                values[name] = field.kind.read(fields[name])
            elif field.default is attrs.NOTHING:
                message = f"{what}: field {name!r} is missing, expected {field.kind.expected}"
                raise RecordingError(message)
        except MismatchError:
            raise RecordingError(_mismatch(what, field, fields)) from None
    return make(**values)


def _mismatch(what: str, field: _Field, fields: Mapping[str, object]) -> str:
    expected = field.kind.expected
    if field.kind is DATA:
        return f"{what}: field {field.name!r}: expected {expected}"
    return f"{what}: field {field.name!r}: expected {expected}, got {reprlib.repr(fields[field.name])}"


def _plan(kind: type) -> _Plan:
    return tuple(
        _Field(
            name=field.name,
            kind=CELLS if field.name in ("columns", "rows") else _KINDS[field.type],
            default=field.default,
        )
        for field in attrs.fields(kind)
    )


def _array(kind: type, what: str) -> FieldKind:
    """Return the kind of a tuple of values of an attrs class."""
    plan = _plan(kind)

    def read(value: object) -> object:
        if type(value) is not list or not all(type(item) is dict for item in value):
            raise MismatchError
        return tuple(_read(kind, plan, what, item) for item in value)

    def write(value: object) -> object:
        assert type(value) is tuple
        return [_write(plan, item) for item in value]

    return FieldKind("an array of objects", read, write)


_KINDS: dict[object, FieldKind] = dict(KINDS)
_KINDS[tuple[ProcessSample, ...]] = _array(ProcessSample, "a sample of processes-sampled")
_KINDS[tuple[PastChange, ...]] = _array(PastChange, "a change of changes-told")
_KINDS[tuple[StandingAgent, ...]] = _array(StandingAgent, "an agent of agents-stand")
_PLANS: dict[type, _Plan] = {kind: _plan(kind) for kind in TAGS.values()}
