import pytest

from oma.web.auth.login_sessions import MOST, Grant, Sessions
from oma.web.auth.roles import Role
from tests.support.fake_web import Clock


@pytest.fixture
def clock():
    return Clock(1000.0)


@pytest.fixture
def sessions(clock):
    return Sessions(clock, idle_s=1800.0)


def grant(clock, lasts_s=3600.0, token=None):
    return Grant("ann", Role.VIEWER, clock.t + lasts_s, None, token)


def test_a_code_works_once(sessions, clock):
    code = sessions.invite(grant(clock))

    assert sessions.login(sessions.redeem(code)).grant == grant(clock)
    assert sessions.redeem(code) is None
    assert sessions.redeem("another") is None


def test_a_code_ends_with_its_grant(sessions, clock):
    code = sessions.invite(grant(clock, 60.0))
    clock.t += 60.0

    assert sessions.redeem(code) is None


def test_nothing_that_lets_somebody_in_is_kept(sessions, clock):
    code = sessions.invite(grant(clock))
    cookie = sessions.enter(grant(clock))
    secret = sessions.login(cookie).new_secret()

    for told in (code, cookie, secret):
        assert told not in repr(sessions)


def test_a_session_expires_and_its_streams_are_told(sessions, clock):
    cookie = sessions.enter(grant(clock))
    login = sessions.login(cookie)
    login.live = 1
    clock.t += 3600.0

    assert sessions.login(cookie) is None
    assert not login.ended.is_set()
    sessions.sweep()
    assert login.ended.is_set()


def test_a_session_without_a_request_is_over_unless_a_stream_is_open(sessions, clock):
    cookie = sessions.enter(Grant("ann", Role.VIEWER, clock.t + 99_999.0))
    login = sessions.login(cookie)
    login.live = 1
    clock.t += 1800.0
    sessions.sweep()
    assert not login.ended.is_set()

    login.live = 0
    sessions.sweep()

    assert login.ended.is_set()
    assert sessions.login(cookie) is None


def test_a_request_keeps_a_session(sessions, clock):
    cookie = sessions.enter(Grant("ann", Role.VIEWER, clock.t + 99_999.0))
    for _ in range(3):
        clock.t += 1799.0
        assert sessions.login(cookie) is not None


def test_a_new_secret_takes_the_place_of_the_old(sessions, clock):
    login = sessions.login(sessions.enter(grant(clock)))
    old, new = login.new_secret(), login.new_secret()

    assert (login.knows(old), login.knows(new)) == (False, True)
    assert not sessions.login(sessions.enter(grant(clock))).knows("")


def test_what_rests_on_a_token_goes_with_it(sessions, clock):
    code = sessions.invite(grant(clock, token="t"))
    login = sessions.login(sessions.enter(grant(clock, token="t")))
    bearer = sessions.bearer(grant(clock, token="t"))
    other = sessions.login(sessions.enter(grant(clock)))

    sessions.revoke("t")

    assert sessions.redeem(code) is None
    assert (login.ended.is_set(), bearer.ended.is_set()) == (True, True)
    assert not other.ended.is_set()


def test_who_brings_a_token_each_time_is_one_login(sessions, clock):
    first = sessions.bearer(grant(clock, token="t"))

    assert sessions.bearer(grant(clock, token="t")) is first
    assert sessions.bearer(grant(clock, token="u")) is not first


def test_what_was_shared_is_taken_back_by_its_name(sessions, clock):
    unused, used = [sessions.share(Grant(name, Role.VIEWER, 9e9, "a")) for name in "xy"]
    login = sessions.login(sessions.redeem(used))

    assert sessions.revoke_share("x")
    assert sessions.revoke_share("y")

    assert sessions.redeem(unused) is None
    assert login.ended.is_set()
    assert not sessions.revoke_share("x")
    assert sessions.shares() == ()


def test_logging_in_again_and_again_fills_no_memory(sessions, clock):
    cookies = [sessions.enter(grant(clock)) for _ in range(MOST + 1)]

    assert sessions.login(cookies[0]) is None
    assert sessions.login(cookies[1]) is not None
