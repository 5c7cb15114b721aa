"""An agent's hook says how the agent is, from wherever it runs, and never holds the agent up."""

import json
import os
import shlex
import shutil
import sys
from importlib.resources import files

import attrs
import pytest

from oma.model.signals import StatusReported
from oma.screen.signal_scanner import SignalScanner
from tests.support.oma_process import oma, running_oma

pytestmark = pytest.mark.tmux

OMA = f"{shlex.quote(sys.executable)} -m oma"
IDLE_SCREEN = r"printf '\033[2J\033[H❯ \n\n  ? for shortcuts\n'"


def until_reported(command):
    """A command line that reports anew as long as a loaded machine takes more than its second."""
    return f"while {command} 2>&1 | grep -q 'took more than'; do :; done"


@attrs.frozen
class ScriptedAgent:
    """A bash that calls itself claude and does what it is told, line by line."""

    socket_path: str
    directory: str

    def do(self, line):
        # Returns when the agent has opened the other end.
        orders = os.open(f"{self.directory}/orders", os.O_WRONLY)
        os.write(orders, f"{line}\n".encode())
        os.close(orders)

    def report(self, words, then=":"):
        """Report, and do something after that."""
        self.do(f"{until_reported(f'{OMA} report {words}')}; {then}")

    def write(self, name, text):
        with open(f"{self.directory}/{name}", "w", encoding="utf-8") as file:
            file.write(text)

    def result(self, name="out"):
        with open(f"{self.directory}/{name}", encoding="utf-8") as file:
            return file.read()


@pytest.fixture
def agent(tmux, tmp_path):
    os.mkfifo(tmp_path / "orders")
    script = tmp_path / "agent.sh"
    script.write_text(f'cd {tmp_path}; exec 3<>orders; while read -r l <&3; do eval "$l"; done\n')
    tmux.run(
        "new-session", "-d", "-s", "oma-agent-a", "bash", "-c", f"exec -a claude bash {script}"
    )
    return ScriptedAgent(tmux.socket_path, str(tmp_path))


def watching(agent):
    return running_oma("-S", agent.socket_path, "watch", "--json")


async def test_what_an_agent_reports_is_what_the_monitor_says(agent):
    async with watching(agent) as watch:
        await watch.transition(to="ok")
        agent.report("blocked --kind permission --message 'may I: rm -rf x?' --app demo")
        waiting = await watch.transition(to="waiting")
        agent.report("working")
        working = await watch.transition(to="ok", reason="working")
        agent.report("error --message 'no credit'")
        stuck = await watch.transition(to="stuck")
        agent.report("done")
        done = await watch.transition(to="idle")

    assert (waiting["reason"], waiting["rule"]) == ("permission", "claude/report")
    assert waiting["evidence"] == "reports blocked:permission:may I: rm -rf x?"
    assert working["evidence"] == "reports working"
    assert stuck["evidence"] == "reports error:no credit"
    assert done["evidence"] == "reports done"


@pytest.mark.parametrize(("report", "health"), [("working", "ok"), ("blocked", "waiting")])
async def test_an_idle_screen_outweighs_a_report_that_was_forgotten(agent, report, health):
    async with watching(agent) as watch:
        await watch.transition(to="ok")
        agent.report("error")
        await watch.transition(to="stuck")
        agent.report(report, then=IDLE_SCREEN)
        said = await watch.transition(to=health, rule="claude/report")
        shown = await watch.transition(to="idle")

    assert shown["rule"] == "claude/composer"
    assert shown["t"] - said["t"] >= 0.9


async def test_a_hook_without_a_terminal_of_its_own_uses_that_of_its_agent(agent):
    event = {"hook_event_name": "PermissionRequest", "tool_name": "AskUserQuestion"}
    event["tool_input"] = {"questions": [{"question": "Which one?"}]}
    hook = f"{OMA} report --from-hook claude || true"
    async with watching(agent) as watch:
        await watch.transition(to="ok")
        agent.do(
            until_reported(
                f"echo {shlex.quote(json.dumps(event))}"
                f" | env -u TMUX_PANE setsid -w sh -c {shlex.quote(hook)}"
            )
        )
        waiting = await watch.transition(to="waiting")

    assert waiting["evidence"] == "reports blocked:question:Which one?"


async def test_a_hook_whose_ancestors_have_no_terminal_asks_tmux_for_that_of_its_pane(agent, tmux):
    pane = tmux.run("list-panes", "-a", "-F", "#{pane_id}").strip()
    async with watching(agent) as watch:
        await watch.transition(to="ok")
        # The parent of such a command is the server, which has no terminal.
        report = f"TMUX_PANE={pane} {OMA} report blocked --message here </dev/null"
        tmux.run("run-shell", until_reported(report))
        waiting = await watch.transition(to="waiting")

    assert waiting["evidence"] == "reports blocked:here"


@pytest.mark.parametrize("pane", ["", "%999", "%0; kill-server", "../x"])
def test_without_any_terminal_a_hook_says_so_and_does_not_fail(agent, tmux, pane):
    command = f"{OMA} report working </dev/null >{agent.directory}/out 2>{agent.directory}/note"
    tmux.run(
        "run-shell", f"TMUX_PANE={shlex.quote(pane)} {command}; echo $? >{agent.directory}/code"
    )

    assert agent.result("code") == "0\n"
    assert agent.result() == ""
    assert agent.result("note").startswith("oma: not reported: ")


def test_a_terminal_that_is_stopped_does_not_hold_the_hook(agent, tmux):
    os.mkfifo(f"{agent.directory}/code")
    # As Ctrl-S does, which the kernel takes at a time of its own.
    stop = f"{sys.executable} -c 'import termios; termios.tcflow(1, termios.TCOOFF)'"
    report = f"{OMA} report working </dev/null 2>note; echo $? >code"
    agent.do(f"{stop}; {report}")

    assert agent.result("code") == "0\n"
    assert agent.result("note") == "oma: not reported: took more than 1.0 s\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("dancing",),
        (),
        ("--nonsense",),
        ("working", "--kind", "permission"),
        ("idle", "--app", ":"),
    ],
)
async def test_a_command_line_without_meaning_never_ends_as_agents_take_for_a_refusal(arguments):
    done = await oma("report", *arguments)

    assert (done.returncode, done.stdout) == (1, b"")
    assert b"oma" in done.stderr


@pytest.mark.parametrize("event", ["", "[]", "{", '{"hook_event_name": "Odd"}', "\\377"])
@pytest.mark.parametrize(("reader", "stdout"), [("claude", ""), ("gemini", "{}\n")])
def test_an_event_that_is_not_understood_is_passed_over(agent, tmux, event, reader, stdout):
    hook = f"{OMA} report --from-hook {reader} >{agent.directory}/out 2>/dev/null"
    tmux.run("run-shell", f"printf {shlex.quote(event)} | {hook}; echo $? >{agent.directory}/code")

    assert agent.result("code") == "0\n"
    assert agent.result() == stdout


def status(session, kind):
    return {
        "type": "session.status",
        "properties": {"sessionID": session, "status": {"type": kind}},
    }


def failure(name, **data):
    return {"type": "session.error", "properties": {"error": {"name": name, "data": data}}}


PLUGIN_HEARS = [
    status("ses_main", "busy"),
    status("ses_main", "busy"),
    {"type": "session.created", "properties": {"info": {"id": "sub", "parentID": "ses_main"}}},
    status("sub", "idle"),
    {
        "type": "permission.asked",
        "properties": {"sessionID": "sub", "permission": "bash", "patterns": ["ls"]},
    },
    {"type": "permission.replied", "properties": {}},
    failure("MessageAbortedError"),
    status("ses_main", "idle"),
    status("ses_main", "retry"),
    failure("APIError", message="no credit"),
    status("ses_main", "idle"),
    {"type": "question.asked", "properties": {"questions": [{"question": "Which?"}]}},
    {"type": "question.rejected", "properties": {}},
    {"type": "file.edited"},
    {"type": "server.instance.disposed", "properties": {}},
]
PLUGIN_SAYS = [
    StatusReported("idle", app="opencode"),
    StatusReported("working", app="opencode"),
    StatusReported("blocked", "permission", "opencode", message="bash ls"),
    StatusReported("working", app="opencode"),
    StatusReported("done", app="opencode"),
    StatusReported("working", app="opencode"),
    StatusReported("error", app="opencode", message="no credit"),
    StatusReported("blocked", "question", "opencode", message="Which?"),
    StatusReported("working", app="opencode"),
    StatusReported("clear", app="opencode"),
]


@pytest.mark.skipif(shutil.which("node") is None, reason="runs the plugin of opencode by node")
def test_the_plugin_of_opencode_reports_what_it_is_told(agent, tmux):
    plugin = f"{agent.directory}/oma.mjs"
    shutil.copy(files("oma.hooks").joinpath("opencode.js"), plugin)
    agent.write(
        "told.mjs",
        f"import {{ OmaStatus }} from {json.dumps(plugin)}\n"
        "const { event } = await OmaStatus()\n"
        f"for (const each of {json.dumps(PLUGIN_HEARS)}) await event({{ event: each }})\n",
    )
    os.mkfifo(f"{agent.directory}/raw")
    tmux.run("pipe-pane", "-t", "oma-agent-a", f"exec cat >{agent.directory}/raw")
    heard, known = [], []
    with open(f"{agent.directory}/raw", "rb", buffering=0) as file:
        for line in ("node told.mjs", "node told.mjs | cat"):
            agent.do(f"{line}; printf END")
            raw = b""
            while b"END" not in raw:
                raw += file.read(65536)
            heard.append(SignalScanner().scan(raw))
            option = ("-t", "oma-agent-a", "@oma_conversation")
            known.append(tmux.run("show-options", "-pqv", *option))
            tmux.run("set-option", "-pu", *option)

    assert heard == [PLUGIN_SAYS, PLUGIN_SAYS]
    # One that an agent runs for itself, without a terminal, holds another conversation.
    assert known == ["ses_main\n", ""]
