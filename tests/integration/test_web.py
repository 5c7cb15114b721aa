"""The real `oma web` on a real tmux, asked over real sockets."""

import json
import re
import shutil
import ssl
import stat
import subprocess
import sys
from functools import partial

import attrs
import pytest
import trio

from tests.support.dashboard_pane import start_dashboard
from tests.support.oma_process import environment, oma
from tests.support.patience import PATIENCE_S
from tests.support.web_client import Client, running_web

pytestmark = [pytest.mark.tmux, pytest.mark.slow]

NEW = ("new-session", "-d", "-x", "80", "-y", "24", "-s")


@attrs.define
class Signal:
    """Wakes whoever waits, each time."""

    _event: trio.Event = attrs.Factory(trio.Event)

    def set(self):
        self._event.set()
        self._event = trio.Event()

    async def wait(self):
        await self._event.wait()


def state(home, name):
    return home / ".local" / "state" / "oma" / name


async def test_somebody_logs_in_and_sees_what_there_is_as_it_changes(tmux, tmp_path):
    tmux.run(*NEW, "oma-agent-a", "echo hello; cat")
    async with running_web("-S", tmux.socket_path, "web", home=tmp_path) as web:
        assert (await web.stranger().get("/api/agents")).status == 401
        owner = await web.owner()
        async with owner.events("/api/events") as next_event:
            event, snapshot, _ = await next_event()
            (agent,) = snapshot["agents"]  # read before anybody is told of it
            assert (event, agent["agent"]) == ("snapshot", "oma-agent-a")
            assert agent["reason"] != "unseen"
            tmux.run("send-keys", "-t", "oma-agent-a", "error: it broke", "Enter")
            told = {}
            while told.get("to") != "stuck":
                _, told, _ = await next_event("transition")
            assert (told["agent"], told["reason"]) == ("oma-agent-a", "error-text")
        shown = (await owner.get("/api/agents/a")).json
        why = (await owner.get("/api/agents/a/why")).json

    assert shown["screen"][:2] == ["hello", "error: it broke"]
    assert why["rule"] == shown["rule"]


async def test_what_an_agent_prints_is_read_as_it_comes(tmux, tmp_path):
    tmux.run(*NEW, "oma-agent-a", "echo before; cat")
    async with running_web("-S", tmux.socket_path, "web", home=tmp_path) as web:
        owner = await web.owner()
        await seen(owner, "a", "before")
        async with owner.events("/api/agents/a/logs") as next_line:
            event, data, place = await next_line()
            assert (event, data["lines"][0]) == ("snapshot", "before")
            tmux.run("send-keys", "-t", "oma-agent-a", "-l", "\x1b[31mred")
            tmux.run("send-keys", "-t", "oma-agent-a", "Enter")
            event, data, place = await next_line("lines")
            lines = data["lines"]
        async with owner.events("/api/agents/a/logs", last_event_id=place) as next_line:
            tmux.run("send-keys", "-t", "oma-agent-a", "more", "Enter")
            while "more" not in lines:
                event, data, _ = await next_line()
                assert event == "lines"
                lines += data["lines"]

    assert "\x1b" not in "".join(lines)


async def seen(client, agent, text):
    """Wait until an agent shows a text."""
    async with client.events("/api/events") as next_event:
        while True:
            reply = await client.get(f"/api/agents/{agent}")
            if reply.status == 200 and any(text in line for line in reply.json["screen"]):
                return reply.json
            assert await next_event() is not None


async def test_agents_are_started_typed_into_and_ended(tmux, tmp_path):
    tmux.run(*NEW, "other", "cat")
    async with running_web("-S", tmux.socket_path, "web", home=tmp_path) as web:
        owner = await web.owner()
        body = {"name": "new", "command": "echo ready; cat", "cwd": str(tmp_path)}
        made = await owner.post("/api/agents", body)
        assert (made.status, made.json["agent"]) == (201, "oma-agent-new")
        assert (await owner.post("/api/agents", body)).status == 422
        await seen(owner, "new", "ready")
        sent = await owner.post("/api/agents/new/send", {"text": "a;b #{pane_id} $(id) 'x"})
        assert sent.status == 200, sent
        await seen(owner, "new", "a;b #{pane_id} $(id) 'x")
        answer = {"key": "1", "fingerprint": "0" * 16}
        assert (await owner.post("/api/agents/new/answer", answer)).status == 409
        assert (await owner.post("/api/agents/new/kill")).status == 200
        async with owner.events("/api/events") as next_event:
            while tmux.run("list-sessions", "-F", "#{session_name}") != "other\n":
                await next_event()
    audited = state(tmp_path, "web-audit.jsonl")
    events = [json.loads(line)["event"] for line in audited.read_text().splitlines()]

    assert events == ["login", "new", "send", "answer", "kill"]
    assert stat.S_IMODE(audited.stat().st_mode) == 0o600
    assert "$(id)" not in audited.read_text()


async def test_a_login_outlives_a_restart_of_the_server_and_an_end_of_one_does_too(tmux, tmp_path):
    tmux.run(*NEW, "oma-agent-a", "echo ready; cat")
    place = {"home": tmp_path, "unix": tmp_path / "oma.sock"}
    async with running_web("-S", tmux.socket_path, "web", **place) as web:
        owner, other = await web.owner(), web.stranger()
        link = await oma("web", "link", HOME=str(tmp_path))
        await other.log_in(link.stdout.decode().split()[1].removeprefix(web.url))
        assert (await other.post("/api/logout")).status == 200
    assert (await oma("web", "link", HOME=str(tmp_path))).returncode == 2
    async with running_web("-S", tmux.socket_path, "web", **place) as web:
        assert (await owner.get("/api/session")).json["role"] == "admin"
        await seen(owner, "a", "ready")
        assert (await owner.post("/api/agents/a/send", {"text": "hello"})).status == 200
        assert (await other.get("/api/session")).status == 401
        code = link.stdout.decode().split()[1].partition("code=")[2]
        used = await web.stranger().post("/api/login", {"code": code}, origin=web.url)
        assert used.status == 401
    kept = state(tmp_path, "web-sessions.json")

    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert owner.headers["x-oma-secret"] not in kept.read_text()


async def test_a_link_needs_a_server_and_says_which_where_several_run(tmux, tmp_path):
    home = {"HOME": str(tmp_path)}
    options = ("-S", tmux.socket_path, "web")
    none = await oma("web", "link", **home)
    async with running_web(*options, home=tmp_path) as one:
        async with running_web(*options, home=tmp_path) as two:
            several = await oma("web", "link", **home)
            port = two.url.rpartition(":")[2]
            chosen = await oma("web", "link", "--port", port, "--json", **home)
            wrong = await oma("web", "link", "now", **home)
        left = await oma("web", "link", **home)

        await one.stranger().log_in(left.stdout.decode().split()[1].removeprefix(one.url))

    assert json.loads(chosen.stdout)["url"].startswith(two.url)
    assert (none.returncode, b"start one" in none.stderr) == (2, True)
    assert (several.returncode, b"--port" in several.stderr) == (2, True)
    assert (wrong.returncode, b"expected 'oma web tokens" in wrong.stderr) == (2, True)


async def test_a_token_that_is_taken_back_ends_what_is_open(tmux, tmp_path):
    tmux.run(*NEW, "oma-agent-a", "echo ready; cat")
    home = {"HOME": str(tmp_path)}
    secret = (await oma("web", "tokens", "add", "ci", **home)).stdout.decode().strip()
    async with running_web("-S", tmux.socket_path, "web", home=tmp_path) as web:
        client = web.stranger()
        client.headers["authorization"] = f"Bearer {secret}"
        await seen(client, "a", "ready")
        async with client.events("/api/events") as next_event:
            await next_event()
            assert (await client.post("/api/agents/a/stop")).status == 403
            assert (await oma("web", "tokens", "revoke", "ci", **home)).returncode == 0
            while await next_event() is not None:
                pass
        assert (await client.get("/api/agents")).status == 401


async def test_it_ends_cleanly_though_somebody_watches_and_somebody_never_reads(tmux, tmp_path):
    tmux.run(*NEW, "oma-agent-a", "while :; do seq 2000; sleep 0.02; done")
    async with running_web("-S", tmux.socket_path, "web", home=tmp_path) as web:
        owner = await web.owner()
        await seen(owner, "a", "2000")
        async with (
            owner.asking("GET", "/api/agents/a/logs"),
            owner.events("/api/agents/a/logs") as next_line,
        ):
            for _ in range(20):
                assert await next_line() is not None
            web.process.send_signal(2)
            while await next_line() is not None:  # the end of the stream, and not of the socket
                pass
            with trio.fail_after(PATIENCE_S):
                assert await web.process.wait() == 130


async def test_browsers_of_other_sites_and_names_get_nothing(tmux, tmp_path):
    tmux.run(*NEW, "oma-agent-a", "cat")
    async with running_web("-S", tmux.socket_path, "web", home=tmp_path) as web:
        owner = await web.owner()
        kill = "/api/agents/a/kill"
        assert (await owner.get("/api/agents", host="evil.example")).status == 421
        assert (await owner.post(kill, origin="http://127.0.0.1:9599")).status == 403
        assert (await owner.post(kill, x_oma_secret="guess")).status == 403
        assert (await owner.get("/assets/../../../../etc/passwd")).status == 404
        assert (await owner.get("/assets/%2e%2e/%2e%2e/pyproject.toml")).status == 404
        upgrade = {
            "connection": "Upgrade",
            "upgrade": "websocket",
            "sec_websocket_version": "13",
            "sec_websocket_key": "dGhlIHNhbXBsZSBub25jZQ==",
            "origin": "http://127.0.0.1:9599",
        }
        refused = await owner.get("/ws/terminal/a", **upgrade)
        assert refused.status == 403
    assert tmux.run("list-sessions", "-F", "#{session_name}") == "oma-agent-a\n"


async def test_a_read_only_server_shows_and_does_nothing(tmux, tmp_path):
    tmux.run(*NEW, "oma-agent-a", "echo ready; cat")
    async with running_web("-S", tmux.socket_path, "web", "--read-only", home=tmp_path) as web:
        owner = await web.owner()
        assert (await owner.get("/api/session")).json["role"] == "viewer"
        await seen(owner, "a", "ready")
        assert (await owner.post("/api/agents/a/kill")).status == 403


async def test_a_unix_socket_is_for_this_user_alone(tmux, tmp_path):
    tmux.run(*NEW, "oma-agent-a", "cat")
    path = tmp_path / "web.sock"
    async with running_web("-S", tmux.socket_path, "web", home=tmp_path, unix=path) as web:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert (await (await web.owner()).get("/api/agents")).status == 200


async def test_beyond_loopback_there_is_tls(tmux, tmp_path):
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    request = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
    names = ["-addext", "subjectAltName=DNS:localhost"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    await trio.run_process(["openssl", *request.split(), *names, *files], capture_stderr=True)
    tmux.run(*NEW, "oma-agent-a", "cat")
    options = ("--certfile", certificate, "--keyfile", key, "--host", "localhost")
    context = ssl.create_default_context(cafile=str(certificate))
    async with running_web(
        "-S", tmux.socket_path, "web", *options, home=tmp_path, ssl=context
    ) as web:
        assert web.login.startswith("https://localhost:")
        owner = await web.owner()
        assert (await owner.get("/api/session")).status == 200


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--host", "0.0.0.0"], b"--certfile"),
        (["--host", "0.0.0.0", "--behind-proxy"], b"--origin"),
        (["--certfile", "x"], b"go together"),
        (["--certfile", "x", "--keyfile", "y"], b"no such file"),
        (["--origin", "x"], b"--origin 'x'"),
        (["token", "add", "x"], b"tokens add NAME"),
        (["tokens", "add", "a b"], b"expected letters"),
        (["tokens", "revoke", "x"], b"no token 'x'"),
    ],
)
async def test_a_mistake_is_one_line(tmp_path, options, words):
    done = await oma("web", "--port", "0", *options, HOME=str(tmp_path))

    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1), done.stderr
    assert words in done.stderr


async def test_the_live_transitions_are_those_of_the_replay(tmux, tmp_path):
    config = tmp_path / "config.toml"
    config.write_text("[health]\nidle_warning = 0.8\nidle_critical = 2.0\nerror_settle = 0.2\n")
    tmux.run(*NEW, "other", "cat")
    recording = tmp_path / "f.jsonl"
    told, news = [], Signal()
    options = ("--config", config, "--record", recording)
    async with running_web("-S", tmux.socket_path, "web", *options, home=tmp_path) as web:
        owner = await web.owner()
        async with owner.events("/api/events") as next_event, trio.open_nursery() as nursery:
            await next_event("snapshot")

            async def watch():
                while event := await next_event("transition"):
                    told.append(event[1])
                    news.set()
                nursery.cancel_scope.cancel()

            nursery.start_soon(watch)
            tmux.run(*NEW, "oma-agent-a", "echo hello; cat")
            await until(told, news, "stuck")
            await owner.post("/api/agents/a/send", {"text": "Error: it broke"})
            await until(told, news, "ok", after="stuck")
            assert (await owner.post("/api/agents/a/kill")).status == 200
            await until(told, news, "exited")
            web.process.send_signal(2)
        assert await web.process.wait() == 130

    again = await oma("replay", recording, "--json")
    numbers = [each.pop("n") for each in told]
    assert [each.pop("dialog") for each in told] == [None] * len(told)
    assert all(each.pop("since") for each in told)
    assert all(each.pop("since_s") <= each["t"] for each in told)

    assert numbers == list(range(numbers[0], numbers[0] + len(told)))
    assert told == [json.loads(line) for line in again.stdout.splitlines()]


async def until(told, news, health, after=None):
    """Wait for a transition to a health, later than one to another."""
    with trio.fail_after(PATIENCE_S):
        while True:
            healths = [each["to"] for each in told]
            start = healths.index(after) if after in healths else 0
            if health in healths[start:] and (after is None or after in healths):
                return
            await news.wait()


async def test_browsers_are_served_beside_the_dashboard_until_it_is_left(tmux, tmp_path):
    tmux.run(*NEW, "oma-agent-a", "echo ready; cat")
    options = ("-S", tmux.socket_path, "--web", "--web-port", "0")
    dashboard = start_dashboard(tmux, tmp_path, *options, HOME=str(tmp_path))
    screen = await dashboard.sees("open http://127.0.0.1:", "oma-agent-a"[10:])
    url, path = re.search(r"open (http://[^/]+)(/login\S+)", screen).groups()
    port = int(url.rpartition(":")[2])
    client = Client(url, partial(trio.open_tcp_stream, "127.0.0.1", port))
    await client.log_in(path)
    await seen(client, "a", "ready")
    async with client.events("/api/events") as next_event:
        await next_event()
        dashboard.press("q")
        while await next_event() is not None:
            pass
        code, _ = await dashboard.left()

    assert code == 0
    with pytest.raises(OSError, match="connect"):
        await trio.open_tcp_stream("127.0.0.1", port)


TRACES = """
import sys
from oma.cli.main import run
code = run(sys.argv[1:])
print([m for m in sys.modules if m.split(".")[0] in {"fastapi", "hypercorn", "pydantic", "starlette"}])
print([m for m in sys.modules if m.startswith("oma.web")])
"""


async def test_without_being_asked_for_it_leaves_no_trace(tmux):
    tmux.run(*NEW, "oma-agent-a", "cat")
    done = await trio.run_process(
        [sys.executable, "-c", TRACES, "-S", tmux.socket_path, "status", "--json"],
        capture_stdout=True,
        env=environment(),
    )

    assert done.stdout.decode().splitlines()[1:] == ["[]", "[]"]


@pytest.mark.parametrize("package", ["fastapi", "hypercorn"])
async def test_without_its_packages_it_says_how_to_get_them(package):
    line = f"import sys; sys.modules[{package!r}] = None; from oma.cli.main import run; sys.exit(run(['web']))"
    done = await trio.run_process(
        [sys.executable, "-c", line],
        capture_stderr=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env=environment(),
    )

    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert b"install 'oma-tmux[web]'" in done.stderr
