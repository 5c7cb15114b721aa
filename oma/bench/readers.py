"""Who is measured: `oma`, the bare reader, and the ways to poll."""

import json
from collections.abc import Callable, Sequence

import attrs

from oma.bench.bench_server import BenchServer
from oma.bench.child import oma_arguments

Lines = list[tuple[str, int]]


@attrs.frozen
class Reader:
    """One way to learn of failures.

    Args:
        name: As the table shows it.
        command: The module to run on a stage, and its arguments.
        at_work: Whether what it has said means that it watches all agents of a stage.
        stays_attached: Its children are tmux clients that live as long as it does.
    """

    name: str
    command: Callable[[BenchServer], Sequence[str]]
    at_work: Callable[[BenchServer], Callable[[Lines], bool]]
    stays_attached: bool = True


def _says_ready(_stage: BenchServer) -> Callable[[Lines], bool]:
    return lambda lines: any(line == "ready" for line, _ in lines)


def _knows_all(bench_server: BenchServer) -> Callable[[Lines], bool]:
    """Every agent was told of once: its verdict came with its first screen."""
    return lambda lines: (
        len({json.loads(line)["agent"] for line, _ in lines}) >= len(bench_server.agents)
    )


def _socket(bench_server: BenchServer) -> str:
    return str(bench_server.server.socket_path)


def _polling(name: str, period_s: str, manner: str) -> Reader:
    return Reader(
        name=name,
        command=lambda bench_server: [
            "oma.bench.polling",
            _socket(bench_server),
            period_s,
            manner,
        ],
        at_work=_says_ready,
        stays_attached=False,
    )


OMA = Reader(
    name="oma",
    command=lambda bench_server: ["oma", *oma_arguments(bench_server, "watch", "--json")],
    at_work=_knows_all,
)

BARE = Reader(
    name="bare reader",
    command=lambda bench_server: ["oma.bench.bare", _socket(bench_server)],
    at_work=_says_ready,
)

POLL_FAST = _polling("poll, 0.5 s, one call", "0.5", "batched")
POLL_SLOW = _polling("poll, 2 s, one call", "2", "batched")
POLL_EACH = _polling("poll, 0.5 s, each pane", "0.5", "each")


def name_of(reader: Reader | None) -> str:
    """Return how a reader is called; `None` is the absence of one."""
    return "nobody" if reader is None else reader.name
