"""What a machine publishes of its agents: how it is, and what has changed, as JSON in ASCII.

Each run of a publisher has a `boot`, larger than those before; each piece that it publishes has a number `n`
in it, and each change of an agent's health another one. What is missing between two numbers was missed.
What is read is hostile: it is refused as a whole where it is not of this form.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence

import attrs

from oma.errors import ProtocolError
from oma.model.health import Transition
from oma.model.ids import AgentId, parse_pane_id, parse_session_id
from oma.model.published import agent_text, read_agent, read_transition, transition_text
from oma.model.state import AgentState

VERSION = 1
MOST_AGENTS = 5000
"""Of one host."""

MOST_TOLD = 1000
"""Changes that are kept of one host."""

_MOST = 1 << 53

Parse = Callable[[bytes], object]
"""Parses JSON; a `ValueError` or `RecursionError` where it is none."""


@attrs.frozen
class HostDescription:
    """A machine that publishes, as it was when it published last."""

    boot: int
    """Milliseconds since the epoch, or more: that of the run before and one."""
    n: int
    """Of the last piece."""
    told: int
    """Of the last change."""
    t: float
    """When that was, in seconds of its log."""
    machine: str
    """Tells two machines of one name apart."""
    tmux: str = ""
    oma: str = ""
    stopped: bool = False
    """It ended on purpose."""


@attrs.frozen
class Told:
    """A change of an agent's health, with its number in the run of its publisher."""

    boot: int
    number: int
    change: Transition


@attrs.frozen
class PublishedPiece:
    """What has changed since the piece before."""

    boot: int
    n: int
    t: float
    agents: tuple[AgentState, ...] = ()
    """Those that are new or otherwise, in the host's order."""
    gone: tuple[AgentId, ...] = ()
    whole: bool = False
    """There are no others than `agents`."""
    told: tuple[Told, ...] = ()
    stopped: bool = False


def description_text(host: HostDescription) -> str:
    """Return the description as JSON."""
    return json.dumps({"version": VERSION, **attrs.asdict(host)})


def read_description(data: bytes, parse: Parse = json.loads) -> HostDescription:
    """Return what a description says.

    Raises:
        ProtocolError: It is none, or of another version.
    """
    given = _object(data, parse)
    if given.get("version") != VERSION:
        raise ProtocolError("published by another version of oma")
    return HostDescription(
        _integer(given.get("boot")),
        _integer(given.get("n")),
        _integer(given.get("told")),
        _number(given.get("t")),
        _short(given.get("machine")),
        _short(given.get("tmux")),
        _short(given.get("oma")),
        stopped=given.get("stopped") is True,
    )


def piece_text(piece: PublishedPiece, agents: Iterable[str] | None = None) -> str:
    """Return a piece as JSON.

    Args:
        piece: What is published.
        agents: Its agents as `agent_text` gave them, if that was asked already.
    """
    texts = map(agent_text, piece.agents) if agents is None else agents
    told = (f"[{each.number},{transition_text(each.change)}]" for each in piece.told)
    head = {"boot": piece.boot, "n": piece.n, "t": piece.t, "gone": piece.gone}
    flags = {"whole": piece.whole, "stopped": piece.stopped}
    return (
        f'{json.dumps(head | flags)[:-1]},"agents":[{",".join(texts)}],"told":[{",".join(told)}]}}'
    )


def read_piece(
    data: bytes, parse: Parse = json.loads, known: Mapping[AgentId, AgentState] | None = None
) -> PublishedPiece:
    """Return what a piece says; for `known`, the agents of before, see `read_agent`.

    Raises:
        ProtocolError: It is none.
    """
    given = _object(data, parse)
    boot = _integer(given.get("boot"))
    agents, told = _list(given.get("agents"), MOST_AGENTS), _list(given.get("told"), MOST_TOLD)
    return PublishedPiece(
        boot,
        _integer(given.get("n")),
        _number(given.get("t")),
        tuple(_agents(agents, known)),
        tuple(map(_agent_id, _list(given.get("gone"), MOST_AGENTS))),
        given.get("whole") is True,
        tuple(_told(boot, each) for each in told),
        given.get("stopped") is True,
    )


def told_id(told: Told) -> str:
    """Return the id of a change in the stream of its host."""
    return f"{told.boot}-{told.number}"


def read_told(told_id: str, data: bytes, parse: Parse = json.loads) -> Told:
    """Return a change from the stream of its host.

    Raises:
        ProtocolError: It is none.
    """
    boot, number = split_id(told_id)
    return Told(boot, number, read_transition(_object(data, parse)))


def read_all_told(found: Iterable[tuple[str, bytes]], parse: Parse = json.loads) -> list[Told]:
    """Return changes from the stream of their host, each given with its id.

    Raises:
        ProtocolError: One is none.
    """
    return [read_told(told_id, data, parse) for told_id, data in found]


def split_id(told_id: str) -> tuple[int, int]:
    """Return the boot and the number of an id.

    Raises:
        ProtocolError: It is none.
    """
    boot, _, number = told_id.partition("-")
    if not (boot.isascii() and boot.isdigit() and number.isascii() and number.isdigit()):
        raise ProtocolError("not an id of a change")
    return int(boot), int(number)


def read_agents(texts: Iterable[bytes], parse: Parse = json.loads) -> list[AgentState]:
    """Return the agents that documents describe.

    Raises:
        ProtocolError: There are too many, or one is none.
    """
    documents = list(texts)
    if len(documents) > MOST_AGENTS:
        raise ProtocolError("too many agents")
    return _agents((_object(text, parse) for text in documents), None)


def _agents(
    documents: Iterable[object], known: Mapping[AgentId, AgentState] | None
) -> list[AgentState]:
    """Return the agents of one host; of one that is not known it is read what is otherwise than of the one before."""
    found: list[AgentState] = []
    like = None
    for document in documents:
        like = read_agent(document, known, like)
        found.append(like)
    return found


def _told(boot: int, value: object) -> Told:
    number, change = _pair(value)
    return Told(boot, _integer(number), read_transition(change))


def _pair(value: object) -> Sequence[object]:
    if type(value) is list and len(value) == 2:
        return value
    raise ProtocolError("not a change with its number")


def _object(data: bytes, parse: Parse) -> dict[str, object]:
    try:
        given = parse(data)
    except (ValueError, RecursionError):
        raise ProtocolError("not JSON") from None
    if type(given) is not dict:
        raise ProtocolError("no object")
    return given


def _integer(value: object) -> int:
    if type(value) is int and 0 <= value <= _MOST:
        return value
    raise ProtocolError("expected a natural number")


def _number(value: object) -> float:
    if (type(value) is float or type(value) is int) and 0 <= value <= _MOST:
        return float(value)
    raise ProtocolError("expected a moment")


def _short(value: object) -> str:
    if type(value) is str and len(value) <= 128:
        return value
    raise ProtocolError("expected a short text")


def _list(value: object, most: int) -> list[object]:
    if type(value) is list and len(value) <= most:
        return value
    raise ProtocolError("expected a list")


def _agent_id(value: object) -> AgentId:
    if type(value) is not str:
        raise ProtocolError("expected an id")
    return AgentId(parse_pane_id(value) if value[:1] == "%" else parse_session_id(value))
