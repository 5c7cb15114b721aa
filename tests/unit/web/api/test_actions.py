import pytest

from oma.errors import CommandError
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
from oma.web.send_filter import SendFilter
from tests.web_site import world as make_world

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
]


@pytest.mark.parametrize(("word", "body", "act"), ACTS)
async def test_an_act_goes_to_the_desk_and_is_written_down(world, word, body, act):
    world.agent(1)

    answer = await world.post(f"/api/agents/1/{word}", world.login(Role.OPERATOR), body)

    assert (answer.status, answer.json) == (200, {"said": "done"})
    assert world.desk.asked == [act]
    assert (world.audited[-1]["event"], world.audited[-1]["agent"]) == (word, "oma-agent-1")
    assert "go on" not in world.site.audit.path.read_text()


@pytest.mark.parametrize(("word", "body", "act"), [*ACTS, ("attach-terminal", None, None)])
async def test_a_viewer_does_nothing(world, word, body, act):
    world.agent(1)

    answer = await world.post(f"/api/agents/1/{word}", world.login(Role.VIEWER), body)

    assert (answer.status, world.desk.asked) == (403, [])
    refused = world.audited[-1]
    assert (refused["event"], refused["who"], refused["status"]) == ("refused", "ann", 403)
    assert refused["what"] == f"POST /api/agents/1/{word}"


@pytest.mark.parametrize(("word", "body", "act"), [*ACTS, ("attach-terminal", None, None)])
async def test_on_a_read_only_server_nobody_does_anything(tmp_path, word, body, act):
    world = make_world(tmp_path, read_only=True)
    world.agent(1)

    answer = await world.post(f"/api/agents/1/{word}", world.login(Role.ADMIN), body)

    assert (answer.status, world.desk.asked) == (403, [])


async def test_a_login_for_one_agent_acts_on_that_alone(world):
    world.agent(1)
    world.agent(2)
    page = world.login(Role.OPERATOR, agent="oma-agent-1")

    assert (await world.post("/api/agents/1/stop", page)).status == 200
    assert (await world.post("/api/agents/2/stop", page)).status == 404
    assert (await world.post("/api/agents", page, {"name": "x"})).status == 403
    assert (await world.get("/api/proposals", page)).status == 403


async def test_what_tmux_refuses_is_said(world):
    world.agent(1)
    world.desk.fails = CommandError("tmux refused: no such pane")

    answer = await world.post("/api/agents/1/kill", world.login())

    assert (answer.status, answer.json["error"]) == (409, "tmux refused: no such pane")


@pytest.mark.parametrize(
    ("word", "body"),
    [
        ("send", {}),
        ("send", {"text": ""}),
        ("send", {"text": "x" * 20_000}),
        ("send", {"text": "a", "enter": False}),
        ("answer", {"key": "1"}),
        ("answer", {"key": "1", "fingerprint": ""}),
        ("answer", {"key": "1", "fingerprint": "0123456789ABCDEF"}),
        ("answer", {"key": "12", "fingerprint": "0123456789abcdef"}),
        ("answer", {"key": "1\n", "fingerprint": "0123456789abcdef"}),
        ("answer", {"key": "²", "fingerprint": "0123456789abcdef"}),
        ("answer", {"key": 1, "fingerprint": "0123456789abcdef"}),
    ],
)
async def test_a_wrong_body_is_refused(world, word, body):
    world.agent(1)

    answer = await world.post(f"/api/agents/1/{word}", world.login(), body)

    assert (answer.status, world.desk.asked) == (422, [])
    assert answer.json["field"]


async def test_what_the_patterns_forbid_is_not_sent_and_is_written_down(tmp_path):
    world = make_world(tmp_path, sending=SendFilter.of((), ("rm -rf",)))
    world.agent(1)

    answer = await world.post("/api/agents/1/send", world.login(), {"text": "rm -rf /"})

    assert (answer.status, world.desk.asked) == (403, [])
    assert world.audited[-1]["event"] == "refused"


async def test_a_new_agent_is_told_of_when_it_is_seen(tmp_path):
    world = make_world(tmp_path, proposals=Proposals("claude", "/srv", ("claude", "codex")))
    world.desk.done = lambda act: world.agent(7, act.name)

    answer = await world.post("/api/agents", world.login(), {"name": "fix", "profile": "codex"})

    assert (answer.status, answer.json["agent"]) == (201, "oma-agent-fix")
    assert world.desk.asked == [NewAgent("fix", "codex", "/srv")]


async def test_what_keeps_an_agent_from_being_started_names_the_field(world):
    world.desk.refuses = Refusal("directory", "working directory 'x': no such directory")

    answer = await world.post("/api/agents", world.login(), {"name": "fix", "cwd": "x"})

    assert (answer.status, answer.json["field"]) == (422, "cwd")
    assert world.desk.asked == []


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
    world = make_world(tmp_path, proposals=Proposals("claude", "/srv", ("codex",)))

    assert (await world.post("/api/agents", world.login(), body)).status == 422
    assert world.desk.asked == []


async def test_only_so_many_agents_are_started(tmp_path):
    world = make_world(tmp_path, most_new=1)
    world.desk.done = lambda act: world.agent(7, act.name)
    page = world.login()

    assert (await world.post("/api/agents", page, {"name": "a"})).status == 201
    assert (await world.post("/api/agents", page, {"name": "b"})).status == 429


async def test_a_terminal_program_opens_for_who_sits_at_the_machine(world):
    world.agent(1)
    page = world.login(Role.ADMIN)

    far = await world.call("POST", "/api/agents/1/attach-terminal", page, client=("10.0.0.2", 1))
    near = await world.post("/api/agents/1/attach-terminal", page)
    operator = await world.post("/api/agents/1/attach-terminal", world.login(Role.OPERATOR))

    assert (far.status, near.status, operator.status) == (403, 200, 403)
    assert world.desk.asked == [SESSION]
