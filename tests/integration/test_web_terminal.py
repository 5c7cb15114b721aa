"""`oma web` as a process, real WebSockets, real tmux: the terminal of an agent in a page."""

import json
import os
import select
import sys
import time
from contextlib import asynccontextmanager

import pytest
import trio

from oma.web.auth.roles import Role
from oma.web.auth.tokens import TokenFile
from tests.support.oma_process import running_oma
from tests.support.patience import PATIENCE_S
from tests.support.web_socket import address_in, log_in, log_in_with

pytestmark = [pytest.mark.tmux, pytest.mark.slow]

AGENT = "oma-agent-1"


def agent(tmux, command, name=AGENT, size=(80, 24)):
    """Start a session that runs a command."""
    columns, rows = size
    tmux.run("new-session", "-d", "-s", name, "-x", str(columns), "-y", str(rows), command)
    return tmux.run("list-panes", "-t", f"={name}:", "-F", "#{pane_id}").strip()


def token(tmp_path, role):
    """Let bob in with a role, and return his token."""
    file = TokenFile(tmp_path / ".local/state/oma/web-tokens.json", time.time)
    return file.add("bob", role, None, 3600.0)


def captured(tmux, pane):
    """What tmux shows of a pane, as rows."""
    return tuple(
        line.rstrip() for line in tmux.run("capture-pane", "-p", "-t", pane).split("\n")[:-1]
    )


@asynccontextmanager
async def serving(tmux, tmp_path, *options):
    """Run `oma web` and give a page of its owner."""
    place = ("-S", tmux.socket_path)
    with trio.fail_after(PATIENCE_S):
        async with running_oma(
            *place, "web", "--port", "0", *options, HOME=str(tmp_path)
        ) as process:
            while (address := address_in(process.lines)) is None:
                await process._news.wait()
            yield await log_in(address), process


async def known(page):
    """Wait until the agent has a terminal."""
    while True:
        agents = await page.get("/api/agents")
        if any(a["agent"] == AGENT for a in agents):
            return
        await trio.sleep(0.01)


READ_BYTES = (
    "import os,sys,termios,tty;tty.setraw(0)\n"
    "os.write(1,b'\\x1b[?2004h\\x1b[?1hready\\r\\n')\n"
    "while True:\n d=os.read(0,4096)\n os.write(1,d.hex().encode()+b'\\r\\n')\n"
)


def reader(tmp_path):
    """A program that shows every byte that it reads."""
    script = tmp_path / "reader.py"
    script.write_text(READ_BYTES)
    return f"{sys.executable} {script}"


async def test_a_page_shows_what_tmux_shows(tmux, tmp_path):
    pane = agent(tmux, "printf 'one\\n\\033[31mtwo\\033[0m\\n'; exec cat")
    async with serving(tmux, tmp_path) as (page, _):
        await known(page)
        async with page.terminal(AGENT) as terminal:
            hello = await terminal.message("hello")
            assert hello == {
                "type": "hello",
                "columns": 80,
                "rows": 24,
                "controlled_by": None,
                "may_write": True,
            }
            await terminal.shows("two")
            tmux.run("send-keys", "-t", pane, "-l", "äöü 日本")
            await terminal.shows("äöü 日本")

            assert terminal.lines == captured(tmux, pane)
            assert terminal.accepted.extensions == []


async def test_keys_and_pastes_arrive_as_bytes(tmux, tmp_path):
    agent(tmux, reader(tmp_path))
    async with serving(tmux, tmp_path) as (page, _):
        await known(page)
        async with page.terminal(AGENT) as terminal:
            await terminal.shows("ready")
            await terminal.control()
            for typed in (b"\r", b"\x1b[Z", b"\x03", "é日🤖".encode(), b"\x00", b"-;$", b"\x1b"):
                await terminal.keys(typed)
                await terminal.shows(typed.hex())
            await terminal.keys(
                b"\x1b[B"
            )  # the program wants these as tmux knows, and pages do not
            await terminal.shows(b"\x1bOB".hex())
            await terminal.send("paste", text="a $(b) #{c}\n\x1b[201~end; 'x' ~ é")
            pasted = "a $(b) #{c}\r[201~end; 'x' ~ é".encode()
            wanted = b"\x1b[200~".hex() + pasted.hex() + b"\x1b[201~".hex()
            await terminal.until(lambda t: wanted in "".join(t.lines).replace(" ", ""))
            await terminal.send("release")
            await terminal.message("control", by=None)

        assert "oma-" not in tmux.run("list-buffers")
        audit = (tmp_path / ".local/state/oma/web-audit.jsonl").read_text()
        events = [json.loads(line) for line in audit.splitlines()]
        assert {"login", "terminal", "control", "typed"} <= {each["event"] for each in events}
        assert next(e["bytes"] for e in events if e["event"] == "typed") > 20
        assert "201~" not in audit


async def test_a_large_paste_arrives_whole(tmux, tmp_path):
    text = "".join(f"{number:06}äx;'" for number in range(3000))
    size, target = len(text.encode()), tmp_path / "pasted"
    agent(tmux, f"stty raw -echo; printf ready; head -c {size} > {target}; echo whole; exec cat")
    async with serving(tmux, tmp_path) as (page, _):
        await known(page)
        async with page.terminal(AGENT) as terminal:
            await terminal.shows("ready")
            await terminal.control()
            await terminal.send("paste", text=text)
            await terminal.shows("whole")

    assert target.read_text() == text


async def test_a_viewers_typing_changes_nothing(tmux, tmp_path):
    pane = agent(tmux, reader(tmp_path))
    async with serving(tmux, tmp_path) as (page, _):
        await known(page)
        watcher = await log_in_with(page.origin, token(tmp_path, Role.VIEWER))
        async with page.terminal(AGENT) as own, watcher.terminal(AGENT) as other:
            assert (await other.message("hello"))["may_write"] is False
            await other.send("take")
            assert "viewer" in (await other.message("refused"))["words"]
            await other.keys(b"evil")
            await other.message("refused")
            await other.send("paste", text="evil")
            await other.message("refused")
            await own.control()
            assert (await other.message("control", by="owner"))["mine"] is False
            await own.keys(b"good")
            for terminal in (own, other):
                await terminal.shows(b"good".hex())
            assert b"evil".hex() not in "".join(captured(tmux, pane))


async def test_a_read_only_server_lets_nobody_type(tmux, tmp_path):
    agent(tmux, "exec cat")
    async with serving(tmux, tmp_path, "--read-only") as (page, _):
        await known(page)
        async with page.terminal(AGENT) as terminal:
            assert (await terminal.message("hello"))["may_write"] is False
            await terminal.send("take")
            await terminal.message("refused")


async def test_one_at_a_time_controls_and_everybody_sees_who(tmux, tmp_path):
    agent(tmux, reader(tmp_path))
    async with serving(tmux, tmp_path) as (page, _):
        await known(page)
        bob = await log_in_with(page.origin, token(tmp_path, Role.OPERATOR))
        async with page.terminal(AGENT) as own:
            async with bob.terminal(AGENT) as other:
                assert set((await own.message("viewers", names=["owner", "bob"]))["names"])
                await own.control()
                await other.send("take")
                assert "owner" in (await other.message("refused"))["words"]
                await own.send("release")
                await own.message("control", by=None)
                await other.message("control", by=None)
                await other.control()
                assert (await own.message("control", by="bob"))["mine"] is False
                await own.control()  # an admin takes over
                await other.message("control", by="owner")
                await other.keys(b"late")
                await other.message("refused")
                await own.send("release")
                await other.message("control", by=None)
                await other.control()
            await own.message("control", by=None)  # the other has left
            await own.message("viewers", names=["owner"])


async def test_a_resize_by_tmux_arrives_and_viewers_never_resize(tmux, tmp_path):
    pane = agent(tmux, "printf text; exec cat")
    async with serving(tmux, tmp_path) as (page, _):
        await known(page)
        async with page.terminal(AGENT) as terminal:
            await terminal.shows("text")
            assert tmux.run("list-panes", "-a", "-F", "#{pane_width}x#{pane_height}") == "80x24\n"
            tmux.run("resize-window", "-t", f"={AGENT}:", "-x", "60", "-y", "20")
            await terminal.message("size", columns=60, rows=20)
            await terminal.shows("text")
            await terminal.control()
            await terminal.keys(b"more")
            await terminal.shows("more")

            assert terminal.lines == captured(tmux, pane)
        assert tmux.run("list-panes", "-a", "-F", "#{pane_width}x#{pane_height}") == "60x20\n"


async def test_what_does_not_belong_in_a_browser_never_arrives(tmux, tmp_path):
    evil = r"\033]52;c;aGk=\007\033kname\033\\\033[6n\033[c\033]0;t\007\033P+q\033\\"
    agent(tmux, f"printf '{evil}before'; read line; printf '{evil}after'; exec cat")
    async with serving(tmux, tmp_path) as (page, _):
        await known(page)
        async with page.terminal(AGENT) as terminal:
            await terminal.shows("before")
            await terminal.control()
            await terminal.keys(b"\r")
            await terminal.shows("after")
            for unwanted in (b"\x1b]", b"\x1bk", b"\x1bP", b"[6n", b"[c"):
                assert unwanted not in terminal.output


async def test_the_end_of_an_agent_and_of_the_server_is_told(tmux, tmp_path):
    tmux.run("new-session", "-d", "-s", "other", "exec cat")
    agent(tmux, "printf one; exec cat")
    async with serving(tmux, tmp_path) as (page, process):
        await known(page)
        async with page.terminal(AGENT) as terminal:
            await terminal.shows("one")
            tmux.run("kill-session", "-t", f"={AGENT}")
            await terminal.message("ended")
            assert await terminal.until_closed() == 1000
        agent(tmux, "printf two; exec cat")
        async with page.terminal("nobody") as terminal:
            await terminal.message("refused")
            assert await terminal.until_closed() == 4404
        await shown(page, "two")
        end(tmux)
        agent(tmux, "printf three; exec cat")
        await shown(page, "three")
        async with page.terminal(AGENT) as terminal:
            await terminal.shows("three")
            process.process.terminate()
            assert await terminal.until_closed() == 1001


def end(tmux):
    """End the server; a new one cannot begin before the old one is gone."""
    server = os.pidfd_open(int(tmux.run("display-message", "-p", "#{pid}")))
    tmux.run("kill-server")
    assert select.select([server], [], [], PATIENCE_S)[0]
    os.close(server)


async def shown(page, text):
    """Open terminals until one shows a text: agents of that name come and go."""
    while True:
        async with page.terminal(AGENT) as terminal:
            with trio.move_on_after(5):
                try:
                    await terminal.shows(text)
                except AssertionError:
                    continue  # there is none yet, or it has just ended
                return


async def test_a_viewer_who_does_not_read_delays_nobody(tmux, tmp_path):
    flood = "read go; seq -f %050.0f 200000; printf 'the end'; exec cat"
    pane = agent(tmux, f"printf ready; {flood}", size=(100, 30))
    async with serving(tmux, tmp_path) as (page, _):
        await known(page)
        async with page.terminal(AGENT) as slow, page.terminal(AGENT) as quick:
            await quick.shows("ready")
            await quick.control()
            await quick.keys(b"\r")  # ten megabytes, and `slow` reads nothing of them
            await quick.shows("the end")
            await slow.shows("the end")  # and then it catches up

            assert slow.lines == quick.lines == captured(tmux, pane)


async def test_a_ninth_terminal_of_one_login_is_refused(tmux, tmp_path):
    agent(tmux, "printf text; exec cat")
    async with serving(tmux, tmp_path) as (page, _):
        await known(page)
        async with trio.open_nursery() as nursery:

            async def hold(task_status):
                async with page.terminal(AGENT) as terminal:
                    await terminal.shows("text")
                    task_status.started()
                    await trio.sleep_forever()

            for _ in range(8):
                await nursery.start(hold)
            async with page.terminal(AGENT) as terminal:
                await terminal.message("refused")
                assert await terminal.until_closed() == 4429
            nursery.cancel_scope.cancel()


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "http://evil.example"},
        {"protocols": ["oma.v1", "secret.wrong"]},
        {"protocols": ["oma.v1"]},
    ],
)
async def test_a_page_of_another_site_gets_no_terminal(tmux, tmp_path, wrong):
    agent(tmux, "exec cat")
    async with serving(tmux, tmp_path) as (page, _):
        await known(page)
        async with page.terminal(AGENT, **wrong) as terminal:
            assert terminal.closed == 403
