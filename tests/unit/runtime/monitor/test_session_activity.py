import pytest

from oma.model.events import PaneOutput, SessionOpened
from oma.runtime.monitor.session_activity import CAPTURES_TELL_S, SessionActivity
from oma.sampling.choose import ASSUMED_PER_S
from oma.store.store import Store
from tests.support.fleet_play import PANE, SESSION, captured, empty, sampled, seen


class Moments:
    now_s = 100.0

    def __call__(self):
        return self.now_s


@pytest.fixture
def clock():
    return Moments()


@pytest.fixture
def activity(clock):
    store = Store(empty().fleet, clock)
    opened = SessionOpened(SESSION, "oma-agent-1")
    for event in (opened, seen(idle_s=0.0), captured(), sampled(), PaneOutput(PANE, b"hello")):
        store.append(event)
    return SessionActivity(store)


def told(activity, clock, heard=None, sampled=None, looked_at=()):
    """What is known of the one session; it has a client unless it is sampled."""
    heard = {} if heard is None else {SESSION: heard}
    sampled = {} if sampled is None else {SESSION: sampled}
    (candidate,) = activity.candidates(heard, sampled, looked_at, clock.now_s)
    return candidate


def test_an_agent_that_nothing_is_known_of_is_taken_for_one_at_work(activity, clock):
    assert told(activity, clock, heard=0).outputs_per_s == ASSUMED_PER_S


def test_outputs_are_counted_from_the_second_look_on(activity, clock):
    told(activity, clock, heard=100)
    clock.now_s += 2

    assert told(activity, clock, heard=108).outputs_per_s == 4.0


def test_one_without_a_client_is_taken_for_as_busy_as_the_others_are(activity, clock):
    others = {"$7": 0, "$8": 0, "$9": 0}
    activity.candidates(others, {SESSION: 99.0}, (), clock.now_s)
    clock.now_s += 1
    others |= {"$7": 3, "$8": 30}

    by_session = {
        c.session: c for c in activity.candidates(others, {SESSION: 99.0}, (), clock.now_s)
    }

    assert by_session[SESSION].outputs_per_s == 16.5
    assert by_session["$9"].outputs_per_s == 0.0


def test_one_without_a_client_that_captures_show_to_be_still_prints_nothing(activity, clock):
    clock.now_s += CAPTURES_TELL_S + 1

    assert told(activity, clock, sampled=99.0).outputs_per_s == 0.0


def test_it_is_steady_since_its_state_changed_or_it_fell_silent(activity, clock):
    told(activity, clock, heard=0)
    clock.now_s += 30
    activity.store.append(PaneOutput(PANE, b"more"))
    clock.now_s += 1
    at_work = told(activity, clock, heard=0)

    assert (at_work.steady_s, at_work.silent_s) == (31.0, 1.0)


def test_what_was_silent_long_before_it_was_found_is_steady(activity, clock):
    clock.now_s += 200

    found = told(activity, clock, sampled=299.0)

    assert (found.steady_s, found.silent_s, found.sampled_s) == (200.0, 200.0, 1.0)


def test_who_is_looked_at_needs_its_client(activity, clock):
    assert not told(activity, clock, heard=0).needs_client
    assert told(activity, clock, heard=0, looked_at={PANE}).needs_client


def test_nothing_is_known_any_more_of_a_session_that_is_gone(activity, clock):
    told(activity, clock, heard=100)
    clock.now_s += 1
    told(activity, clock, heard=140)

    activity.forget(SESSION)

    assert told(activity, clock, heard=0).outputs_per_s == ASSUMED_PER_S
