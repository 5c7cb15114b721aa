"""What is told first of an agent is what a settled look says, however long it has been silent."""

import math
from functools import partial

import pytest

from oma.detection.judge import Judge
from oma.detection.profile_parser import profile_from_mapping
from oma.detection.thresholds import Thresholds
from oma.model.events import ConnectionLost, SessionClosed, SessionOpened
from oma.model.ids import SessionId
from oma.reducers.first_look import SAMPLE_PATIENCE_S, SCREEN_PATIENCE_S, FirstLook
from oma.reducers.pane import PaneFold
from tests.support.fleet_play import PANE, SESSION, captured, empty, play, sampled, seen

RULE = "─" * 40
COMPOSER = f"{RULE}\n❯ \n{RULE}\n  ? for shortcuts\n"
SCREENS = {
    "prompt": ("claude", f"● Done.\n\n{COMPOSER}"),
    "dialog": ("claude", f"{RULE}\n Do you want to proceed?\n ❯ 1. Yes\n   2. No\n"),
    "error": ("claude", f"● API Error: overloaded\n\n{COMPOSER}"),
    "working": ("claude", f"✻ Thinking… (12s · esc to interrupt)\n\n{COMPOSER}"),
    "unknown": ("make", "building\n"),
    "failed": ("make", "error: it broke\n"),
}
SETTLED = {
    "prompt": lambda idle_s: "idle",
    "dialog": lambda idle_s: "waiting",
    "error": lambda idle_s: "stuck",
    "working": lambda idle_s: "ok" if idle_s <= 120 else "stuck",
    "unknown": lambda idle_s: "ok" if idle_s < 60 else "idle" if idle_s < 300 else "stuck",
    # What has just been printed may scroll by, so it has to stand for a while.
    "failed": lambda idle_s: "ok" if idle_s < 2 else "stuck",
}
"""What somebody who had looked all the while would say."""

TABLE = [
    (kind, idle_s)
    for kind in SCREENS
    for idle_s in (0.0, 1.0, 2.0, 5.0, 58.0, 61.0, 119.0, 130.0, 298.0, 301.0, 310.0, 400.0)
]


def found(kind, idle_s, *, at_once=False):
    """The fleet that comes upon an agent which shows such a screen and was silent so long."""
    command, shown = SCREENS[kind]
    opened = (SessionOpened(SESSION, "oma-agent-1"), seen(command=command, idle_s=idle_s))
    screen = captured(shown.encode(), cursor_row=2)
    fleet = empty(at_once=at_once)
    if at_once:
        return fleet.at(0.0, *opened, sampled((command,)), screen)
    return fleet.at(0.0, *opened).at(0.03, screen).at(0.3, sampled((command,)))


@pytest.mark.parametrize(("kind", "idle_s"), TABLE)
def test_one_look_says_what_a_settled_look_says(kind, idle_s):
    (agent,) = found(kind, idle_s, at_once=True).fleet.snapshot().agents

    assert agent.verdict.health == SETTLED[kind](idle_s)


@pytest.mark.parametrize(("kind", "idle_s"), TABLE)
def test_the_first_transition_says_what_a_settled_look_says_and_no_alarm_is_taken_back(
    kind, idle_s
):
    fleet = found(kind, idle_s).at(0.9)

    assert [health for _, health, _ in fleet.healths] == [SETTLED[kind](idle_s)]
    assert fleet.said[0].source is None
    assert fleet.said[0].t <= 0.6


@pytest.mark.parametrize("idle_s", [0.0, 1.0, 310.0])
def test_a_dialog_whose_status_line_is_painted_every_second_is_seen_at_once(idle_s):
    fleet = found("dialog", idle_s)
    for second in range(1, 5):
        fleet.prints(float(second), f"\x1b[10;1H 10:00:0{second}")

    assert [health for _, health, _ in fleet.healths] == ["waiting"]


def test_a_frame_that_was_captured_half_way_is_not_what_is_told():
    # The composer alone: the line of the spinner is still to be painted.
    fleet = empty().at(0.0, SessionOpened(SESSION, "a"), seen(command="claude", idle_s=0.0))
    fleet.at(0.03, captured(f"\n\n{COMPOSER}".encode(), cursor_row=0))
    assert fleet.healths == []

    fleet.prints(0.035, "\x1b[1;1H✻ Thinking… (12s · esc to interrupt)")

    assert [health for _, health, _ in fleet.at(2.0).healths] == ["ok"]


def test_an_agent_that_rests_when_it_is_found_is_told_as_soon_as_one_that_asks():
    fleet = empty().at(0.0, SessionOpened(SESSION, "a"), seen(command="claude", idle_s=0.0))
    fleet.at(0.03, captured(f"● Done.\n\n{COMPOSER}".encode(), cursor_row=2)).at(1.0)

    assert fleet.healths == [(0.04, "idle", "finished")]

    shown = "\x1b[H\x1b[2J" + COMPOSER.replace("\n", "\r\n") + "\x1b[2;3H"
    fleet.prints(2.0, "\x1b[H\x1b[2J✻ Thinking… (12s · esc to interrupt)").prints(3.0, shown)

    assert [(t, health) for t, health, _ in fleet.at(5.0).healths[2:]] == [(3.3, "idle")]


def test_what_is_printed_before_the_capture_came_counts_as_activity():
    fleet = empty().at(0.0, SessionOpened(SESSION, "a"), seen(idle_s=310.0))
    fleet.prints(0.01, "x").at(0.02, captured(b"x\n"), sampled())

    assert fleet.healths == [(0.02, "ok", "active")]


def test_an_agent_that_nobody_has_looked_at_is_shown_and_said_nothing_of():
    fleet = empty().at(0.0, SessionOpened(SESSION, "oma-agent-1"), seen(idle_s=310.0))

    (agent,) = fleet.fleet.snapshot().agents
    assert fleet.healths == []
    assert (agent.verdict.health, agent.verdict.reason) == ("ok", "unseen")
    assert fleet.fleet.state_of(PANE) == agent
    assert fleet.fleet.explain("oma-agent-1", 0.0).verdict.reason == "unseen"


def test_a_kind_that_a_launcher_hides_is_known_before_anything_is_told():
    screen = captured(SCREENS["prompt"][1].encode(), cursor_row=2)
    fleet = empty().at(
        0.0, SessionOpened(SESSION, "a"), seen(command="node", idle_s=310.0), screen
    )
    assert (fleet.healths, fleet.fleet.unsampled) == ([], {SESSION})

    fleet.at(0.2, sampled(("node", "/usr/bin/claude"))).at(1.0)

    assert [health for _, health, _ in fleet.healths] == ["idle"]
    assert fleet.fleet.unsampled == set()


def test_a_tool_at_work_is_known_before_an_alarm():
    fleet = empty().at(0.0, SessionOpened(SESSION, "a"), seen(command="claude", idle_s=130.0))
    fleet.at(0.1, captured(SCREENS["working"][1].encode(), cursor_row=3))
    assert (fleet.healths, fleet.fleet.unsampled) == ([], {SESSION})

    fleet.at(0.2, sampled(("claude",), children=1)).at(1.0)

    assert [health for _, health, _ in fleet.healths] == ["ok"]


def test_an_agent_of_a_known_kind_need_not_wait_for_its_processes():
    fleet = empty().at(0.0, SessionOpened(SESSION, "a"), seen(command="claude", idle_s=50.0))
    fleet.at(0.1, captured(SCREENS["dialog"][1].encode()))

    assert fleet.healths == [(0.1, "waiting", "permission")]


def test_a_screen_that_does_not_come_is_waited_for_no_longer_than_is_said():
    fleet = empty().at(0.0, SessionOpened(SESSION, "a"), seen(idle_s=310.0), sampled()).at(100.0)

    assert fleet.healths == [(SCREEN_PATIENCE_S, "stuck", "silent")]


def test_processes_that_are_not_known_are_waited_for_no_longer_than_is_said():
    fleet = empty().at(0.0, SessionOpened(SESSION, "a"), seen(idle_s=310.0), captured()).at(100.0)

    assert fleet.healths == [(SAMPLE_PATIENCE_S, "stuck", "silent")]


def test_a_session_that_cannot_be_followed_is_judged_without_its_screen():
    fleet = empty().at(0.0, SessionOpened(SESSION, "a"), seen(idle_s=310.0), sampled())
    fleet.at(0.5, ConnectionLost(SessionId("$9"), "gone"), ConnectionLost(None, "gone"))
    assert fleet.healths == []

    fleet.at(1.0, ConnectionLost(SESSION, "not followed: no room"))

    assert fleet.healths == [(1.0, "stuck", "silent")]


def test_facts_wait_for_no_screen():
    opened = SessionOpened(SESSION, "a")

    dead = empty().at(0.0, opened, seen(dead=True, dead_status=1))
    closed = empty().at(0.0, opened, seen()).at(0.1, SessionClosed(SESSION))

    assert dead.healths == [(0.0, "exited", "process-ended")]
    assert closed.healths == [(0.1, "exited", "session-closed")]


def test_an_agent_that_turns_out_to_be_of_another_kind_keeps_its_verdict_until_it_was_looked_at():
    fleet = play().at(0.01, captured(SCREENS["prompt"][1].encode(), cursor_row=2))
    before = list(fleet.healths)

    fleet.at(100.0, sampled(("node", "/usr/bin/claude"))).at(101.0)

    assert [health for _, health, _ in fleet.healths] == [before[0][1], "idle"]
    assert fleet.said[-1].verdict.rule == "generic/at_prompt"


def test_what_a_replay_says_does_not_depend_on_when_time_is_let_pass():
    once = found("prompt", 0.0).at(50.0)
    often = empty()
    command, shown = SCREENS["prompt"]
    often.at(0.0, SessionOpened(SESSION, "oma-agent-1"), seen(command=command, idle_s=0.0))
    often.at(0.03, captured(shown.encode(), cursor_row=2)).at(0.1).at(0.2).at(
        0.3, sampled((command,))
    )
    for tenth in range(4, 500):
        often.at(tenth / 10)

    assert [(s.t, s.seq, s.verdict) for s in often.at(50.0).said] == [
        (s.t, s.seq, s.verdict) for s in once.said
    ]


def test_what_was_given_up_is_not_awaited_again():
    first, pane = FirstLook(5.0), PaneFold(seen(), "")
    judge = Judge(profile_from_mapping("x", {}, "x.toml"), Thresholds(), 0.0)
    awaits_sample = partial(first.awaits_sample, pane, judge, judge.verdict(5.0))
    assert (first.awaits_screen(pane), awaits_sample()) == (True, True)

    first.pass_time(5.0 + SAMPLE_PATIENCE_S)
    assert (first.awaits_screen(pane), awaits_sample()) == (True, False)
    assert first.deadline_s() == 5.0 + SCREEN_PATIENCE_S

    first.expect_no_screen()
    assert not first.awaits_screen(pane)
    assert first.deadline_s() == math.inf


def test_an_agent_whose_kind_is_given_waits_for_no_processes():
    first, pane = FirstLook(5.0, may_be_other=False), PaneFold(seen(), "")
    judge = Judge(profile_from_mapping("x", {}, "x.toml"), Thresholds(), 0.0)

    assert not first.awaits_sample(pane, judge, judge.verdict(5.0))
