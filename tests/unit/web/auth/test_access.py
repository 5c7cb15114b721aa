import pytest

from oma.errors import OmaError
from oma.web.auth.access import SAVE_S, Caller
from oma.web.auth.login_sessions import Grant
from oma.web.auth.roles import Permission, Role
from oma.web.request_error import RequestError
from tests.support.fake_web import make_web


def caller(web, role=Role.ADMIN, agent=None):
    sessions = web.access.sessions
    login = sessions.login(sessions.enter(Grant("ann", role, web.wall.t + 60, agent)))
    return Caller(web.access, login, "127.0.0.1")


def test_a_token_that_another_process_took_back_ends_its_sessions(web):
    web.access.tokens.add("ann", Role.VIEWER, None, 60.0)
    cookie = web.access.sessions.enter(web.access.tokens.tokens()[0].grant())
    login = web.access.sessions.login(cookie)
    web.access.sweep()
    assert not login.ended.is_set()
    web.access.tokens.revoke("ann")

    web.access.sweep()

    assert login.ended.is_set()


def test_a_later_token_of_the_same_name_brings_no_session_back(web):
    web.access.tokens.add("ann", Role.VIEWER, None, 60.0)
    cookie = web.access.sessions.enter(web.access.tokens.tokens()[0].grant())
    web.access.save_sessions()
    web.access.tokens.revoke("ann")
    web.access.tokens.add("ann", Role.VIEWER, None, 60.0)

    web.access.restore_sessions()

    assert web.access.sessions.login(cookie) is None


def test_a_session_outlives_its_server_and_goes_with_its_token(tmp_path):
    before = make_web(tmp_path)
    for name in ("kept", "revoked"):
        before.access.tokens.add(name, Role.VIEWER, None, 60.0)
    cookies = [before.access.sessions.enter(t.grant()) for t in before.access.tokens.tokens()]
    before.access.save_sessions(runs=False)
    before.access.tokens.revoke("revoked")

    after = make_web(tmp_path)
    after.access.restore_sessions()

    found = [after.access.sessions.login(cookie) for cookie in cookies]
    assert (found[0].grant.name, found[1]) == ("kept", None)


def test_when_a_session_was_used_is_written_down_once_a_minute(web):
    web.login()
    web.access.sweep()
    first = web.access.session_file.path.read_text()
    web.wall.t += SAVE_S - 1
    web.login()
    web.access.sweep()
    assert web.access.session_file.path.read_text() == first
    web.wall.t += 1

    web.access.sweep()

    assert web.access.session_file.path.read_text() != first


def test_a_file_that_cannot_be_written_ends_nobodys_session(web):
    page = web.login()
    web.access.session_file.path.mkdir()

    web.access.sweep()

    assert web.access.sessions.login(page["cookie"].partition("=")[2]) is not None
    with pytest.raises(OmaError, match="cannot"):
        web.access.save_sessions()


@pytest.mark.parametrize(("read_only", "role"), [(False, Role.ADMIN), (True, Role.VIEWER)])
def test_a_link_of_the_command_line_logs_the_owner_in_once(tmp_path, read_only, role):
    web = make_web(tmp_path, read_only=read_only)
    web.access.save_sessions()
    code = web.access.session_file.add_link(web.access.server)

    cookie = web.access.redeem(code)

    assert web.access.sessions.login(cookie).grant == web.access.owner()
    assert web.access.owner().role is role
    assert web.access.redeem(code) is None


def test_a_link_for_a_role_gives_that_and_no_more(tmp_path):
    for read_only, given in ((False, Role.OPERATOR), (True, Role.VIEWER)):
        web = make_web(tmp_path, read_only=read_only)
        web.access.save_sessions()
        code = web.access.session_file.add_link(web.access.server, Role.OPERATOR)

        assert web.access.sessions.login(web.access.redeem(code)).grant.role is given


def test_a_guest_whom_the_command_line_revokes_is_out_and_stays_so(web):
    access = web.access
    name = "guest-1"
    code = access.sessions.share(Grant(name, Role.VIEWER, web.wall.t + 60.0, "oma-agent-1"))
    guest = access.sessions.login(access.redeem(code))
    access.save_sessions()

    assert access.session_file.revoke_share(name)
    access.save_sessions()  # another login meanwhile
    access.sweep()

    assert guest.ended.is_set()
    assert (access.sessions.shares(), access.session_file.shares()) == ((), ())
    assert web.audited[-1]["event"] == "token-revoked"
    access.restore_sessions()
    assert access.sessions.shares() == ()


def test_what_somebody_does_is_written_down_with_their_role(web):
    caller(web).note("stop", "oma-agent-1", bytes=3)

    line = web.audited[-1]
    assert (line["event"], line["who"], line["role"]) == ("stop", "ann", "admin")
    assert (line["agent"], line["bytes"], line["from"]) == ("oma-agent-1", 3, "127.0.0.1")


def test_who_may_not_do_something_is_told_why(web):
    viewer = caller(web, Role.VIEWER)

    assert viewer.denial_reason(Permission.READ) == ""
    with pytest.raises(RequestError, match="operator") as refused:
        viewer.require(Permission.ACT)
    assert refused.value.status == 403


def test_a_login_for_one_agent_sees_no_other(web):
    guest = caller(web, agent="oma-agent-1")

    assert guest.sees("oma-agent-1")
    assert not guest.sees("oma-agent-2")


@pytest.mark.parametrize(
    ("address", "local"), [("127.0.0.1", True), ("unix", True), ("192.0.2.1", False)]
)
def test_who_sits_at_this_machine_is_told_by_their_address(web, address, local):
    assert Caller(web.access, None, address).is_local is local


def test_the_cookie_is_named_after_the_port(web):
    assert web.access.cookie_name("127.0.0.1:8420") == "oma_session_8420"
    assert web.access.cookie_name("[::1]:9000") == "oma_session_9000"
    assert web.access.cookie_name("oma.example.org") == "oma_session"
