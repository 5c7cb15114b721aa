import pytest

from oma.errors import CommandError
from oma.model.hosts import Link
from oma.model.ids import SessionId
from oma.model.intents import (
    AnswerDialog,
    KillAgent,
    NewAgent,
    Proposals,
    Refusal,
    RestartAgent,
    SendText,
    StopAgent,
)
from oma.web.auth.roles import Role
from oma.web.auth.send_filter import SendFilter
from tests.support.fake_web import make_web

SESSION = SessionId("$1")
ACTS = [
    ("stop", None, StopAgent(SESSION)),
    ("kill", None, KillAgent(SESSION)),
    ("restart", None, RestartAgent(SESSION)),
    ("send", {"text": "go on; #(rm) \x03"}, SendText(SESSION, "go on; #(rm) \x03")),
    ("send", {"text": "y", "anyway": True}, SendText(SESSION, "y", anyway=True)),
    (
        "answer",
        {"key": "2", "fingerprint": "0123456789abcdef"},
        AnswerDialog(SESSION, "2", "0123456789abcdef"),
    ),
    (
        "answer",
        {"text": "go on with six", "fingerprint": "0123456789abcdef"},
        AnswerDialog(SESSION, "go on with six", "0123456789abcdef"),
    ),
]


@pytest.mark.parametrize(("word", "body", "act"), ACTS)
async def test_an_act_goes_to_the_executor_and_is_written_down(web, word, body, act):
    web.agent(1)

    answer = await web.post(f"/api/agents/1/{word}", web.login(Role.OPERATOR), body)

    assert (answer.status, answer.json) == (200, {"said": "done"})
    assert web.executor.asked == [act]
    assert web.executor.by == "ann"
    assert (web.audited[-1]["event"], web.audited[-1]["agent"]) == (word, "oma-agent-1")
    assert "go on" not in web.access.audit.path.read_text()


@pytest.mark.parametrize(("word", "body", "act"), [*ACTS, ("attach-terminal", None, None)])
async def test_a_viewer_does_nothing(web, word, body, act):
    web.agent(1)

    answer = await web.post(f"/api/agents/1/{word}", web.login(Role.VIEWER), body)

    assert (answer.status, web.executor.asked) == (403, [])
    refused = web.audited[-1]
    assert (refused["event"], refused["who"], refused["status"]) == ("refused", "ann", 403)
    assert refused["what"] == f"POST /api/agents/1/{word}"


@pytest.mark.parametrize(("word", "body", "act"), [*ACTS, ("attach-terminal", None, None)])
async def test_on_a_read_only_server_nobody_does_anything(tmp_path, word, body, act):
    web = make_web(tmp_path, read_only=True)
    web.agent(1)

    answer = await web.post(f"/api/agents/1/{word}", web.login(Role.ADMIN), body)

    assert (answer.status, web.executor.asked) == (403, [])


async def test_a_login_for_one_agent_acts_on_that_alone(web):
    web.agent(1)
    web.agent(2)
    page = web.login(Role.OPERATOR, agent="oma-agent-1")

    assert (await web.post("/api/agents/1/stop", page)).status == 200
    assert (await web.post("/api/agents/2/stop", page)).status == 404
    assert (await web.post("/api/agents", page, {"name": "x"})).status == 403
    assert (await web.get("/api/proposals", page)).status == 403


async def test_what_tmux_refuses_is_said(web):
    web.agent(1)
    web.executor.fails = CommandError("tmux refused: no such pane")

    answer = await web.post("/api/agents/1/kill", web.login())

    assert (answer.status, answer.json["error"]) == (409, "tmux refused: no such pane")


@pytest.mark.parametrize(
    ("word", "body"),
    [
        ("send", {}),
        ("send", {"text": ""}),
        ("send", {"text": "x" * 20_000}),
        ("send", {"text": "a", "enter": False}),
        ("send", {"text": "a", "anyway": 0}),
        ("answer", {"key": "1"}),
        ("answer", {"fingerprint": "0123456789abcdef"}),
        ("answer", {"key": "1", "text": "y", "fingerprint": "0123456789abcdef"}),
        ("answer", {"text": "", "fingerprint": "0123456789abcdef"}),
        ("answer", {"key": "1", "fingerprint": ""}),
        ("answer", {"key": "1", "fingerprint": "0123456789ABCDEF"}),
        ("answer", {"key": "12", "fingerprint": "0123456789abcdef"}),
        ("answer", {"key": "1\n", "fingerprint": "0123456789abcdef"}),
        ("answer", {"key": "²", "fingerprint": "0123456789abcdef"}),
        ("answer", {"key": 1, "fingerprint": "0123456789abcdef"}),
    ],
)
async def test_a_wrong_body_is_refused(web, word, body):
    web.agent(1)

    answer = await web.post(f"/api/agents/1/{word}", web.login(), body)

    assert (answer.status, web.executor.asked) == (422, [])
    assert answer.json["field"]


async def test_what_the_patterns_forbid_is_not_sent_and_is_written_down(tmp_path):
    web = make_web(tmp_path, send_filter=SendFilter.of((), ("rm -rf",)))
    web.agent(1)

    answer = await web.post("/api/agents/1/send", web.login(), {"text": "rm -rf /"})
    line = {"text": "rm -rf /", "fingerprint": "0123456789abcdef"}
    line_answer = await web.post("/api/agents/1/answer", web.login(), line)

    assert (answer.status, line_answer.status, web.executor.asked) == (403, 403, [])
    assert web.audited[-1]["event"] == "refused"


async def test_a_new_agent_is_told_of_when_it_is_seen(tmp_path):
    web = make_web(tmp_path, proposals=Proposals("claude", "/srv", ("claude", "codex")))
    web.executor.done = lambda act: web.agent(7, act.name)

    answer = await web.post("/api/agents", web.login(), {"name": "fix", "profile": "codex"})

    assert (answer.status, answer.json["agent"]) == (201, "oma-agent-fix")
    assert web.executor.asked == [NewAgent("fix", "codex", "/srv")]


async def test_what_keeps_an_agent_from_being_started_names_the_field(web):
    web.executor.refuses = Refusal("directory", "working directory 'x': no such directory")

    answer = await web.post("/api/agents", web.login(), {"name": "fix", "cwd": "x"})

    assert (answer.status, answer.json["field"]) == (422, "cwd")
    assert web.executor.asked == []


@pytest.mark.parametrize(
    "body",
    [
        {"name": "a b"},
        {"name": "a;b"},
        {"name": ""},
        {"name": "a\n"},
        {"name": "a", "profile": "unknown"},
        {"name": "a", "profile": "codex", "command": "codex"},
        {"nam": "a"},
    ],
)
async def test_what_cannot_be_started_is_refused(tmp_path, body):
    web = make_web(tmp_path, proposals=Proposals("claude", "/srv", ("codex",)))

    assert (await web.post("/api/agents", web.login(), body)).status == 422
    assert web.executor.asked == []


async def test_only_so_many_agents_are_started(tmp_path):
    web = make_web(tmp_path, most_new=1)
    web.executor.done = lambda act: web.agent(7, act.name)
    page = web.login()

    assert (await web.post("/api/agents", page, {"name": "a"})).status == 201
    assert (await web.post("/api/agents", page, {"name": "b"})).status == 429


async def test_a_terminal_program_opens_for_who_sits_at_the_machine(web):
    web.agent(1)
    page = web.login(Role.ADMIN)

    far = await web.call("POST", "/api/agents/1/attach-terminal", page, client=("10.0.0.2", 1))
    near = await web.post("/api/agents/1/attach-terminal", page)
    operator = await web.post("/api/agents/1/attach-terminal", web.login(Role.OPERATOR))

    assert (far.status, near.status, operator.status) == (403, 200, 403)
    assert web.executor.asked == [SESSION]


async def test_on_several_machines_a_new_agent_says_where(web):
    web.presenter.links = lambda: {"box": Link("box")}
    headers = web.login(Role.OPERATOR)
    assert (await web.get("/api/proposals", headers)).json["hosts"] == ["box"]
    for body in ({"name": "fix"}, {"name": "fix", "host": "gpu1"}):
        answer = await web.post("/api/agents", headers, body)
        assert (answer.status, answer.json["field"]) == (422, "host")

    web.executor.refuses = Refusal("name", "no")
    answer = await web.post("/api/agents", headers, {"name": "fix", "host": "box"})

    assert answer.json == {"error": "no", "field": "name"}


async def test_on_one_machine_no_other_is_meant(web):
    answer = await web.post("/api/agents", web.login(), {"name": "fix", "host": "box"})

    assert (answer.status, answer.json["field"]) == (422, "host")
