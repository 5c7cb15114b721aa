"""What a user does to an agent from the command line: it reaches the agent's pane, and no other."""

import json
import shlex
import sys
from pathlib import Path

import attrs
import pytest
import trio

from tests.support.oma_process import oma
from tests.support.private_tmux import keeps_dead_panes
from tests.support.recorded import until

pytestmark = pytest.mark.tmux

PROGRAM = Path(__file__).parents[1] / "support" / "prompt_agent.py"


@attrs.define
class Agent:
    """An agent in a session of its own, and what it has got."""

    tmux: object
    name: str
    log: Path
    pane: str = ""

    @property
    def got(self):
        """What was submitted."""
        text = self.log.read_text() if self.log.exists() else ""
        return [json.loads(line) for line in text.splitlines()]

    def shows(self, text):
        return text in self.tmux.run("capture-pane", "-p", "-t", self.pane)

    def is_in_mode(self):
        return self.tmux.run("display-message", "-p", "-t", self.pane, "#{pane_in_mode}") == "1\n"


@pytest.fixture
def runtime(tmp_path_factory):
    """Where locks are: a directory of a short name, only such ones count."""
    return tmp_path_factory.mktemp("r")


@pytest.fixture
def ask(tmux, runtime):
    """Give a function that runs one command line of oma on the private server."""

    async def ask(*arguments):
        done = await oma("-S", tmux.socket_path, *arguments, XDG_RUNTIME_DIR=runtime)
        return done.returncode, (done.stdout + done.stderr).decode().strip()

    return ask


@pytest.fixture
def agent(tmux, tmp_path):
    """Give a function that starts an agent, and waits until it is ready."""

    async def agent(name="a", *words, argv0="claude"):
        found = Agent(tmux, f"oma-agent-{name}", tmp_path / f"{name}.log")
        program = shlex.join([sys.executable, str(PROGRAM), str(found.log), *words])
        line = f"bash -c {shlex.quote(f'exec -a {argv0} {program}')}"
        tmux.run("new-session", "-d", "-x", "90", "-y", "20", "-s", found.name, line)
        found.pane = tmux.run("list-panes", "-t", found.name, "-F", "#{pane_id}").strip()
        await until(lambda: found.shows("❯"))
        return found

    return agent


def add_pane(tmux, agent, program, *options):
    """Split the agent's window; return the id of the new pane."""
    split = ("split-window", *options, "-P", "-F", "#{pane_id}", "-t", agent.pane)
    return tmux.run(*split, program).strip()


def panes(tmux, agent):
    return tmux.run("list-panes", "-t", agent.name, "-F", "#{pane_id} #{pane_pid}").splitlines()


@pytest.mark.parametrize("argv0", ["claude", "some-agent"])
async def test_a_shell_beside_an_agent_is_neither_typed_into_nor_ended(
    tmux, agent, ask, tmp_path, argv0
):
    it = await agent(argv0=argv0)
    shell = add_pane(tmux, it, "bash --norc --noprofile -i", "-h", "-b")
    touched = tmp_path / "touched"

    assert (await ask("send", "a", f"touch {touched}"))[0] == 0
    await until(lambda: it.got)
    assert it.got == [f"touch {touched}"]

    (kept,) = [line for line in panes(tmux, it) if line.startswith(f"{shell} ")]
    assert (await ask("stop", "a"))[0] == 0
    await until(lambda: panes(tmux, it) == [kept])
    assert not touched.exists()


async def test_an_agent_that_does_not_end_loses_its_own_pane_alone(tmux, agent, ask):
    it = await agent()
    program = "trap '' INT TERM; echo up; while :; do sleep 0.05; done # claude"
    shell = add_pane(tmux, it, "exec cat", "-h", "-b")
    again = f"exec -a claude bash -c {shlex.quote(program)}"
    tmux.run("respawn-pane", "-k", "-t", it.pane, "bash", "-c", again)
    await until(lambda: it.shows("up"))

    code, said = await ask("stop", "a", "--timeout", "0.4")

    assert (code, said) == (0, "oma-agent-a did not end when asked: killed")
    assert [line.split()[0] for line in panes(tmux, it)] == [shell]


async def test_a_restart_is_of_the_agents_pane(tmux, agent, ask):
    it = await agent()
    add_pane(tmux, it, "exec cat", "-h", "-b")
    before = dict(line.split() for line in panes(tmux, it))

    code, said = await ask("restart", "a")

    assert (code, said) == (
        0,
        "restarted oma-agent-a: claude --continue (latest of the directory)",
    )
    after = dict(line.split() for line in panes(tmux, it))
    assert {pane for pane in after if after[pane] != before.get(pane)} <= {it.pane}


@pytest.mark.parametrize(
    ("text", "in_mode"), [("one line", True), ("Never do this:\nrm -rf build", False)]
)
async def test_a_text_arrives_whole_in_copy_mode(tmux, agent, ask, text, in_mode):
    it = await agent()
    tmux.run("copy-mode", "-t", it.pane)

    assert (await ask("send", "a", text))[0] == 0

    await until(lambda: it.got)
    assert it.got == [text]
    assert it.is_in_mode() == in_mode


async def test_panes_that_are_synchronized_get_nothing(tmux, agent, ask, tmp_path):
    it = await agent()
    other = tmp_path / "other"
    add_pane(tmux, it, f"stty raw -echo; exec cat > {other}", "-v")
    tmux.run("set-option", "-w", "-t", it.name, "synchronize-panes", "on")

    assert (await ask("send", "a", "for the agent"))[0] == 0
    await until(lambda: it.got)
    assert (await ask("stop", "a"))[0] == 0

    assert it.got == ["for the agent"]
    assert other.read_bytes() == b""
    option = tmux.run("show-options", "-w", "-t", it.name, "-v", "synchronize-panes")
    assert option == "on\n"


async def test_a_pane_that_takes_no_input_is_told(tmux, agent, ask):
    it = await agent()
    tmux.run("select-pane", "-d", "-t", it.pane)

    code, said = await ask("send", "a", "hello")

    assert (code, it.got) == (1, [])
    assert "takes no input" in said


@keeps_dead_panes
async def test_no_server_dies_of_a_paste_into_a_program_that_has_ended(tmux, agent, ask):
    it = await agent()
    tmux.run("set-option", "-w", "-t", it.name, "remain-on-exit", "on")
    tmux.run("send-keys", "-t", it.pane, "C-c")
    await until(lambda: tmux.run("list-panes", "-a", "-F", "#{pane_dead}") == "1\n")

    code, said = await ask("send", "a", "hello\nyou")

    assert code == 1
    assert "has ended" in said
    assert it.name in tmux.run("list-sessions")


async def test_a_text_is_not_sent_to_an_agent_that_asks_unless_that_is_meant(agent, ask):
    it = await agent("a", "asks")

    code, said = await ask("send", "a", "wait, delete nothing")

    assert (code, it.got) == (1, [])
    assert "Do you want to proceed? [Bash command · rm -rf build] 1. Yes · 2. No" in said
    assert "--anyway" in said
    assert (await ask("send", "a", "n", "--anyway"))[0] == 0
    await until(lambda: it.got)
    assert it.got[0] == "n"


async def test_a_dialog_is_answered_if_it_is_the_one_that_was_looked_at(agent, ask):
    it = await agent("a", "asks")

    code, shown = await ask("answer", "a")
    assert code == 0
    assert "Do you want to proceed? [Bash command · rm -rf build]" in shown
    assert "* 1. Yes\n  2. No" in shown
    fingerprint = shown.rpartition("fingerprint: ")[2]

    refused = await ask("answer", "a", "1", "--to", "0" * 16)
    assert refused == (1, "oma: oma-agent-a now asks something else: nothing was sent")
    assert (await ask("answer", "a", "3"))[0] == 1
    assert it.got == []

    code, said = await ask("answer", "a", "2", "--to", fingerprint)
    assert code == 0
    assert "answered 2 to oma-agent-a: No" in said
    await until(lambda: it.got)
    assert it.got == ["2"]
    await until(lambda: it.shows("ready"))
    assert (await ask("answer", "a", "2"))[0] == 1


async def test_a_draft_is_not_mixed_with_a_text(tmux, agent, ask):
    it = await agent()
    tmux.run("send-keys", "-t", it.pane, "-l", "half a thought")
    await until(lambda: it.shows("half a thought"))

    code, said = await ask("send", "a", "go on")

    assert (code, it.got) == (1, [])
    assert "half a thought" in said
    assert (await ask("send", "a", " and a text", "--anyway"))[0] == 0
    await until(lambda: it.got)
    assert it.got == ["half a thought and a text"]


async def test_senders_at_the_same_time_do_not_mix(agent, ask, runtime):
    it = await agent()
    texts = [f"{name * 40}\n{name * 40}" for name in "ab"]
    told = []

    async def send(text):
        told.append((*await ask("send", "a", text), text))

    async with trio.open_nursery() as nursery:
        for text in texts:
            nursery.start_soon(send, text)

    # An agent that takes its time with the first text makes the second sender refuse: it is a draft.
    sent = [text for code, _, text in told if code == 0]
    await until(lambda: len(it.got) == len(sent))
    assert sorted(it.got) == sorted(sent)
    assert sent
    assert all("holds an unsent text" in words for code, words, _ in told if code)
    assert list((runtime / "oma").glob("input-*")) == []


@pytest.mark.parametrize("text", ["one\r\ntwo\r\n", "one\rtwo\r", "one\ntwo\n\n"])
async def test_any_newline_is_one_and_none_at_the_end_submits_anything(
    tmux, agent, ask, tmp_path, text
):
    it = await agent()
    (tmp_path / "prompt.txt").write_bytes(text.encode())

    assert (await ask("send", "a", "--file", tmp_path / "prompt.txt"))[0] == 0
    await until(lambda: it.got)
    assert (await ask("send", "a", "--", "- the end"))[0] == 0
    await until(lambda: len(it.got) > 1)

    assert it.got == ["one\ntwo", "- the end"]


async def test_a_text_comes_from_standard_input(tmux, agent, runtime):
    it = await agent()
    command = [sys.executable, "-m", "oma", "-S", tmux.socket_path, "send", "a", "-"]

    done = await trio.run_process(
        command,
        stdin="grüß dich\n".encode(),
        capture_stdout=True,
        check=False,
        env=tmux.environment | {"XDG_RUNTIME_DIR": str(runtime), "HOME": "/nonexistent"},
    )

    assert done.returncode == 0
    await until(lambda: it.got)
    assert it.got == ["grüß dich"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((), 2, "give a text"),
        (("text", "--file", "x"), 2, "give a text"),
        (("--file", "/nonexistent/x"), 1, "cannot read /nonexistent/x: no such file"),
        (("--file", sys.executable), 1, "not in UTF-8"),
        (("",), 1, "no text to send"),
    ],
)
async def test_what_is_no_text_is_told(tmux, agent, ask, arguments, code, words):
    await agent()

    done, said = await ask("send", "a", *arguments)

    assert done == code
    assert words in said
    assert "oma-agent-a" in tmux.run("list-sessions")
