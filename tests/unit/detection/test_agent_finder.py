"""When panes are read and looked at, and what is told of them."""

import math

import pytest

from oma.config.profiles import packaged_profiles
from oma.detection.agent_finder import (
    AGAIN_S,
    LOOK_AFTER_S,
    MANY,
    MOST_CHANGES,
    OFTEN_S,
    QUIET_S,
    READ_AFTER_S,
    READ_AGAIN_S,
    SELDOM_S,
    AgentFinder,
    PaneFacts,
)
from oma.model.ids import PaneId

PANE = PaneId("%1")
DIALOG = ["  Press enter to confirm or esc to cancel"]


def facts(command="bash", title="", pane=PANE, **changes):
    return PaneFacts(pane, 100, command, title, **changes)


def finder(*panes):
    found = AgentFinder(packaged_profiles())
    assert found.update(0.0, panes or [facts()]) == []
    return found


def told(events):
    return [(event.pane, event.profile, event.way) for event in events]


def test_a_command_tells_at_once_and_once():
    found = finder()

    assert told(found.update(1.0, [facts("claude")])) == [(PANE, "claude", "process")]
    assert found.update(2.0, [facts("claude", "✳ x")]) == []
    assert found.due_s() == math.inf


def test_a_title_tells_where_a_program_runs():
    assert told(finder().update(1.0, [facts("2.1.34", "✳ x")])) == [(PANE, "claude", "title")]
    assert finder().update(1.0, [facts("bash", "✳ x")]) == []


def test_what_a_program_reports_of_itself_tells_while_that_runs():
    found = finder(facts("worker"))

    assert told(found.update(1.0, [facts("worker", app="claude")])) == [(PANE, "claude", "report")]
    assert found.update(2.0, [facts("bash", app="claude")]) == []
    assert found.update(3.0, [facts("vim", app="claude")]) == []
    assert told(found.update(4.0, [facts("vim", app="codex")])) == [(PANE, "codex", "report")]
    assert finder(facts("worker", app="nobody")).update(1.0, [facts("worker", app="x")]) == []


def test_a_report_from_below_a_shell_tells_while_a_program_runs_there():
    found = finder()
    assert found.update(1.0, [facts(app="claude")]) == []
    assert found.read(1.0, PANE, [("bash", "./agent.sh")])[0].way == "report"

    assert found.read(4.0, PANE, [("bash",)]) == (None, True)


def test_a_title_that_another_program_left_tells_nothing():
    found = finder(facts("bash", "✳ x"))

    assert found.update(1.0, [facts("vim", "✳ x")]) == []
    assert told(found.update(2.0, [facts("vim", "✳ y")])) == [(PANE, "claude", "title")]


def test_processes_are_read_at_once_and_a_few_times_more():
    found = finder()
    found.update(10.0, [facts("node")])
    moments = []
    while (due_s := found.due_s()) < math.inf:
        moments += [due_s] * bool(found.to_read(due_s))
        found.to_look(due_s)
        found.read(due_s, PANE, [("node", "server.js")])

    assert moments == [10.0 + after for after in READ_AFTER_S]


def test_processes_tell_of_an_agent_below_a_wrapper():
    found = finder(facts("bash"))
    event, ended = found.read(0.0, PANE, [("bash", "run.sh"), ("codex-unwrapped",)])

    assert (told([event]), ended) == ([(PANE, "codex", "process")], False)


def test_a_run_that_nobody_looks_at_is_found_as_such_behind_what_started_it():
    lines = [("python3", "loop.py"), ("claude", "-p", "go")]
    event, _ = finder(facts("python3")).read(0.0, PANE, lines)
    other, _ = finder(facts("python3")).read(0.0, PANE, [("python3", "loop.py"), ("claude",)])

    assert (event.headless, event.evidence) == (True, "claude -p go")
    assert not other.headless


def test_an_agent_below_a_shell_is_read_again_until_it_ended():
    found = finder(facts("bash"))
    found.read(0.0, PANE, [("bash", "run.sh"), ("codex",)])
    assert found.due_s() == READ_AGAIN_S

    assert found.read(READ_AGAIN_S, PANE, [("bash", "run.sh"), ("codex",)]) == (None, False)
    assert found.read(2 * READ_AGAIN_S, PANE, [("bash",)]) == (None, True)
    assert found.read(3 * READ_AGAIN_S, PANE, [("bash",)]) == (None, False)


def test_the_end_of_an_agent_is_told_where_one_shell_follows_another():
    found = finder(facts("sh"))
    found.read(0.0, PANE, [("/bin/sh", "/usr/local/bin/codex")])

    assert found.update(1.0, [facts("-bash")]) == []
    assert found.read(READ_AGAIN_S, PANE, [("-bash",)]) == (None, True)


def test_a_screen_is_looked_at_a_few_times_and_then_when_something_was_printed():
    found = finder(facts("ssh"))
    moments = []
    while (due_s := found.due_s()) < math.inf:
        found.read(due_s, PANE, [])
        for pane in found.to_look(due_s):
            moments.append(due_s)
            assert found.looked(pane, ["$"]) is None
    assert moments == list(LOOK_AFTER_S)

    found.printed(10.0, [PANE])
    assert found.due_s() == 10.0 + AGAIN_S
    assert found.to_look(found.due_s()) == [PANE]
    assert told([found.looked(PANE, DIALOG)]) == [(PANE, "codex", "screen")]


def test_a_pane_that_goes_on_printing_is_read_and_looked_at_less_and_less():
    found = finder(facts("htop"))
    for due_s in READ_AFTER_S:
        found.read(due_s, PANE, [("htop",)])
        found.to_look(due_s)

    def pause_s(t):
        found.read(t, PANE, [("htop",)])
        for pane in found.to_look(t):
            found.looked(pane, ["load"])
        found.printed(t, [PANE])
        assert found.due_s() == found._panes[PANE].looks_s[0]
        return found.due_s() - t

    t, pauses = 10.0, []
    for _ in range(MANY + 100):
        pauses.append(pause_s(t))
        t = min(found.due_s(), t + QUIET_S / 2)
    assert pauses[: MANY + 1] == pytest.approx(sorted(pauses[: MANY + 1]))
    assert pauses[0] == pytest.approx(AGAIN_S)
    assert pauses[MANY - 2] == pytest.approx(OFTEN_S)
    assert max(pauses) == pytest.approx(SELDOM_S)

    t += 2 * QUIET_S
    assert pause_s(t) == pytest.approx(AGAIN_S)


def test_a_shell_is_not_looked_at_but_what_it_runs_is_read_when_it_prints():
    found = finder(facts("bash"))
    for step in range(2 * MANY):
        found.read(float(step), PANE, [("bash",)])
        found.printed(float(step), [PANE])
    t = float(2 * MANY)

    assert found.to_look(math.inf) == []
    assert found.to_read(t) == {PANE: 100}
    event, _ = found.read(t, PANE, [("/bin/bash", "./run.sh"), ("claude",)])
    assert told([event]) == [(PANE, "claude", "process")]
    found.printed(t, [PANE])
    assert found.due_s() == t + READ_AGAIN_S


def test_a_loop_of_commands_is_not_read_at_each_of_them():
    found = finder()
    for step in range(40):
        found.update(step + 1.0, [facts("sleep" if step % 2 else "bash")])
        for pane in found.to_read(step + 1.0):
            found.read(step + 1.0, pane, [("sleep", "1")])
    t = 41.0

    assert found.to_read(t) == {}
    assert told(found.update(t, [facts("claude")])) == [(PANE, "claude", "process")]
    assert MOST_CHANGES < 40


def test_a_pane_of_ours_and_a_dead_one_are_nobodys():
    assert finder().update(1.0, [facts("claude", is_ours=True)]) == []
    dead = finder()
    assert dead.update(1.0, [facts("claude", dead=True)]) == []
    assert dead.due_s() == math.inf


def test_the_title_of_a_tmux_in_a_pane_tells_nothing():
    assert finder().update(1.0, [facts("tmux", "✳ x")]) == []


def test_an_agent_that_left_the_list_may_be_found_again():
    found = finder()
    found.update(1.0, [facts("claude")])
    assert found.update(2.0, [facts("bash")]) == []
    assert told(found.update(3.0, [facts("claude")])) == [(PANE, "claude", "process")]

    found.ended(PANE)
    assert found.update(4.0, [facts("claude")]) == []
    assert told(found.update(5.0, [facts("claude", "✳ x")])) == [(PANE, "claude", "process")]


def test_another_kind_in_the_same_pane_is_news():
    found = finder()
    found.update(1.0, [facts("claude")])

    assert told(found.update(2.0, [facts("codex")])) == [(PANE, "codex", "process")]


def test_what_is_gone_is_forgotten():
    found = finder(facts("ssh"))
    found.update(1.0, [])
    assert found.due_s() == math.inf
    assert found.looked(PANE, DIALOG) is None
    assert found.read(1.0, PANE, [("claude",)]) == (None, False)

    found.update(2.0, [facts("claude")])
    found.clear()
    assert told(found.update(3.0, [facts("claude")])) == [(PANE, "claude", "process")]


def test_what_an_agent_left_on_the_screen_of_its_shell_is_no_agent():
    found = finder()
    found.update(1.0, [facts("python3")])
    found.read(1.0, PANE, [("python3", "/x/codex")])
    found.update(5.0, [facts("bash")])
    found.read(5.0, PANE, [("bash",)])

    assert [found.looked(pane, DIALOG) for pane in found.to_look(10.0)] in ([], [None])


def test_a_program_below_a_shell_is_looked_at():
    found = finder(facts("sh"))
    found.read(0.0, PANE, [("sh", "-c", "ssh box"), ("ssh", "box")])

    assert found.to_look(LOOK_AFTER_S[0]) == [PANE]
    assert told([found.looked(PANE, DIALOG)]) == [(PANE, "codex", "screen")]


def test_a_pane_is_sought_in_while_no_agent_is_known_there():
    found = finder(
        facts(), facts(pane=PaneId("%2"), is_ours=True), facts(pane=PaneId("%3"), dead=True)
    )
    assert [found.seeks(PaneId(f"%{number}")) for number in range(1, 5)] == [True] + 3 * [False]

    found.update(1.0, [facts("claude")])
    assert not found.seeks(PANE)
    found.update(2.0, [facts()])
    assert found.seeks(PANE)
