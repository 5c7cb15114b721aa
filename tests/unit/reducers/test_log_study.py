"""The agents of a log, whatever they are."""

from oma.model.events import (
    AgentFound,
    OutputLost,
    PaneOutput,
    PaneResized,
    SessionOpened,
    SessionRenamed,
)
from oma.model.ids import PaneId
from oma.reducers.log_study import LogStudy
from tests.support.fleet_play import PANE, SESSION, captured, sampled, seen


def study(*events):
    log = LogStudy()
    for t, event in events:
        log.take(t, event)
    return log


def test_each_agent_is_known_by_its_name_and_its_programs():
    log = study(
        (0.0, SessionOpened(SESSION, "oma-agent-a")),
        (0.0, seen(command="bash")),
        (1.0, seen(command="node")),
        (1.0, sampled(("node", "/opt/chef/cook.js", "--fast"))),
        (1.0, sampled(("lost",), pane=PaneId("%9"))),
        (2.0, SessionRenamed(SESSION, "oma-agent-b")),
    )

    assert list(log.named) == ["oma-agent-b"]
    assert (list(log.panes[PANE].programs), log.panes[PANE].is_launched) == (["cook"], True)


def test_one_that_was_found_in_a_pane_has_a_name_of_its_own():
    log = study((0.0, AgentFound(PANE, "x", "process", "x", "mine")), (0.0, seen(command="x")))

    assert list(log.named) == ["mine"]
    assert not log.panes[PANE].is_launched


def test_its_screen_is_studied_while_it_is_known():
    events = [
        (0.0, seen()),
        (0.0, captured(b"hello there")),
        (5.0, PaneOutput(PANE, b"\x1b[2Hwork")),
    ]
    log = study(*events, (6.0, PaneOutput(PANE, b"\x1b[2Hmore")))
    signs = log.panes[PANE].study.signs(10.0)
    assert (signs.work_s, signs.rest_s) == (1.0, 9.0)

    log = study(
        *events,
        (5.0, PaneResized(PANE, 9, 9)),
        (5.5, OutputLost(PANE, "")),
        (6.0, PaneOutput(PANE, b"x")),
    )
    assert log.panes[PANE].study.signs(10.0).rest_s == 10.0
