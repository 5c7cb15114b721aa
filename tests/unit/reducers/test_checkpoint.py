"""The law of checkpoints: a fold that begins with one believes, from then on, what the first one does."""

from datetime import UTC, datetime

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oma.model import events as ev
from oma.model.documents import agent_document
from oma.model.events import Record
from oma.model.ids import PaneId, SessionId
from oma.model.pane_sampled import PaneSampled
from oma.model.standing import AgentsStand, WatchBegan
from oma.model.wall_time import WallTime
from oma.recording.recording_format import decode_record, encode_record
from oma.reducers.fleet import Fleet
from tests.support.fleet_play import PANE, SESSION, captured, empty, play, sampled, seen

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
SCREENS = (
    b"\x1b[2J\x1b[Hhello\r\n",
    b"error: it broke\r\n",
    b"\x1b[2J\x1b[H Do you want to proceed?\r\n \xe2\x9d\xaf 1. Yes\r\n   2. No\r\n",
    b"\x1b]0;\xe2\x9c\xb3 Fix it\x07",
    b"\x1b]9;4;1;30\x07",
    b"\x1b]777;notify;a;may I?\x07",
    b"\x1b]7501;state=working",
    b"\x1b[?1049h\x1b[3;5r",
    b"\x1b[?1049l",
    b"\xe2\x9c",
    b"\xbb Thinking\xe2\x80\xa6 (esc to interrupt)\r\n",
)
PANES = [PaneId("%1"), PaneId("%2"), PaneId("%3")]
SESSIONS = [SessionId("$1"), SessionId("$2")]

panes, sessions = st.sampled_from(PANES), st.sampled_from(SESSIONS)
happenings = st.one_of(
    st.builds(ev.SessionOpened, sessions, st.sampled_from(["a", "b"]), is_agent=st.booleans()),
    st.builds(ev.SessionRenamed, sessions, st.sampled_from(["b", "c"])),
    st.builds(ev.SessionClosed, sessions),
    st.builds(ev.AgentFound, panes, st.sampled_from(["claude", "codex"]), st.just("process"), st.just("claude")),
    st.builds(ev.AgentEnded, panes),
    st.builds(
        lambda pane, session, command, idle_s, dead: seen(
            pane=pane, session=session, command=command, idle_s=idle_s, dead=dead,
            window_index=0, pane_index=0,
        ),
        panes, sessions, st.sampled_from(["claude", "bash"]), st.sampled_from([None, 0.0, 70.0]),
        st.sampled_from([False, False, True]),
    ),
    st.builds(ev.PaneClosed, panes),
    st.builds(ev.CheckoutSeen, panes, st.just("/srv/app"), st.sampled_from(["main", "fix"])),
    st.builds(ev.PaneResized, panes, st.just(80), st.just(24)),
    st.builds(ev.OutputLost, panes, st.just("paused")),
    st.builds(PaneSampled, panes, st.sampled_from(["slow", ""])),
    st.builds(lambda pane: captured(b"hello\n", pane=pane), panes),
    st.builds(ev.PaneOutput, panes, st.sampled_from(SCREENS)),
    st.builds(ev.PaneOutput, panes, st.sampled_from(SCREENS)),
    st.builds(lambda pane, n: sampled(("claude",), pane, n), panes, st.integers(0, 2)),
)  # fmt: skip
waits = st.sampled_from([0.0, 0.001, 0.01, 0.15, 0.7, 3.0, 61.0, 301.0])
lives = st.lists(st.tuples(waits, happenings), max_size=25)


def told(transitions):
    return [attrs.evolve(transition, seq=0) for transition in transitions]


def read_again(events, t):
    """Return the events as a reader of the log gets them."""
    return [
        decode_record(encode_record(Record(n, t, event))).event
        for n, event in enumerate(events, start=1)
    ]


def begun(rules, events, t):
    """Return a fold that begins with these events, and what it says of them."""
    fleet, said = Fleet(rules), []
    for n, event in enumerate(read_again(events, t), start=1):
        said += fleet.advance(t) + fleet.fold(Record(n, t, event))
    return fleet, said


def known(fleet, t):
    agents = fleet.snapshot().agents
    return [
        (
            agent,
            agent_document(agent, t, WallTime(BEGAN)),
            fleet.shown(agent.id),
            fleet.explain(agent.id, t),
        )
        for agent in agents
    ]


def continues_alike(first, other, t, rest):
    assert known(first, t) == known(other, t)
    for n, (wait, event) in enumerate(rest, start=100):
        t = round(t + wait, 6)
        steps = [fleet.advance(t) + fleet.fold(Record(n, t, event)) for fleet in (first, other)]
        assert told(steps[0]) == told(steps[1])
        assert known(first, t) == known(other, t)
    t = round(t + 400.0, 6)
    assert told(first.advance(t)) == told(other.advance(t))


@settings(max_examples=25)
@given(lives, lives)
def test_what_follows_means_the_same_to_both(before, after):
    first = play()
    t = 0.0
    for wait, event in before:
        t = round(t + wait, 6)
        first.at(t, event)
    fleet = first.fleet

    other, _ = begun(fleet.rules, fleet.checkpoint(), t)

    continues_alike(fleet, other, t, after)


@pytest.mark.parametrize("after_s", [0.0, 0.05, 0.3, 0.5, 5.0])
def test_a_dialog_stands_for_as_long_as_it_did(after_s):
    first = play().prints(1.0, SCREENS[2].decode()).at(1.0 + after_s)
    t = 1.0 + after_s

    other, said = begun(first.fleet.rules, first.fleet.checkpoint(), t)

    (agent,) = other.snapshot().agents
    assert agent == first.fleet.snapshot().agents[0]
    assert [(s.source, s.verdict) for s in said] == [(None, agent.verdict)]
    continues_alike(first.fleet, other, t, [])


def test_an_agent_that_has_ended_is_still_shown_for_as_long_as_it_would_have_been():
    first = play().at(1.0, ev.SessionClosed(SESSION)).at(30.0)

    other, _ = begun(first.fleet.rules, first.fleet.checkpoint(), 30.0)

    assert [a.gone for a in other.snapshot().agents] == [True]
    other.advance(61.0)
    assert other.snapshot().agents == ()


def test_what_was_told_before_a_watch_began_anew_is_not_told_again():
    first = play().prints(1.0, "hello").at(70.0)
    count = len(first.said)

    first.at(71.0).at(71.0, *first.fleet.checkpoint())

    assert first.said[count:] == []
    assert first.healths[-1] == (61.0, "idle", "silent")
    assert first.at(301.0).healths[-1] == (301.0, "stuck", "silent")


def test_what_changed_meanwhile_is_told_once():
    first, other = play().at(1.0), play().prints(1.0, SCREENS[2].decode()).at(5.0)

    first.at(5.0, *other.fleet.checkpoint())

    assert [(str(s.source), str(s.verdict.health)) for s in first.said] == [
        ("None", "ok"),
        ("ok", "waiting"),
    ]


def test_a_watch_that_begins_anew_without_a_checkpoint_tells_what_is_another_than_before():
    first = play().prints(1.0, "hello").at(70.0)
    count = len(first.said)
    opened = ev.SessionOpened(SESSION, "oma-agent-1")

    first.at(71.0, WatchBegan(), opened, seen(idle_s=70.0), captured(b"hello\n"), sampled())

    assert first.said[count:] == []
    assert [a.verdict.health for a in first.fleet.snapshot().agents] == ["idle"]


def test_an_agent_of_which_another_version_remembers_something_else_is_judged_anew():
    first = play().prints(1.0, "hello").at(70.0)
    *facts, stand = first.fleet.checkpoint()
    (agent,) = stand.agents
    other = AgentsStand((attrs.evolve(agent, memory={"of": "tomorrow"}),))

    fleet, said = begun(first.fleet.rules, [*facts, other], 70.0)

    assert said == []
    fleet.advance(71.0)
    assert [str(a.verdict.health) for a in fleet.snapshot().agents] == ["idle"]


def test_a_checkpoint_of_nothing_is_a_watch_that_has_begun():
    fleet, said = begun(empty().fleet.rules, empty().fleet.checkpoint(), 0.0)

    assert said == []
    assert fleet.snapshot().agents == ()
    assert not fleet.snapshot().has_server


def test_panes_and_what_an_end_without_a_beginning_says_are_ignored():
    first = play()

    first.at(1.0, AgentsStand(()))

    assert [a.pane for a in first.fleet.snapshot().agents] == [PANE]
