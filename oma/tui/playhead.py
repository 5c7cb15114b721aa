"""Where a replay stands: (playhead, key, now) to playhead. Pure: the time of the wall is given.

A position is where the playhead was set and how long ago that was, times the speed; so a replay that
is late never drifts, and nothing happens while it is paused.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from math import inf

import attrs

from oma.tui.editor import Editor

SLOWEST, FASTEST = 0.25, 64.0
"""The speeds between which `+` and `-` double and halve."""

STEP_S = 10.0
"""What the arrows jump."""

_SECONDS = (1, 60, 3600)


@attrs.frozen
class Playhead:
    """Where a replay stands."""

    set_s: float = 0.0
    """Where it was set last, in seconds of the log; infinite stays at an end that moves on."""
    since_s: float = 0.0
    """When that was, in seconds of the wall."""
    speed: float = 1.0
    paused: bool = False
    asking: Editor | None = None
    """The time to go to, while it is typed."""

    def moment_s(self, now_s: float, end_s: float) -> float:
        """Return which second of the log is shown."""
        played_s = 0.0 if self.paused else (now_s - self.since_s) * self.speed
        return max(0.0, min(end_s, round(self.set_s + played_s, 6)))


def turn(  # noqa: C901  # a table of keys
    playhead: Playhead, key: str, now_s: float, stops: Sequence[float], end_s: float
) -> tuple[Playhead, str] | None:
    """Return the playhead after a key and what to say of it; `None` for a key that is not its.

    Args:
        playhead: Where it stands.
        key: As the dashboard names keys.
        now_s: Of the wall.
        stops: When transitions are, ascending, in seconds of the log.
        end_s: Where the log ends, as far as it is known.
    """
    if playhead.asking is not None:
        return _asked(playhead, playhead.asking, key, now_s, end_s)
    at_s = playhead.moment_s(now_s, end_s)
    here = attrs.evolve(playhead, set_s=at_s, since_s=now_s)
    match key:
        case " ":
            return attrs.evolve(here, paused=not here.paused), ""
        case "Left":
            return _to(here, at_s - STEP_S, end_s), ""
        case "Right":
            return _to(here, at_s + STEP_S, end_s), ""
        case "[":
            index = bisect_left(stops, at_s) - 1
            return _stopped(here, stops[index]) if index >= 0 else (here, "no transition before")
        case "]":
            index = bisect_right(stops, at_s)
            if index < len(stops):
                return _stopped(here, stops[index])
            return here, "no transition after"
        case "+" | "=":
            return attrs.evolve(here, speed=min(FASTEST, here.speed * 2)), ""
        case "-":
            return attrs.evolve(here, speed=max(SLOWEST, here.speed / 2)), ""
        case "e":
            return attrs.evolve(here, set_s=inf, paused=False), ""
        case ":":
            return attrs.evolve(here, asking=Editor()), ""
        case _ if len(key) == 1 and key in "0123456789":
            return _to(here, end_s * int(key) / 10, end_s), ""
        case _:
            return None


def seconds_of(text: str) -> float | None:
    """Return the seconds that `text` names: `90`, `90.5`, `1:30`, `1:02:03`; `None` for no time."""
    parts = text.strip().split(":")
    if len(parts) > len(_SECONDS) or not all(_is_number(part) for part in parts):
        return None
    if any("." in part for part in parts[:-1]):
        return None
    return sum(float(part) * unit for part, unit in zip(reversed(parts), _SECONDS, strict=False))


def clock_of(seconds: float) -> str:
    """Return seconds as `m:ss` or `h:mm:ss`; `seconds_of` reads it back."""
    minutes, second = divmod(int(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute}:{second:02}"


def _asked(
    playhead: Playhead, editor: Editor, key: str, now_s: float, end_s: float
) -> tuple[Playhead, str]:
    if key == "Escape":
        return attrs.evolve(playhead, asking=None), ""
    if key != "Enter":
        return attrs.evolve(playhead, asking=editor.typed(key)), ""
    closed = attrs.evolve(playhead, asking=None)
    wanted_s = seconds_of(editor.text)
    if wanted_s is None:
        said = "" if not editor.text.strip() else "no time: type 90, 1:30 or 1:02:03"
        return closed, said
    said = f"it ends at {clock_of(end_s)}" if wanted_s > end_s else ""
    return _to(attrs.evolve(closed, since_s=now_s), wanted_s, end_s), said


def _to(here: Playhead, t: float, end_s: float) -> Playhead:
    return attrs.evolve(here, set_s=max(0.0, min(end_s, t)))


def _stopped(here: Playhead, t: float) -> tuple[Playhead, str]:
    # A user who goes from change to change wants to look at each.
    return attrs.evolve(here, set_s=t, paused=True), ""


def _is_number(text: str) -> bool:
    return text.isascii() and text.replace(".", "", 1).isdigit() and len(text) <= 12
