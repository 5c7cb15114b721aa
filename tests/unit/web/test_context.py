import pytest

from oma.errors import OmaError
from oma.web.auth.roles import Permission, Role
from oma.web.auth.sessions import Grant
from oma.web.context import REFUSALS_A_MINUTE, SAVE_S, RequestContext
from oma.web.request_error import RequestError
from tests.web_site import world as make_world


def context(world, role=Role.ADMIN, agent=None):
    sessions = world.site.sessions
    login = sessions.login(sessions.enter(Grant("ann", role, world.wall.t + 60, agent)))
    return RequestContext(world.site, login, "127.0.0.1")


def test_an_agent_is_found_with_and_without_the_prefix(world):
    world.agent(1)

    assert context(world).agent("1") == context(world).agent("oma-agent-1")
    with pytest.raises(RequestError, match="no agent 'x'"):
        context(world).agent("x")


def test_an_agent_that_is_not_for_somebody_is_not_there_for_them(world):
    world.agent(1)
    world.agent(2)

    with pytest.raises(RequestError) as refused:
        context(world, agent="oma-agent-1").agent("2")
    assert refused.value.status == 404


def test_who_may_not_act_is_refused(world):
    world.agent(1)

    with pytest.raises(RequestError, match="operator") as refused:
        context(world, Role.VIEWER).agent("1", Permission.ACT)
    assert refused.value.status == 403


def test_a_stranger_does_not_fill_the_disk_with_refusals_and_none_is_lost(world):
    for _ in range(REFUSALS_A_MINUTE + 5):
        world.site.note_refusal("", "1.2.3.4", 401, "GET /")
    assert len(world.audited) == REFUSALS_A_MINUTE
    world.wall.t += 60

    world.site.note_refusal("", "1.2.3.4", 401, "GET /")

    assert world.audited[-1]["unwritten"] == 5


def test_a_token_that_another_process_took_back_ends_its_sessions(world):
    world.site.tokens.add("ann", Role.VIEWER, None, 60.0)
    cookie = world.site.sessions.enter(world.site.tokens.tokens()[0].grant())
    login = world.site.sessions.login(cookie)
    world.site.sweep()
    assert not login.ended.is_set()
    world.site.tokens.revoke("ann")

    world.site.sweep()

    assert login.ended.is_set()


def test_a_later_token_of_the_same_name_brings_no_session_back(world):
    world.site.tokens.add("ann", Role.VIEWER, None, 60.0)
    cookie = world.site.sessions.enter(world.site.tokens.tokens()[0].grant())
    world.site.save_sessions()
    world.site.tokens.revoke("ann")
    world.site.tokens.add("ann", Role.VIEWER, None, 60.0)

    world.site.restore_sessions()

    assert world.site.sessions.login(cookie) is None


def test_a_session_outlives_its_server_and_goes_with_its_token(tmp_path):
    before = make_world(tmp_path)
    for name in ("kept", "revoked"):
        before.site.tokens.add(name, Role.VIEWER, None, 60.0)
    cookies = [before.site.sessions.enter(t.grant()) for t in before.site.tokens.tokens()]
    before.site.save_sessions(runs=False)
    before.site.tokens.revoke("revoked")

    after = make_world(tmp_path)
    after.site.restore_sessions()

    found = [after.site.sessions.login(cookie) for cookie in cookies]
    assert (found[0].grant.name, found[1]) == ("kept", None)


def test_when_a_session_was_used_is_written_down_once_a_minute(world):
    world.login()
    world.site.sweep()
    first = world.site.session_file.path.read_text()
    world.wall.t += SAVE_S - 1
    world.login()
    world.site.sweep()
    assert world.site.session_file.path.read_text() == first
    world.wall.t += 1

    world.site.sweep()

    assert world.site.session_file.path.read_text() != first


def test_a_file_that_cannot_be_written_ends_nobodys_session(world):
    page = world.login()
    world.site.session_file.path.mkdir()

    world.site.sweep()

    assert world.site.sessions.login(page["cookie"].partition("=")[2]) is not None
    with pytest.raises(OmaError, match="cannot"):
        world.site.save_sessions()


@pytest.mark.parametrize(("read_only", "role"), [(False, Role.ADMIN), (True, Role.VIEWER)])
def test_a_link_of_the_command_line_logs_the_owner_in_once(tmp_path, read_only, role):
    world = make_world(tmp_path, read_only=read_only)
    world.site.save_sessions()
    code = world.site.session_file.add_link(world.site.server)

    cookie = world.site.redeem(code)

    assert world.site.sessions.login(cookie).grant == world.site.owner()
    assert world.site.owner().role is role
    assert world.site.redeem(code) is None


def test_what_somebody_does_is_written_down_with_their_role(world):
    context(world).note("stop", "oma-agent-1", bytes=3)

    line = world.audited[-1]
    assert (line["event"], line["who"], line["role"]) == ("stop", "ann", "admin")
    assert (line["agent"], line["bytes"], line["from"]) == ("oma-agent-1", 3, "127.0.0.1")
