"""Which agents there are: own sessions, and panes in which one was found."""

import pytest

from oma.model.events import (
    AgentFound,
    CheckoutSeen,
    PaneClosed,
    ServerLost,
    SessionClosed,
    SessionOpened,
    SessionRenamed,
)
from oma.model.ids import PaneId, SessionId
from tests.support.fleet_play import PANE, SESSION, captured, empty, sampled, seen

WORK, OTHER = SessionId("$2"), SessionId("$3")
SECOND, THIRD = PaneId("%2"), PaneId("%3")
CLAUDE = {"command": "claude"}


def found(pane, profile="claude"):
    return AgentFound(pane, profile, "process", profile)


def own(*panes):
    """An own session with these panes: id and command."""
    fleet = empty().at(0.0, SessionOpened(SESSION, "oma-agent-1"))
    for pane, command in panes:
        place = {"window_index": 0, "pane_index": int(pane[1:]) - 1}
        fleet.at(0.0, seen(pane=pane, command=command, idle_s=0.0, **place), captured(pane=pane))
        fleet.at(0.0, sampled((command,), pane))
    return fleet


def elsewhere(*panes):
    """A session of the user's with agents in these panes."""
    fleet = empty().at(0.0, SessionOpened(WORK, "work", is_agent=False))
    for number, pane in enumerate(panes):
        facts = {"pane": pane, "session": WORK, "window_index": 0, "pane_index": number, **CLAUDE}
        fleet.at(0.0, found(pane), seen(**facts, idle_s=0.0), captured(pane=pane))
        fleet.at(0.0, sampled(("claude",), pane))
    return fleet


def listed(fleet):
    return [(a.name, a.pane, a.session) for a in fleet.fleet.snapshot().agents]


def test_without_a_find_a_session_is_one_agent_and_its_first_known_kind_speaks_for_it():
    fleet = own((PANE, "bash"), (SECOND, "claude"), (THIRD, "codex"))
    assert listed(fleet) == [("oma-agent-1", SECOND, SESSION)]

    fleet.at(1.0, PaneClosed(SECOND))

    assert listed(fleet) == [("oma-agent-1", THIRD, SESSION)]


def test_a_shell_beside_an_agent_is_no_agent():
    fleet = own((PANE, "bash"), (SECOND, "claude")).at(1.0, found(SECOND))

    assert listed(fleet) == [("oma-agent-1", SECOND, SESSION)]


def test_two_agents_in_an_own_session_are_two():
    fleet = own((PANE, "claude"), (SECOND, "codex")).at(1.0, found(PANE), found(SECOND, "codex"))

    assert listed(fleet) == [
        ("oma-agent-1", PANE, SESSION),
        ("oma-agent-1:0.1", SECOND, SESSION),
    ]
    assert [a.profile for a in fleet.fleet.snapshot().agents] == ["claude", "codex"]
    assert fleet.fleet.state_of(SECOND).name == "oma-agent-1:0.1"


def test_the_verdict_of_an_agent_never_jumps_to_another_one():
    fleet = own((PANE, "claude"), (SECOND, "codex")).at(1.0, found(PANE), found(SECOND, "codex"))

    fleet.at(2.0, seen(command="bash"), captured()).at(4.0)

    states = fleet.fleet.snapshot().agents
    assert [(a.pane, a.profile, str(a.verdict.health)) for a in states] == [
        (PANE, "claude", "exited"),
        (SECOND, "codex", "ok"),
    ]


def test_output_beside_the_agent_is_not_its_activity():
    fleet = own((PANE, "bash"), (SECOND, "claude")).at(1.0, found(SECOND))
    fleet.prints(20.0, "a loop that prints")

    assert fleet.fleet.snapshot().agents[0].active_s < 20.0


def test_an_agent_anywhere_is_its_pane():
    fleet = elsewhere(PANE, SECOND)

    assert listed(fleet) == [("work:0.0", PANE, WORK), ("work:0.1", SECOND, WORK)]
    assert [a.id for a in fleet.fleet.snapshot().agents] == [PANE, SECOND]


def test_a_pane_that_nothing_was_found_in_is_nobody():
    fleet = elsewhere(PANE).at(1.0, seen(pane=SECOND, session=WORK)).prints(1.0, "x")

    assert [pane for _, pane, _ in listed(fleet)] == [PANE]
    assert fleet.fleet.state_of(SECOND) is None


def test_what_was_found_is_judged_by_that_kind_where_its_process_does_not_tell():
    fleet = empty().at(0.0, SessionOpened(WORK, "work", is_agent=False), found(PANE, "codex"))
    fleet.at(0.0, seen(session=WORK, command="ssh"))

    assert fleet.fleet.snapshot().agents[0].profile == "codex"


def test_an_agent_that_ended_is_exited_and_leaves_the_list_after_a_while():
    fleet = elsewhere(PANE).at(2.0, seen(session=WORK, command="bash"), captured()).at(3.0)
    assert [str(a.verdict.health) for a in fleet.fleet.snapshot().agents] == ["exited"]

    fleet.at(61.0)
    assert len(listed(fleet)) == 1

    fleet.at(63.0)
    assert (listed(fleet), fleet.fleet.unlisted) == ([], {PANE})
    assert fleet.at(64.0, PaneClosed(PANE)).fleet.unlisted == set()


def test_an_agent_that_starts_again_in_its_pane_stays():
    fleet = elsewhere(PANE).at(2.0, seen(session=WORK, command="bash"), captured()).at(3.0)
    fleet.at(10.0, found(PANE), seen(session=WORK, **CLAUDE)).prints(10.5, "hello")
    fleet.at(70.0)

    assert [str(a.verdict.health) for a in fleet.fleet.snapshot().agents] != ["exited"]


@pytest.mark.parametrize(
    "end", [PaneClosed(PANE), SessionClosed(WORK), ServerLost("it is gone")], ids=repr
)
def test_an_agent_whose_pane_is_gone_is_exited_and_then_dropped(end):
    fleet = elsewhere(PANE).at(1.0, end)
    assert fleet.healths[-1][1] == "exited"

    assert listed(fleet.at(62.0)) == []


def test_an_agent_that_moves_to_another_session_is_the_same_agent():
    fleet = elsewhere(PANE, SECOND).at(1.0, SessionOpened(OTHER, "play", is_agent=False))
    told = len(fleet.said)
    fleet.at(1.0, seen(session=OTHER, window_index=0, pane_index=0, **CLAUDE))
    fleet.at(1.0, SessionClosed(WORK)).at(2.0)

    assert listed(fleet)[-1] == ("play", PANE, OTHER)
    assert [s.agent for s in fleet.said[told:]] == ["work:0.1"]


def test_the_agent_of_an_own_session_moves_out_of_it_and_leaves_the_rest():
    fleet = own((PANE, "bash"), (SECOND, "claude")).at(1.0, found(SECOND))
    fleet.at(2.0, SessionOpened(WORK, "work", is_agent=False))
    fleet.at(2.0, seen(pane=SECOND, session=WORK, **CLAUDE)).at(5.0)

    assert listed(fleet) == [("oma-agent-1", PANE, SESSION), ("work", SECOND, WORK)]
    assert fleet.at(6.0, SessionClosed(SESSION)).said[-1].agent == "oma-agent-1"


def test_an_own_session_that_is_renamed_goes_on_as_its_agent():
    fleet = own((PANE, "claude")).at(1.0, found(PANE))
    fleet.at(2.0, SessionOpened(SESSION, "work", is_agent=False))

    assert listed(fleet) == [("work", PANE, SESSION)]
    assert fleet.fleet.snapshot().agents[0].id == PANE


def test_names_follow_the_name_of_the_session():
    fleet = elsewhere(PANE).at(1.0, SessionRenamed(WORK, "play"))
    assert listed(fleet) == [("play", PANE, WORK)]

    assert (
        own((PANE, "bash"))
        .at(1.0, SessionRenamed(SESSION, "oma-agent-x"))
        .fleet.snapshot()
        .agents[0]
        .name
        == "oma-agent-x"
    )


def test_a_session_that_gets_the_name_of_an_agent_goes_on_as_the_agent_that_is_in_it():
    fleet = elsewhere(PANE).at(1.0, SessionOpened(WORK, "oma-agent-2"))
    fleet.at(1.0, seen(pane=SECOND, session=WORK)).at(2.0)

    assert listed(fleet) == [("oma-agent-2", PANE, WORK)]


def test_it_is_the_same_whether_an_agent_is_found_before_or_after_its_pane_is_seen():
    early = empty().at(0.0, SessionOpened(SESSION, "oma-agent-1"), found(SECOND))
    early.at(0.0, seen(), seen(pane=SECOND, **CLAUDE))

    assert listed(early) == [("oma-agent-1", SECOND, SESSION)]


def test_agents_in_one_directory_are_named_after_their_branches():
    fleet = elsewhere(PANE, SECOND)
    fleet.at(1.0, CheckoutSeen(PANE, "/src/app", "fix"), CheckoutSeen(SECOND, "/src/app", "docs"))

    assert [name for name, _, _ in listed(fleet)] == ["fix", "docs"]


def test_a_name_that_was_chosen_before_the_branch_was_known_is_chosen_anew_once():
    fleet = elsewhere(PANE)
    assert listed(fleet)[0][0] == "work"

    fleet.at(1.0, CheckoutSeen(PANE, "/src/app", "fix"))
    assert listed(fleet)[0][0] == "fix"
    fleet.at(2.0, SessionRenamed(WORK, "w"), CheckoutSeen(PANE, "/src/app", "fix-2"))
    assert listed(fleet)[0][0] == "w"
    fleet.at(3.0, CheckoutSeen(PANE, "/src/app", "x"))
    assert listed(fleet)[0][0] == "w"


def test_the_checkout_of_a_pane_that_is_no_agents_is_passed_over():
    fleet = elsewhere(PANE).at(1.0, CheckoutSeen(THIRD, "/src/app", "fix"))

    assert [agent.branch for agent in fleet.fleet.snapshot().agents] == [""]
