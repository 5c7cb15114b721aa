import pytest

from oma.web.api.context import RequestContext, WebControl
from oma.web.auth.login_sessions import Grant
from oma.web.auth.roles import Permission, Role
from oma.web.request_error import RequestError
from tests.support.fake_web import NotingExecutor


def context(web, role=Role.ADMIN, agent=None):
    sessions = web.access.sessions
    login = sessions.login(sessions.enter(Grant("ann", role, web.wall.t + 60, agent)))
    return RequestContext(web.access, login, "127.0.0.1", web.view, web.control)


def test_an_agent_is_found_with_and_without_the_prefix(web):
    web.agent(1)

    assert context(web).agent("1") == context(web).agent("oma-agent-1")
    with pytest.raises(RequestError, match="no agent 'x'"):
        context(web).agent("x")


def test_an_agent_that_is_not_for_somebody_is_not_there_for_them(web):
    web.agent(1)
    web.agent(2)

    with pytest.raises(RequestError) as refused:
        context(web, agent="oma-agent-1").agent("2")
    assert refused.value.status == 404


def test_who_may_not_act_is_refused(web):
    web.agent(1)

    with pytest.raises(RequestError, match="operator") as refused:
        context(web, Role.VIEWER).agent("1", Permission.ACT)
    assert refused.value.status == 403


def test_so_many_agents_are_started_and_no_more():
    control = WebControl(NotingExecutor(), most_new=1)
    control.count_new()

    with pytest.raises(RequestError, match="limit") as refused:
        control.count_new()
    assert refused.value.status == 429
