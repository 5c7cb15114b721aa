"""When the user is told of what: a table, and laws."""

from datetime import UTC, datetime
from datetime import time as time_of_day

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oma.model.dialog import Dialog, DialogOption
from oma.model.health import ATTENTION, Health
from oma.model.ids import AgentId
from oma.notify.notification_policy import ToldTransition, ask_key
from oma.notify.notification_rules import NotifyRules, Trigger
from oma.notify.quiet_hours import Period
from tests.unit.notify.plays import Change, Play

OK, IDLE, WAITING, STUCK, EXITED = (
    Health.OK,
    Health.IDLE,
    Health.WAITING,
    Health.STUCK,
    Health.EXITED,
)
RULES = NotifyRules(settle_s=2.0)
NIGHT = attrs.evolve(RULES, quiet=(Period(time_of_day(22, 0), time_of_day(7, 0)),))
BED_TIME = datetime(2026, 11, 29, 21, 59, 50, tzinfo=UTC)
HOURS_9_S = 9 * 3600


def asks(command):
    return Dialog("Do you want to proceed?", command, (DialogOption("1", "Yes"),))


def waits(t, number=1, command="ls", **more):
    return Change(t, number, WAITING, "permission", asks(command), **more)


def works(t, number=1):
    return Change(t, number, OK)


CASES = {
    "a wait that stands is told when it has settled": (
        RULES,
        [works(0), waits(10)],
        [(12, "news", 1)],
    ),
    "a flicker is not told": (RULES, [works(0), waits(10), works(11.9)], []),
    "a wait that ends just when it would be told is not told": (
        RULES,
        [works(0), waits(10), works(12)],
        [],
    ),
    "two waits are told twice": (
        RULES,
        [works(0), waits(10), works(15), waits(20, command="rm")],
        [(12, "news", 1), (22, "news", 1)],
    ),
    "the same question after a while is another wait": (
        RULES,
        [works(0), waits(10), works(15), waits(20)],
        [(12, "news", 1), (22, "news", 1)],
    ),
    "a wait that seems to end for a moment is one wait": (
        RULES,
        [works(0), waits(10), works(15), waits(16), works(17), waits(18.5)],
        [(12, "news", 1)],
    ),
    "another question a moment later is another wait": (
        RULES,
        [works(0), waits(10), works(15), waits(16, command="rm")],
        [(12, "news", 1), (18, "news", 1)],
    ),
    "another reason is another wait": (
        RULES,
        [works(0), Change(10, 1, STUCK, "retry"), Change(20, 1, STUCK, "login")],
        [(12, "news", 1), (22, "news", 1)],
    ),
    "who waits already when the watch begins is told": (
        RULES,
        [waits(0), Change(0, 2, STUCK)],
        [(2, "news", 1), (2, "news", 2)],
    ),
    "what rested or had ended when the watch began is not told": (
        attrs.evolve(RULES, triggers=tuple(map(Trigger, Health))),
        [Change(0, 1, IDLE), Change(0, 2, EXITED), Change(0, 3, OK)],
        [],
    ),
    "only what is wanted is told": (
        RULES,
        [works(0), Change(5, 1, IDLE), works(9), Change(20, 1, EXITED)],
        [],
    ),
    "a screen that nobody explains is told": (
        RULES,
        [works(0), Change(5, 1, IDLE, ATTENTION)],
        [(7, "news", 1)],
    ),
    "a wait that lasts is told once more, and no third time": (
        attrs.evolve(RULES, remind_s=60.0),
        [works(0), waits(10)],
        [(12, "news", 1), (72, "reminder", 1)],
    ),
    "who was answered is not told once more": (
        attrs.evolve(RULES, remind_s=60.0),
        [works(0), waits(10), works(70)],
        [(12, "news", 1)],
    ),
    "many at once are one summary, for which the first waits": (
        RULES,
        [waits(10, 1), waits(10.5, 2), waits(11, 3), waits(11.5, 4)],
        [(13.5, "summary", 1, 2, 3, 4)],
    ),
    "a few at once are told each": (
        RULES,
        [waits(10, 1), waits(10.5, 2), waits(11, 3)],
        [(12, "news", 1), (12.5, "news", 2), (13, "news", 3)],
    ),
    "many one after the other are told each": (
        RULES,
        [waits(10 + 3 * number, number) for number in range(1, 6)],
        [(12 + 3 * number, "news", number) for number in range(1, 6)],
    ),
    "those that flicker among many make no summary": (
        RULES,
        [waits(10, 1), waits(10.5, 2), waits(11, 3), waits(11.5, 4)]
        + [works(11.8, number) for number in (2, 3)],
        [(12, "news", 1), (13.5, "news", 4)],
    ),
    "nothing is told in quiet hours, and what stands at their end is told then": (
        NIGHT,
        [waits(15, 1), works(3600, 1), waits(4000, 2)],
        [(10 + HOURS_9_S, "news", 2)],
    ),
    "what piled up in quiet hours is one summary": (
        NIGHT,
        [waits(100 * number, number) for number in range(1, 6)],
        [(10 + HOURS_9_S, "summary", 1, 2, 3, 4, 5)],
    ),
    "what is told before quiet hours is not told after them": (
        NIGHT,
        [waits(1, 1)],
        [(3, "news", 1)],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_told(name):
    rules, changes, told = CASES[name]
    play = Play(
        rules, began=BED_TIME if rules is NIGHT else datetime(2026, 11, 29, 12, tzinfo=UTC)
    )

    play.play(changes)

    assert play.table() == told


def test_what_the_user_looks_at_is_not_told_and_they_are_reminded_when_they_look_away():
    play = Play(attrs.evolve(RULES, remind_s=60.0), looked_at=frozenset({AgentId("%1")}))
    play.play([waits(10, 1), waits(20, 2)], until=30)
    play.looked_at = frozenset()
    play.play([])

    assert play.table() == [(22, "news", 2), (72, "reminder", 1), (82, "reminder", 2)]


def test_agents_and_projects_are_told_of_as_the_rules_say():
    facts = {
        1: {"project": "/srv/api"},
        2: {"project": "/srv/web"},
        3: {"project": "/srv/api"},
    }
    rules = attrs.evolve(RULES, projects=("api",), agents=("!*-3",))
    play = Play(rules, facts=facts)

    play.play([waits(10, 1), waits(10, 2), waits(10, 3)])

    assert play.table() == [(12, "news", 1)]


def hears(play, t, command):
    """Another question stands on the screen, and the agent waits as before."""
    play.pass_time(t)
    play.agents[1] = attrs.evolve(play.agents[1], dialog=asks(command))
    play.policy.hear(t, play.agents.values())


def test_another_question_without_a_change_between_is_another_wait():
    play = Play(RULES)
    play.play([works(0), waits(10)], until=20)
    assert play.policy.hears_questions
    hears(play, 20, "rm")
    hears(play, 21, "rm")
    play.pass_time(100)

    assert play.table() == [(12, "news", 1), (22, "news", 1)]


def test_a_question_that_changes_all_the_time_or_comes_back_is_one_wait():
    play = Play(RULES)
    play.play([works(0), waits(10)], until=20)
    for second in range(20, 60):
        hears(play, second, f"in {60 - second} s")
    hears(play, 60, "ls")
    play.pass_time(100)

    assert play.table() == [(12, "news", 1)]


def test_questions_are_not_heard_before_one_was_told():
    play = Play(RULES)
    play.play([works(0), waits(10)], until=11)
    hears(play, 11, "rm")
    play.pass_time(100)

    assert not Play(RULES).policy.hears_questions
    assert play.table() == [(12, "news", 1)]


def test_an_agent_that_left_the_list_is_not_told_of():
    play = Play(RULES)
    play.apply(waits(10))
    play.agents.clear()
    play.pass_time(100)

    assert play.sent == []
    assert play.policy.next_deadline_s == float("inf")


def test_quiet_hours_end_sooner_for_a_machine_that_slept():
    play = Play(NIGHT, began=BED_TIME)
    play.play([waits(100)], until=200)
    assert play.policy.is_held_by_quiet_hours
    play.began = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)  # what the calendar says now

    play.policy.recheck_quiet_hours(200)

    assert not play.policy.is_held_by_quiet_hours
    play.look(200)
    assert play.table() == [(200, "news", 1)]


class Restart:
    """A first run that told of one wait, and a second one on the same server."""

    def __init__(self, rules=RULES):
        first = Play(rules)
        first.play([works(0), waits(10)], until=20)
        assert len(first.sent) == 1
        self.second = Play(rules)
        self.second.policy.meet_server(first.policy.told)

    def told(self, *changes):
        self.second.play(changes)
        return self.second.table()


def test_a_wait_that_stands_since_an_earlier_run_is_not_told_again():
    assert Restart().told(waits(0.5)) == []


def test_another_question_after_a_restart_is_told():
    assert Restart().told(waits(0.5, command="rm")) == [(2.5, "news", 1)]


def test_the_same_question_is_told_when_something_came_between():
    assert Restart().told(works(0.5), waits(9)) == [(11, "news", 1)]


def test_what_was_reminded_of_before_a_restart_is_not_reminded_of_again():
    rules = attrs.evolve(RULES, remind_s=60.0)
    first = Play(rules)
    first.play([works(0), waits(10)])
    second = Play(rules)
    second.policy.meet_server(first.policy.told)

    assert second.play([waits(0)]) == []
    assert Restart(rules).told(waits(0)) == [(62, "reminder", 1)]


def test_what_was_told_is_kept_over_a_restart_before_the_first_verdict():
    play = Play(RULES)
    told = {AgentId("%1"): ToldTransition("waiting:permission:x")}
    play.policy.meet_server(told)

    assert play.policy.told == told
    play.apply(works(1))
    assert play.policy.told == {}


def test_agents_of_another_server_are_forgotten():
    play = Play(RULES)
    play.apply(waits(10))
    play.policy.meet_server({})
    play.pass_time(100)

    assert play.sent == []


# ---------------------------------------------------------------------------- laws

SOME = settings(max_examples=30)
HEALTHS = st.sampled_from([OK, WAITING, STUCK, IDLE])


@st.composite
def lives(draw):
    """Changes of a few agents, in which a change is one: no two in a row are equal."""
    changes = []
    for number in range(1, draw(st.integers(1, 6)) + 1):
        t, last = 0.0, None
        for gap, health, command in draw(
            st.lists(st.tuples(st.integers(1, 100), HEALTHS, st.sampled_from("ab")), max_size=8)
        ):
            t += gap / 10
            if health is not last:
                made = (
                    waits(t, number, command) if health is WAITING else Change(t, number, health)
                )
                changes.append(made)
                last = health
    return changes


def standing(changes, settle_s):
    """How many times each agent was in a wanted state for `settle_s`, at least."""
    counts = {}
    for number in {change.number for change in changes}:
        own = sorted((c for c in changes if c.number == number), key=lambda c: c.t)
        ends = [change.t for change in own[1:]] + [float("inf")]
        counts[number] = sum(
            change.health in {WAITING, STUCK} and end - change.t > settle_s
            for change, end in zip(own, ends, strict=True)
        )
    return counts


def told_of(play):
    return [notice for notification in play.sent for notice in notification.notices]


@SOME
@given(lives(), st.integers(0, 50))
def test_nothing_is_told_that_did_not_stand_and_nothing_twice(changes, settle):
    play = Play(NotifyRules(settle_s=settle / 10))
    play.play(changes)

    told = [(notice.agent.id, notice.transition.t) for notice in told_of(play)]
    assert len(told) == len(set(told))
    counts = standing(changes, settle / 10)
    for number, count in counts.items():
        assert sum(agent == f"%{number}" for agent, _ in told) <= count


@SOME
@given(lives())
def test_every_wait_is_told_where_agents_never_ask_the_same_within_the_time_to_settle(changes):
    play = Play(NotifyRules(settle_s=2.0))
    apart = [attrs.evolve(change, t=change.t * 100) for change in changes]
    play.play(apart)

    told = [notice.agent.id for notice in told_of(play)]
    for number, count in standing(apart, 2.0).items():
        assert told.count(f"%{number}") == count


@SOME
@given(lives(), st.integers(0, 5))
def test_every_notification_comes_within_twice_the_time_to_settle(changes, above):
    play = Play(NotifyRules(settle_s=2.0, summary_above=above))
    play.play(changes)

    for notification in play.sent:
        for notice in notification.notices:
            assert 1.999 <= notification.t - notice.transition.t <= 4.001
        assert len(notification.notices) == 1 or len(notification.notices) > above


@SOME
@given(lives())
def test_nothing_is_told_of_what_the_user_looks_at(changes):
    play = Play(RULES, looked_at=frozenset(AgentId(f"%{number}") for number in range(9)))

    assert play.play(changes) == []


@SOME
@given(lives(), st.integers(1, 300))
def test_a_restart_tells_nothing_twice(changes, at):
    """Those that wait at the restart have their first verdict then."""
    first, second = Play(RULES), Play(RULES)
    restart = at / 10
    first.play([c for c in changes if c.t <= restart], until=restart)
    second.policy.meet_server(first.policy.told)
    standing_now = [attrs.evolve(c, t=restart) for c in _last_of_each(changes, restart)]
    second.play(standing_now + [c for c in changes if c.t > restart])

    known = set(first.policy.told.items())
    again = [notice.agent for notice in told_of(second) if notice.transition.t == restart]
    assert not known & {(agent.id, ToldTransition(ask_key(agent))) for agent in again}


def _last_of_each(changes, t):
    last = {}
    for change in sorted(changes, key=lambda c: c.t):
        if change.t <= t:
            last[change.number] = change
    return last.values()
