"""Snapshots of agents."""

from oma.detection.thresholds import Thresholds
from oma.model.events import CheckoutSeen, SessionClosed, SessionOpened
from oma.model.health import Ending, Health
from oma.model.ids import AgentId
from oma.reducers.agent import AgentFold
from oma.reducers.agent_state import state_of
from oma.reducers.rules import Rules
from tests.support.fleet_play import PANE, SESSION, captured, empty, play, sampled, seen

COMPOSER = "\r\n".join(("─" * 40, "❯ ", "─" * 40))


def test_an_agent_of_which_no_pane_was_seen_is_no_agent_yet():
    agent = AgentFold(AgentId(SESSION), SESSION, "oma-agent-1", Rules((), Thresholds()), 0.0)

    assert state_of(agent) is None


def test_a_snapshot_says_where_the_agent_is_and_all_its_names():
    rules = empty().fleet.rules
    agent = AgentFold(AgentId(SESSION), SESSION, "oma-agent-1", rules, 0.0)
    agent.seen(0.0, seen(window_index=2, pane_index=1))
    state = state_of(agent)

    assert (state.id, state.pane, state.place) == (SESSION, PANE, "oma-agent-1:2.1")
    assert (state.names, state.is_session) == (("oma-agent-1",), True)
    assert state.verdict.reason == "unseen"


def test_a_project_is_the_repository_of_the_directory_else_that_itself():
    fleet = play().at(1.0, seen(cwd="/src/app/api", title="✳ Fix the build"))
    (state,) = fleet.fleet.snapshot().agents
    assert (state.project, state.branch, state.task) == ("/src/app/api", "", "Fix the build")

    fleet.at(2.0, CheckoutSeen(PANE, "/src/app", "fix"))
    (state,) = fleet.fleet.snapshot().agents
    assert (state.project, state.branch, state.session_name) == ("/src/app", "fix", "oma-agent-1")


def test_an_agent_that_ended_still_has_its_project():
    fleet = play().at(1.0, CheckoutSeen(PANE, "/src/app", "fix"), SessionClosed(SESSION))
    (state,) = fleet.fleet.snapshot().agents

    assert (state.gone, state.project, state.branch) == (True, "/src/app", "fix")


def test_a_failure_that_says_anew_when_it_ends_is_shown_so():
    played = empty().at(
        0.0,
        SessionOpened(SESSION, "oma-agent-1"),
        seen(command="claude", idle_s=0.0),
        captured(),
        sampled(("claude",)),
    )
    shown = []
    for t, words in (
        (1.0, "Retrying in 9s · attempt 1/10"),
        (9.0, "Retrying in 20s · attempt 2/10"),
    ):
        played.prints(t, f"\x1b[2J\x1b[H❯ go\r\n✻ API error · {words}\r\n{COMPOSER}").at(t + 1)
        shown.append(played.fleet.snapshot().agents[0].verdict)

    assert [each.health for each in shown] == [Health.STUCK, Health.STUCK]
    assert [each.ending for each in shown] == [Ending("in 9s", 10.0), Ending("in 20s", 29.0)]


def test_a_question_about_a_limit_that_says_anew_when_that_ends_is_shown_so():
    played = play()
    shown = []
    for t, ending in ((1.0, "3pm"), (9.0, "4pm")):
        dialog = f"Limit reached, resets {ending}\r\nGo on?\r\n❯ 1. Wait\r\n  2. Stop\r\n\r\nEnter to select"
        played.prints(t, f"\x1b[2J\x1b[H{dialog}").at(t + 1)
        shown.append(played.fleet.snapshot().agents[0].verdict)

    assert [each.health for each in shown] == [Health.WAITING, Health.WAITING]
    assert [each.ending for each in shown] == [Ending("3pm"), Ending("4pm")]
