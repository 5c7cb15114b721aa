"""The options of `oma web`."""

import attrs

from oma.config.kinds import Seconds, Text, Texts, WholeNumber, option
from oma.config.length_kind import Length


@attrs.frozen
class WebSection:
    """What `oma web` serves, and to how many. Times are in seconds."""

    recordings: str = option(
        ".", Text(), "Directory of the recordings that can be played; relative to where oma runs."
    )
    send_allow: tuple[str, ...] = option(
        (),
        Texts(),
        "Patterns (re2): each line that is sent must match one; an empty list allows all.",
    )
    send_deny: tuple[str, ...] = option(
        (), Texts(), "Patterns (re2) that no text that is sent may match."
    )
    quick_replies: tuple[str, ...] = option(
        ("continue",), Texts(), "Messages that the page sends by one press."
    )
    uploads: str = option(
        "~/.local/state/oma/uploads",
        Text(),
        'Directory of the files that the page gives to agents; "-" takes none.',
    )
    max_upload_bytes: int = option(
        20_000_000, WholeNumber("bytes", 1, 1_000_000_000), "How large such a file may be."
    )
    max_uploads_bytes: int = option(
        500_000_000,
        WholeNumber("bytes", 1, 1_000_000_000_000),
        "How much they may take together; more is refused.",
    )
    keep_uploads: str = option(
        "30d", Length(), "How long they are kept, from when they were given; 0d is for good."
    )
    terminal_command: tuple[str, ...] = option(
        ("x-terminal-emulator", "-e"),
        Texts(),
        "Terminal program for attach-terminal; what it is to run follows it.",
    )
    max_streams: int = option(
        256, WholeNumber("streams", 1, 10_000), "Events, logs and terminals open at once."
    )
    max_streams_each: int = option(
        32, WholeNumber("streams", 1, 10_000), "As max_streams, of one login."
    )
    max_terminals: int = option(
        64, WholeNumber("terminals", 1, 10_000), "Of the streams, terminals."
    )
    max_terminals_each: int = option(
        8, WholeNumber("terminals", 1, 10_000), "As max_terminals, of one login."
    )
    max_new_agents: int = option(
        20, WholeNumber("agents", 0, 1000), "Agents that browsers may start in one run."
    )
    session_seconds: float = option(
        43_200.0, Seconds(above_s=0), "How long a login lasts at most."
    )
    idle_seconds: float = option(
        1800.0, Seconds(above_s=0), "A login without a request or an open stream ends after this."
    )
