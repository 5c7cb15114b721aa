import pytest

from oma.web.door.roles import Role
from oma.web.door.sessions import Grant, Visitor
from oma.web.request_error import RequestError
from oma.web.streams.audience import Audience
from tests.web_site import Clock


def visitor(name="ann"):
    return Visitor(Grant(name, Role.VIEWER, 1e9), 0.0, 0.0)


def test_who_watches_an_agent_is_told_once_each_while_they_do():
    audience, ann, bob = Audience(9, 9, Clock()), visitor(), visitor("bob")
    with audience.seat(ann, "a"), audience.seat(bob, "a"), audience.seat(ann, "a"):
        assert audience.viewers("a") == ("ann", "bob")
        assert audience.viewers("b") == ()
        assert ann.live == 2

    assert audience.viewers("a") == ()
    assert ann.live == 0


def test_there_is_a_limit():
    audience = Audience(1, 1, Clock())
    with (
        audience.seat(visitor(), "a"),
        pytest.raises(RequestError, match="limit") as refused,
        audience.seat(visitor(), "b"),
    ):
        pass

    assert refused.value.status == 429


def test_nobody_is_seated_when_the_server_ends():
    audience = Audience(1, 1, Clock())
    audience.closing.set()

    with pytest.raises(RequestError, match="ending"), audience.seat(visitor(), "a"):
        pass


def test_whoever_comes_goes_or_takes_control_is_told_of():
    told = []
    audience = Audience(1, 1, Clock(), lambda: told.append(1))
    with audience.seat(visitor(), "a"):
        audience.control("a", "ann")
        assert audience.controller("a") == "ann"
        audience.control("a", None)
        assert audience.controller("a") is None

    assert len(told) == 4


def test_time_counts_for_a_session_from_the_end_of_its_stream():
    clock, ann = Clock(), visitor()
    with Audience(1, 1, clock).seat(ann, None):
        clock.t = 5000.0

    assert ann.seen_s == 5000.0


def test_one_login_does_not_take_every_place():
    audience, ann = Audience(9, 1, Clock()), visitor()
    with (
        audience.seat(ann, "a"),
        audience.seat(visitor("bob"), "a"),
        pytest.raises(RequestError, match="1 streams"),
        audience.seat(ann, "b"),
    ):
        pass
