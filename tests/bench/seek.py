"""How fast a replay seeks: makes a recording of one hour of 20 agents and jumps about in it.

    python tests/bench/seek.py [SECONDS [AGENTS [FRAMES_A_SECOND]]]

Prints how long the recording takes to read, and how long a jump takes until state, screen,
explanation and time line are there: each jump goes to a random moment and another agent.
"""

import random
import statistics
import sys
import time
from datetime import UTC, datetime

from oma.config.key_section import KeysSection
from oma.config.profiles import packaged_profiles
from oma.detection.thresholds import Thresholds
from oma.model import events as ev
from oma.model.events import Record
from oma.model.ids import PaneId, SessionId, WindowId
from oma.model.wall_time import WallTime
from oma.reducers.fleet import Fleet
from oma.reducers.rules import Rules
from oma.store.history import History
from oma.tui.cells import Size
from oma.tui.compose import compose
from oma.tui.keymap import keymap_of
from oma.tui.player import Player
from oma.tui.playhead import Playhead
from oma.tui.render_input import RenderInput
from oma.tui.theme import TerminalCapabilities
from oma.tui.view_model import View

JUMPS = 200
WORKS_S, RESTS_S = 60.0, 60.0
"""How long an agent works and then asks or is silent, in turn."""

ASKS = b"\x1b[2J\x1b[H Do you want to proceed?\r\n > 1. Yes\r\n   2. No\r\n"


def records(seconds, agents, frames_a_second):
    """Yield the records of agents that repaint a spinner and print a line now and then."""
    timed = [(0.0, ev.ServerConnected("3.3a"))]
    for number in range(agents):
        pane, session = PaneId(f"%{number}"), SessionId(f"${number}")
        timed += [
            (0.0, ev.SessionOpened(session, f"oma-agent-{number}")),
            (
                0.0,
                ev.PaneSeen(
                    pane,
                    session,
                    WindowId(f"@{number}"),
                    100,
                    "bash",
                    "",
                    "/",
                    120,
                    40,
                    idle_s=0.0,
                ),
            ),
            (0.0, ev.PaneCaptured(pane, 120, 40, 0, 0, False, b"")),
        ]
    for tick in range(int(seconds * frames_a_second)):
        for number in range(agents):
            t = round((tick + number / agents) / frames_a_second, 6)
            phase = (t + 7.0 * number) % (WORKS_S + RESTS_S)
            if phase < WORKS_S:
                timed.append((t, ev.PaneOutput(PaneId(f"%{number}"), _frame(tick, t))))
            elif phase < WORKS_S + 1 / frames_a_second and number % 2:
                timed.append((t, ev.PaneOutput(PaneId(f"%{number}"), ASKS)))
    timed.append((float(seconds), ev.TimePassed()))
    for seq, (t, event) in enumerate(timed, start=1):
        yield Record(seq, t, event)


def _frame(tick, t):
    spinner = "✢✳✶✻"[tick % 4]
    line = f"\r\x1b[38;5;174m{spinner} Thinking… ({t:.0f}s · ↑ {tick} tokens · esc to interrupt)\x1b[39m\x1b[K"
    if tick % 20 == 0:
        line = f"\r\x1b[K● edited file_{tick}.py: " + "changed words " * 12 + "\r\n" + line
    return line.encode()


CALENDAR = WallTime(datetime(2026, 11, 20, tzinfo=UTC))


def jump(player, t, number):
    """Go somewhere and compose what is seen there."""
    player.playhead = Playhead(set_s=t, paused=True)
    session = SessionId(f"${number}")
    state = player.state
    render_input = RenderInput(
        state=state,
        now_s=t,
        wall_time=player.wall_time,
        prefix="oma-agent-",
        keymap=player.keymap,
        capabilities=TerminalCapabilities(),
        transitions=player.transitions,
        styled_rows=player.styled_rows(session, 40),
        explanation=player.explain(f"oma-agent-{number}"),
        timeline=player.timeline,
    )
    compose(render_input, View(selected=session, chosen=True), Size(200, 50))


def main():
    seconds, agents, rate = (
        float(given) if given else default
        for given, default in zip([*sys.argv[1:], "", "", ""], (3600, 20, 10), strict=False)
    )
    agents = int(agents)
    history = History(Fleet(Rules(packaged_profiles(), Thresholds())))
    told = list(records(seconds, agents, rate))
    data_bytes = sum(len(r.event.data) for r in told if type(r.event) is ev.PaneOutput)
    print(f"{len(told)} records, {data_bytes / 1e6:.1f} MB printed by {agents} agents", flush=True)
    began_s = time.perf_counter()
    for record in told:
        history.take(record)
    print(f"read in {time.perf_counter() - began_s:.1f} s, {len(history.transitions)} transitions")
    del told
    player = Player(
        history,
        time.perf_counter,
        keymap_of(KeysSection()),
        "its own",
        Playhead(),
        lambda: True,
        CALENDAR,
    )
    dice, taken_ms = random.Random(1), []
    for _ in range(JUMPS):
        t, number = round(dice.random() * seconds, 6), dice.randrange(agents)
        began_s = time.perf_counter()
        jump(player, t, number)
        taken_ms.append((time.perf_counter() - began_s) * 1000)
    taken_ms.sort()
    print(
        f"a jump takes {statistics.median(taken_ms):.0f} ms (median),"
        f" {taken_ms[int(JUMPS * 0.95)]:.0f} ms (95 %), {taken_ms[-1]:.0f} ms (longest)"
    )


if __name__ == "__main__":
    main()
