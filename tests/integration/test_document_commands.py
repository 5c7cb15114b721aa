"""Every command line of the documents is run, and does what it is there for."""

import os
import re
import shlex
import signal
import subprocess
from collections.abc import Callable

import attrs
import pytest
import trio

from oma.model.events import MonitorStopped, PaneOutput, SessionOpened
from tests.support.document_lines import NOT_RUN, RUNS, Run
from tests.support.document_sandbox import DocumentSandbox, document_sandbox
from tests.support.documents import ROOT, shell_lines
from tests.support.fleet_play import PANE, SESSION, captured, sampled, seen
from tests.support.forked_oma import fork_oma
from tests.support.oma_process import ended
from tests.support.patience import PATIENCE_S
from tests.support.private_tmux import PrivateTmux
from tests.support.tls_files import HAS_OPENSSL, make_certificate
from tests.support.user_terminal import attach_user
from tests.unit.cli.recordings import write

REAL = ROOT / "fixtures" / "recordings" / "real"
DAY = (
    (0.0, SessionOpened(SESSION, "oma-agent-fix-login")),
    (0.0, seen(command="claude", idle_s=0.0)),
    (0.0, captured(b"\r\n Something that no rule knows\r\n")),
    (0.0, sampled(("claude",))),
    (1.0, PaneOutput(PANE, b"\r\n$ ")),
    (6000.0, MonitorStopped("stopped")),
)
FILES = {
    "next.md": "Now write the tests.\n",
    "fleet.toml": '[[agent]]\nname = "fix-login"\ncommand = "claude"\n',
    "day.json": '{"pane": "%1", "truth": [[0.0, 10.0, "WORKING", "works"]]}',
    "profiles/some.toml": '[match]\ncommand = ["some"]\n',
    "../.config/oma/config.toml": '[fleet]\nhosts = ["box"]\n',
    "../.config/oma/profiles/kept.toml": '[match]\ncommand = ["kept"]\n',
    "../.config/fish/completions/oma.fish": "",
    "../.local/share/bash-completion/completions/oma": "",
}
MADE_BEFORE = {
    "before.txt": "a\n",
    "after.txt": "b\n",
    "../.config/oma/profiles/my-agent.toml": '[match]\ncommand = ["my-agent"]\n',
    "../.config/oma/profiles/claude.toml": (
        ROOT / "oma" / "detection" / "profiles" / "claude.toml"
    ).read_text("utf-8"),
}
"""What a line reads that another one wrote; each is run alone, too, as a part may begin with it."""
AGENT = "oma-agent-fix-login"
FOR_A_SHELL = re.compile(r"[|&;<>()$`~]")
PARTS = 4
"""Of the lines, one after the other, each with a machine of its own."""
LOOK_EVERY_S = 0.1
"""To look at a screen takes a process of tmux."""


async def look_until(holds: Callable[[], object]) -> None:
    """Look until it holds, now and then: a look takes a process of tmux."""
    with trio.fail_after(PATIENCE_S):
        while True:
            if holds():
                return
            await trio.sleep(LOOK_EVERY_S)


@attrs.define
class Reader:
    """Somebody who runs the lines.

    Args:
        sandbox: Their machine.
        terminals: The server whose panes are their terminals.
    """

    sandbox: DocumentSandbox
    terminals: PrivateTmux
    said: bytearray = attrs.Factory(bytearray)
    """What the last line has printed."""
    _asked: bool = False

    async def fault(self, line: str, run: Run) -> str:
        """Run a line; return what it does that it should not, or an empty text."""
        self.sandbox.tidy()
        await self._prepare_agent(asks=run.asks)
        if run.before:
            await self._shell(run.before, Run())
        text = f"{line} {run.more}".strip()
        try:
            code = await (self._terminal if run.leave else self._shell)(text, run)
        except trio.TooSlowError:
            code = -1
        said = self.said.decode(errors="replace")
        if code == run.code and run.says in said and "Traceback" not in said:
            return ""
        return f"{line}: {code}, {said}"

    async def _prepare_agent(self, *, asks: bool) -> None:
        """Have the agent there, as it was started."""
        tmux, target = self.sandbox.tmux, f"={AGENT}"
        if not (asks or self._asked) and self._agent("has-session"):
            return
        self._asked = asks
        (self.sandbox.home / ".asks").write_text("asks" if asks else "")
        self._agent("kill-session")
        size = ("-x", "90", "-y", "20", "-c", str(self.sandbox.folder))
        tmux.run("new-session", "-d", "-s", AGENT, *size, "claude")
        await look_until(lambda: "❯" in tmux.run("capture-pane", "-p", "-t", f"{target}:"))

    def _agent(self, command: str) -> bool:
        """Whether a command of tmux finds the session of the agent."""
        tmux = self.sandbox.tmux
        words = tmux.argv(command, "-t", f"={AGENT}")
        done = subprocess.run(words, env=tmux.environment, capture_output=True)
        assert done.returncode == 0 or b"can't find session" in done.stderr
        return done.returncode == 0

    async def _shell(self, text: str, run: Run) -> int:
        self.said.clear()
        if run.lasts:
            await look_until(lambda: not self._is_watched())
        pids = self.sandbox.relay.pids
        known = len(pids)
        if run.typed or FOR_A_SHELL.search(text) or not text.startswith("oma "):
            process = await trio.lowlevel.open_process(
                ["bash", "-c", f"echo {run.typed} | {text}"],
                env=self.sandbox.in_pane,
                cwd=self.sandbox.folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
        else:
            words = shlex.split(text)[1:]
            process = fork_oma(words, self.sandbox.in_pane, self.sandbox.folder)
            pids.append(process.pid)
        try:
            with trio.fail_after(PATIENCE_S):
                async with trio.open_nursery() as nursery:
                    nursery.start_soon(self._read, process.stdout)
                    nursery.start_soon(self._read, process.stderr)
                    if run.lasts:
                        await look_until(
                            lambda: (
                                process.returncode is not None
                                or (pids[known:] and self._has_begun(run))
                            )
                        )
                        for pid in pids[known:] if process.returncode is None else ():
                            os.kill(pid, signal.SIGINT)
                    return await process.wait()
        finally:
            await ended(process)

    async def _read(self, stream: trio.abc.ReceiveStream) -> None:
        async for data in stream:
            self.said.extend(data)

    def _has_begun(self, run: Run) -> bool:
        """Whether a line has said what it says; or is attached to the server, where it says nothing."""
        return run.says.encode() in self.said and (bool(run.says) or self._is_watched())

    def _is_watched(self) -> bool:
        clients = self.sandbox.tmux.run("list-clients", "-F", "#{client_control_mode}")
        return "1" in clients.split()

    async def _terminal(self, text: str, run: Run) -> int:
        words = [f"{key}={value}" for key, value in self.sandbox.environment.items()]
        script = f"env -i {shlex.join([*words, 'bash', '-c', text])}; echo left $?; exec cat"
        place = ("-x", "120", "-y", "40", "-c", str(self.sandbox.folder), "-s", "line")
        self.terminals.run("new-session", "-d", *place, script)

        def sees(word: str) -> bool:
            self.said[:] = self.terminals.run("capture-pane", "-p", "-t", "line").encode()
            return word.encode() in self.said

        try:
            await look_until(lambda: sees(run.says) or sees("left "))
            seen = bytes(self.said)
            self.terminals.run("send-keys", "-t", "line", *run.leave)
            await look_until(lambda: sees("left "))
            code = int(self.said.split(b"left ")[1].split()[0])
            self.said[:] = seen
            return code
        finally:
            self.terminals.run("kill-session", "-t", "line")


def _keys(line: str) -> list[str]:
    """Return those of `RUNS` that are of a line, the longest first."""
    fit = [key for key in RUNS if line == key or (line.startswith(f"{key} ") and key != "oma")]
    return sorted(fit, key=len, reverse=True)


async def _prepare(reader: Reader) -> None:
    sandbox, tmux = reader.sandbox, reader.sandbox.tmux
    folder, at = sandbox.folder, ("-c", str(sandbox.folder))
    for name in ("day.jsonl", "new.jsonl", "my-agent.jsonl", "bug.jsonl.zst"):
        sandbox.keep(folder / name, write(folder / name, DAY).read_bytes())
    for end in ("ctl", "json", "idx"):
        sandbox.keep(folder / f"raw.{end}", (REAL / f"osc-passthrough.{end}").read_bytes())
        sandbox.keep(folder / "recordings" / f"a.{end}", (REAL / f"aider-main.{end}").read_bytes())
    if HAS_OPENSSL:
        make_certificate(folder)
    for name, text in FILES.items():
        sandbox.keep(folder / name, text.encode())
    sandbox.tidy()
    for name, text in MADE_BEFORE.items():
        (folder / name).write_text(text)
    tmux.run("new-session", "-d", "-s", "work", "-x", "240", "-y", "60", *at, "cat")
    tmux.run("new-window", "-d", "-t", "work:3", *at, "cat")
    tmux.run("split-window", "-d", "-t", "work:3", *at, "claude")
    tmux.run("set-option", "-g", "detach-on-destroy", "off")
    await attach_user(reader.terminals, tmux, "work", 240, 60)
    for text in "abc":
        assert await reader.fault(f"oma queue fix-login {text}", Run()) == ""
    assert await reader.fault("oma serve", RUNS["oma serve"]) == ""
    (queue,) = sandbox.home.glob(".local/state/oma/queue/*.json")
    sandbox.keep(queue, queue.read_bytes())


@pytest.mark.tmux
@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
async def test_every_line_does_what_it_is_there_for(terminals, part):
    lines = [line for line in shell_lines() if line not in NOT_RUN]
    begin, end = (len(lines) * each // PARTS for each in (part, part + 1))
    faults = []
    with document_sandbox() as sandbox:
        reader = Reader(sandbox, terminals)
        sandbox.relay.write_program()
        async with trio.open_nursery() as nursery:
            nursery.start_soon(sandbox.relay.serve)
            await _prepare(reader)
            for line in lines[begin:end]:
                run = next((RUNS[key] for key in _keys(line)), Run())
                faults += filter(None, [await reader.fault(line, run)])
            nursery.cancel_scope.cancel()
    assert faults == [], "\n".join(faults)


def test_what_is_told_of_lines_is_of_lines_that_there_are():
    lines = shell_lines()
    used = {key for line in lines if line not in NOT_RUN for key in _keys(line)[:1]}

    assert set(NOT_RUN) - set(lines) == set()
    assert set(RUNS) - used == set()


def test_a_line_that_is_not_run_here_is_run_by_a_test_that_there_is_or_is_none_of_oma():
    for line, why in NOT_RUN.items():
        tests = re.findall(r"tests/[\w/]+\.py", why)
        assert line.split()[0] != "oma" or tests, line
        assert all((ROOT / test).exists() for test in tests), why
