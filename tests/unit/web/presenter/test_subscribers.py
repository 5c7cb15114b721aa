import pytest

from oma.web.auth.login_sessions import Grant, LoginSession
from oma.web.auth.roles import Role
from oma.web.presenter.subscribers import Subscribers
from oma.web.request_error import RequestError
from tests.support.fake_web import Clock
from tests.unit.tui.fleets import agent

A, B = agent(1), agent(2)


def login(name="ann"):
    return LoginSession(Grant(name, Role.VIEWER, 1e9), 0.0, 0.0)


def test_who_watches_an_agent_is_told_once_each_while_they_do():
    subscribers, ann, bob = Subscribers(9, 9, Clock()), login(), login("bob")
    with (
        subscribers.subscribe(ann, A),
        subscribers.subscribe(bob, A),
        subscribers.subscribe(ann, A),
    ):
        assert subscribers.viewers(A.id) == ("ann", "bob")
        assert subscribers.viewers(B.id) == ()
        assert ann.live == 2

    assert subscribers.viewers(A.id) == ()
    assert ann.live == 0


def test_there_is_a_limit():
    subscribers = Subscribers(1, 1, Clock())
    with (
        subscribers.subscribe(login(), A),
        pytest.raises(RequestError, match="limit") as refused,
        subscribers.subscribe(login(), B),
    ):
        pass

    assert refused.value.status == 429


def test_nobody_is_seated_when_the_server_ends():
    subscribers = Subscribers(1, 1, Clock())
    subscribers.closing.set()

    with pytest.raises(RequestError, match="ending"), subscribers.subscribe(login(), A):
        pass


def test_whoever_comes_goes_or_takes_control_is_told_of():
    told = []
    subscribers = Subscribers(1, 1, Clock(), lambda: told.append(1))
    with subscribers.subscribe(login(), A):
        subscribers.control(A.id, "ann")
        assert subscribers.controller(A.id) == "ann"
        subscribers.control(A.id, None)
        assert subscribers.controller(A.id) is None

    assert len(told) == 4


def test_time_counts_for_a_session_from_the_end_of_its_stream():
    clock, ann = Clock(), login()
    with Subscribers(1, 1, clock).subscribe(ann, None):
        clock.t = 5000.0

    assert ann.seen_s == 5000.0


def test_one_login_does_not_take_every_place():
    subscribers, ann = Subscribers(9, 1, Clock()), login()
    with (
        subscribers.subscribe(ann, A),
        subscribers.subscribe(login("bob"), A),
        pytest.raises(RequestError, match="1 streams"),
        subscribers.subscribe(ann, B),
    ):
        pass
