"""Agents and their changes as documents that machines publish, and read back as what they are: hostile.

Times are in seconds of the log of the machine that publishes. What is read has the types and the bounds
that views count on, or is refused as a whole.

>>> read_host_name("box-1.example")
'box-1.example'
"""

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import compress, count
from operator import attrgetter, itemgetter, ne
from typing import Any, get_args

import attrs
from attrs import AttrsInstance

from oma.errors import ProtocolError
from oma.model.documents import transition_document
from oma.model.health import Ending, Health, Transition, Verdict
from oma.model.ids import (
    AgentId,
    PaneId,
    SessionId,
    WindowId,
    parse_pane_id,
    parse_session_id,
    parse_window_id,
)
from oma.model.state import AgentState

MOST_CHARACTERS = 4096
"""Of each text of an agent; more is cut where it is published, and refused where it is read."""

MOST_EVIDENCE = 65_536
"""Of the text that a change rests on, which is published whole."""

MOST_ITEMS = 64
"""Of each list: options of a dialog, names of an agent."""

_ABSENT = object()
_MOST_S = 1e11
_MOST_INTEGER = 1 << 53

_HOST_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,62}")
_NOT_OF_AGENTS = frozenset({"host", "lost"})
_NESTED = frozenset({Verdict})
"""Objects within an agent of which some fields alone are otherwise the next time."""


def read_host_name(text: object) -> str:
    """Return the name of a host that publishes.

    Raises:
        ProtocolError: It is none: letters, digits, dots, `_` and `-`, at most 63, a letter or digit first.
    """
    if type(text) is str and _HOST_NAME.fullmatch(text):
        return text
    raise ProtocolError("not the name of a host")


def agent_text(agent: AgentState) -> str:
    """Return an agent as JSON in ASCII; `read_agent` is the inverse, but for what is longer than its bounds."""
    document = {
        field.name: _written(getattr(agent, field.name))
        for field in attrs.fields(AgentState)
        if field.name not in _NOT_OF_AGENTS
    }
    return json.dumps(document, separators=(",", ":"))


def _written(value: object) -> object:
    match value:
        case str():
            return str(value)[:MOST_CHARACTERS]
        case float():
            return value if math.isfinite(value) else None
        case tuple():
            return [_written(item) for item in value[:MOST_ITEMS]]
        case _ if attrs.has(kind := type(value)):
            return {each.name: _written(getattr(value, each.name)) for each in attrs.fields(kind)}
        case _:
            return value


def read_agent(
    document: object,
    known: Mapping[AgentId, AgentState] | None = None,
    like: AgentState | None = None,
) -> AgentState:
    """Return the agent that a document describes; what it does not say is what it is by default.

    Args:
        document: Of any form.
        known: Agents that were read before. What one of them has in common with that of its id here is
            not read again, and is the very same value.
        like: The same for one that is not known.

    Raises:
        ProtocolError: It is no agent.
    """
    try:
        before = known.get(AgentId(_id_of(document)), like) if known else like
        agent: AgentState = _object(AgentState, document, before)
    except (ProtocolError, TypeError, ValueError, OverflowError) as wrong:
        raise ProtocolError(f"not an agent: {wrong}") from None
    return agent


def transition_text(told: Transition) -> str:
    """Return a change as JSON in ASCII, as `oma replay --json` prints it."""
    return json.dumps(transition_document(told), separators=(",", ":"))


def read_transition(document: object) -> Transition:
    """Return the change that a document describes.

    Raises:
        ProtocolError: It is no change.
    """
    try:
        given = _typed(document, dict)
        t, source, place = _number(given.get("t")), given.get("from"), given.get("place")
        verdict = Verdict(
            Health(_text(given.get("to"))),
            _text(given.get("reason")),
            _text(given.get("rule")),
            _text(given.get("evidence"), MOST_EVIDENCE),
            t,
            _reader(Ending | None)(given.get("until")),
        )
        return Transition(
            t,
            _integer(given.get("seq")),
            _text(given.get("agent")),
            None if source is None else Health(_text(source)),
            verdict,
            _agent_id(given.get("id")),
            "" if place is None else _text(place),
        )
    except (ProtocolError, TypeError, ValueError, OverflowError) as wrong:
        raise ProtocolError(f"not a change: {wrong}") from None


def _typed(value: object, kind: type) -> Any:  # noqa: ANN401  # one of `kind`
    if type(value) is not kind:  # exact: JSON's true is no integer
        raise ProtocolError(f"expected {kind.__name__}")
    return value


def _text(value: object, most: int = MOST_CHARACTERS) -> str:
    if type(value) is not str or len(value) > most:
        raise ProtocolError("expected a text, not too long")
    return value


def _number(value: object) -> float:
    """Return a number; null is what was before everything."""
    if value is None:
        return -math.inf
    number = float(value) if type(value) is int else _typed(value, float)
    if not abs(number) <= _MOST_S:
        raise ProtocolError("a number is too large")
    return number


def _integer(value: object) -> int:
    number: int = _typed(value, int)
    if not 0 <= number <= _MOST_INTEGER:
        raise ProtocolError("expected a natural number")
    return number


def _agent_id(value: object) -> AgentId:
    text = _text(value)
    return AgentId(parse_pane_id(text) if text[:1] == "%" else parse_session_id(text))


_KINDS: Mapping[object, Callable[[object], Any]] = {  # of as many types as there are kinds
    str: _text,
    int: _integer,
    float: _number,
    bool: lambda value: _typed(value, bool),
    Health: lambda value: Health(_text(value)),
    AgentId: _agent_id,
    PaneId: lambda value: parse_pane_id(_text(value)),
    SessionId: lambda value: parse_session_id(_text(value)),
    WindowId: lambda value: parse_window_id(_text(value)),
}


@cache
def _reader(kind: Any) -> Callable[[object], Any]:  # noqa: ANN401  # an annotation
    """Return what reads the values of a field, by its annotation."""
    if kind in _KINDS:
        return _KINDS[kind]
    if attrs.has(kind):
        return lambda value: _object(kind, value)
    item, *others = get_args(kind)
    read = _reader(item)
    if others == [type(None)]:
        return lambda value: None if value is None else read(value)
    return lambda value: _items(read, value)


def _items(read: Callable[[object], Any], value: object) -> tuple[Any, ...]:
    items = _typed(value, list)
    if len(items) > MOST_ITEMS:
        raise ProtocolError("a list is too long")
    return tuple(map(read, items))


def _id_of(document: object) -> str:
    found = document.get("id") if type(document) is dict else None
    return found if type(found) is str else ""


def _object(kind: type[AttrsInstance], value: object, known: AttrsInstance | None = None) -> Any:  # noqa: ANN401  # one of `kind`
    given = _typed(value, dict)
    if known is not None and (like := _object_like(known, given)) is not None:
        return like
    values = {}
    for name, read, is_needed, is_text in _fields(kind):
        item = given.get(name, _ABSENT)
        if is_text and type(item) is str and len(item) <= MOST_CHARACTERS:
            values[name] = item  # as `read` would, and most are such
        elif item is not _ABSENT:
            values[name] = read(item)
        elif is_needed:
            values[name] = read(None)
    return kind(**values)


def _object_like(known: AttrsInstance, given: Mapping[str, object]) -> Any:  # noqa: ANN401  # of its kind
    """Return what `given` says, with all of `known` that it says again; `None` where it lacks a field."""
    kind = type(known)
    read = _readers(kind)
    try:
        items, values = read.items(given), read.values(known)
    except KeyError:
        return None
    others: Iterable[bool] = map(ne, items, values)
    if list(map(type, read.numbers(items))) != list(map(type, read.numbers(values))):
        others = [True] * len(items)  # 1 and true are equal
    elif items == values:
        return known
    found: list[Any] | None = None
    for at in compress(count(), others):
        item, was = items[at], values[at]
        if type(item) is list and tuple(item) == was:
            continue
        if type(was) in _NESTED and item is not None:
            now = _object(type(was), item, was)
        else:
            now = read.readers[at](item)
        if now is not was and now != was:
            found = found or list(values)
            found[at] = now
    return known if found is None else kind(*found)


@attrs.frozen
class _Readers:
    """Of the fields of a class that are read; those of an agent that are not are its last."""

    readers: Sequence[Callable[[object], Any]]
    items: Callable[[Mapping[str, object]], tuple[object, ...]]
    """Gives those of a document; a `KeyError` where it lacks one."""
    values: Callable[[object], tuple[Any, ...]]
    """Gives those of an object."""
    numbers: Callable[[tuple[Any, ...]], tuple[Any, ...]]
    """Gives those of either where a value of another type may be equal, as 1 and true are."""


@cache
def _readers(kind: type[AttrsInstance]) -> _Readers:
    names, readers, _, _ = zip(*_fields(kind), strict=True)
    types = [
        {each.type, *get_args(each.type)} for each in attrs.fields(kind) if each.name in names
    ]
    numbers = [at for at, each in enumerate(types) if each & {bool, int, float}]
    # One of them is asked for twice: of one alone no tuple would be given.
    return _Readers(
        readers, itemgetter(*names), attrgetter(*names), itemgetter(numbers[0], *numbers)
    )


@cache
def _fields(
    kind: type[AttrsInstance],
) -> tuple[tuple[str, Callable[[object], Any], bool, bool], ...]:
    return tuple(
        (field.name, _reader(field.type), field.default is attrs.NOTHING, field.type is str)
        for field in attrs.fields(kind)
        if kind is not AgentState or field.name not in _NOT_OF_AGENTS
    )
