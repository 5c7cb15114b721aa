import json
import os

import pytest

from oma.errors import OmaError
from oma.web.auth.login_sessions import Grant, Kept, Sessions
from oma.web.auth.roles import Role
from oma.web.auth.session_file import LINK_S, RunningServer, SessionFile
from tests.support.fake_web import Clock

HERE = RunningServer("127.0.0.1:8420", "http://127.0.0.1:8420")
OTHER = RunningServer("/run/oma.sock", "https://oma.example.org")


@pytest.fixture
def clock():
    return Clock(1000.0)


@pytest.fixture
def file(tmp_path, clock):
    return SessionFile(tmp_path / "state" / "web-sessions.json", clock)


def after_restart(file, clock, server=HERE):
    sessions = Sessions(clock, idle_s=1800.0)
    sessions.restore(file.load(server.place))
    return sessions


def test_a_login_and_the_secret_of_its_page_outlive_the_server(file, clock):
    sessions = Sessions(clock, idle_s=1800.0)
    cookie = sessions.enter(Grant("ann", Role.OPERATOR, 5000.0, "oma-agent-1", "t", "ab"))
    secret = sessions.login(cookie).new_secret()
    file.save(HERE, sessions.kept())

    login = after_restart(file, clock).login(cookie)

    assert login.grant == Grant("ann", Role.OPERATOR, 5000.0, "oma-agent-1", "t", "ab")
    assert login.knows(secret)
    assert not login.knows("another")
    assert after_restart(file, clock, OTHER).login(cookie) is None


def test_an_end_of_a_login_outlives_the_server_too(file, clock):
    sessions = Sessions(clock, idle_s=1800.0)
    expires, idle, ended = [sessions.enter(Grant("a", Role.VIEWER, t)) for t in (2000.0, 9e9, 9e9)]
    login = sessions.login(ended)
    sessions.end(lambda each: each is login)
    file.save(HERE, sessions.kept())

    clock.t = 2000.0
    assert after_restart(file, clock).login(expires) is None
    assert after_restart(file, clock).login(idle) is not None
    assert after_restart(file, clock).login(ended) is None
    clock.t += 1800.0
    assert after_restart(file, clock).login(idle) is None


def test_a_session_with_an_open_page_was_used_until_the_end(file, clock):
    sessions = Sessions(clock, idle_s=1800.0)
    cookie = sessions.enter(Grant("a", Role.VIEWER, 9e9))
    sessions.login(cookie).live = 1
    clock.t += 5000.0
    file.save(HERE, sessions.kept())

    assert after_restart(file, clock).login(cookie) is not None


def test_who_brings_a_token_each_time_has_no_session_to_keep(file, clock):
    sessions = Sessions(clock)
    sessions.bearer(Grant("ci", Role.VIEWER, 9e9, None, "ci", "ab"))

    assert sessions.kept() == Kept()


def test_a_shared_link_outlives_the_server_works_once_and_can_be_taken_back(file, clock):
    sessions = Sessions(clock)
    used, unused, back = [sessions.share(Grant(n, Role.VIEWER, 9e9, "a")) for n in "xyz"]
    sessions.redeem(used)
    sessions.revoke_share("z")
    file.save(HERE, sessions.kept())

    again = after_restart(file, clock)

    assert [grant.name for grant in again.shares()] == ["x", "y"]
    assert (again.redeem(used), again.redeem(back)) == (None, None)
    assert again.redeem(unused) is not None
    assert again.revoke_share("x")


def test_the_file_is_the_owners_alone_and_lets_nobody_in(file, clock):
    sessions = Sessions(clock)
    cookie = sessions.enter(Grant("ann", Role.ADMIN, 9e9))
    told = [cookie, sessions.login(cookie).new_secret()]
    told.append(sessions.share(Grant("g", Role.VIEWER, 9e9, "a")))
    file.save(HERE, sessions.kept())
    told.append(file.add_link(HERE))

    assert file.path.stat().st_mode & 0o777 == 0o600
    assert not any(each in file.path.read_text() for each in told)


def test_a_link_works_once_at_its_server_and_for_a_while(file, clock):
    for server in (HERE, OTHER):
        file.save(server, Kept())
    code, late = file.add_link(HERE), file.add_link(HERE)

    assert not file.take_link(OTHER.place, code)
    assert not file.take_link(HERE.place, "another")
    file.save(HERE, Kept())
    assert file.take_link(HERE.place, code)
    assert not file.take_link(HERE.place, code)
    clock.t += LINK_S
    assert not file.take_link(HERE.place, late)


def test_what_was_shared_can_be_taken_back_without_a_server(file, clock):
    sessions = Sessions(clock)
    grant = Grant("guest-1", Role.VIEWER, clock.t + 60.0, "oma-agent-a")
    code = sessions.share(grant)
    sessions.share(Grant("guest-2", Role.VIEWER, clock.t + 60.0, "oma-agent-a"))
    sessions.redeem(code)
    file.save(HERE, sessions.kept(), runs=False)

    assert [shared.name for shared in file.shares()] == ["guest-1", "guest-2"]
    assert file.revoke_share("guest-1")
    assert not file.revoke_share("guest-9")
    assert [shared.name for shared in file.shares()] == ["guest-2"]
    kept = file.load(HERE.place)
    assert (kept.sessions, [each.grant.name for each in kept.shares]) == ((), ["guest-2"])


def test_the_servers_that_run_are_known(file):
    file.save(HERE, Kept())
    file.save(OTHER, Kept(), runs=False)

    assert file.running() == (HERE,)
    stale = json.loads(file.path.read_text())
    stale["servers"][HERE.place]["process"] = 2**22 + os.getpid()
    file.path.write_text(json.dumps(stale))
    assert file.running() == ()


def test_servers_of_which_nothing_is_left_are_forgotten(file, clock):
    sessions = Sessions(clock)
    sessions.enter(Grant("a", Role.VIEWER, 2000.0))
    file.save(OTHER, sessions.kept(), runs=False)
    file.save(HERE, Kept())
    assert OTHER.place in file.path.read_text()

    clock.t = 2000.0
    file.save(HERE, Kept())

    assert OTHER.place not in file.path.read_text()


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"servers": {"a": 1}}',
        '{"servers": {"127.0.0.1:8420": {"sessions": [{"cookie": 1}]}}}',
        '{"servers": {"127.0.0.1:8420": {"sessions": 1}}}',
    ],
)
def test_a_damaged_file_is_an_error_and_not_an_empty_one(file, text):
    file.save(HERE, Kept())
    file.path.write_text(text)

    with pytest.raises(OmaError, match="damaged"):
        file.load(HERE.place)
