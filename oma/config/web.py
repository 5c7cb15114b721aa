"""The options of `oma web`."""

import attrs

from oma.config.kinds import Kind, Seconds, Text, Texts, WholeNumber


def _describe(kind: Kind, about: str) -> dict[str, Kind | str]:
    return {"kind": kind, "about": about}


@attrs.frozen
class Web:
    """What `oma web` serves, and to how many. Times are in seconds."""

    recordings: str = attrs.field(
        default=".",
        metadata=_describe(
            Text(), "Directory of the recordings that can be played; relative to where oma runs."
        ),
    )
    send_allow: tuple[str, ...] = attrs.field(
        default=(),
        metadata=_describe(
            Texts(),
            "Patterns (re2): each line that is sent must match one; an empty list allows all.",
        ),
    )
    send_deny: tuple[str, ...] = attrs.field(
        default=(),
        metadata=_describe(Texts(), "Patterns (re2) that no text that is sent may match."),
    )
    terminal_command: tuple[str, ...] = attrs.field(
        default=("x-terminal-emulator", "-e"),
        metadata=_describe(
            Texts(), "Terminal program for attach-terminal; what it is to run follows it."
        ),
    )
    max_streams: int = attrs.field(
        default=256,
        metadata=_describe(
            WholeNumber("streams", 1, 10_000), "Events, logs and terminals open at once."
        ),
    )
    max_streams_each: int = attrs.field(
        default=32,
        metadata=_describe(WholeNumber("streams", 1, 10_000), "As max_streams, of one login."),
    )
    max_terminals: int = attrs.field(
        default=64,
        metadata=_describe(WholeNumber("terminals", 1, 10_000), "Of the streams, terminals."),
    )
    max_terminals_each: int = attrs.field(
        default=8,
        metadata=_describe(WholeNumber("terminals", 1, 10_000), "As max_terminals, of one login."),
    )
    max_new_agents: int = attrs.field(
        default=20,
        metadata=_describe(
            WholeNumber("agents", 0, 1000), "Agents that browsers may start in one run."
        ),
    )
    session_seconds: float = attrs.field(
        default=43_200.0,
        metadata=_describe(Seconds(above_s=0), "How long a login lasts at most."),
    )
    idle_seconds: float = attrs.field(
        default=1800.0,
        metadata=_describe(
            Seconds(above_s=0), "A login without a request or an open stream ends after this."
        ),
    )
