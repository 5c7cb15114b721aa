"""Notifications of a real watch, on the real ways out: tmux's message line, a webhook, a session bus, a program."""

import json
import signal

import pytest

from tests.support.oma_process import oma, running_oma
from tests.support.user_terminal import attach_user, until
from tests.support.webhook_receiver import webhook_receiver

pytestmark = [pytest.mark.tmux, pytest.mark.slow]

ASKS = r"""printf '\033[2J\033[HBash(rm -rf #{pid} #[bold] %%H)\n\nProceed?\n\342\235\257 1. Yes\n  2. No\n\nEsc to cancel\n'; exec cat"""
QUESTION = "oma-agent-a asks you: Proceed? · Bash(rm -rf #{pid} # [bold] %H) · 1. Yes · 2. No"


@pytest.fixture
def configured(tmp_path):
    """Write a configuration with these lines of [notify]; return what gives it to oma."""

    def write(*lines):
        path = tmp_path / "c.toml"
        path.write_text("\n".join(["[notify]", "settle = 0.2", *lines]))
        return ("--config", str(path))

    return write


@pytest.fixture
def places(tmp_path):
    """Where oma keeps what it keeps."""
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    return {"XDG_STATE_HOME": str(tmp_path / "state"), "XDG_RUNTIME_DIR": str(runtime)}


def start_agent(tmux):
    tmux.run("new-session", "-d", "-x", "100", "-y", "30", "-c", "/", "-s", "oma-agent-a", "cat")


def ask(tmux, command="rm"):
    tmux.run("respawn-window", "-k", "-t", "oma-agent-a:0", ASKS.replace("rm", command))


async def test_the_message_line_shows_what_is_asked_as_it_is(tmux, terminals, configured, places):
    tmux.run("new-session", "-d", "-s", "work", "cat")
    tmux.run("set-option", "-g", "display-time", "60000")
    start_agent(tmux)
    user = await attach_user(terminals, tmux, "work")

    async with running_oma("-S", tmux.socket_path, *configured(), "serve", **places) as service:
        await service.said(b"until interrupted")
        ask(tmux)
        await user.sees(QUESTION)

    log = await oma("notify", "log", **places)
    assert b"  tmux  sent  oma-agent-a asks you" in log.stdout


async def test_what_the_user_looks_at_is_not_told_and_one_restart_tells_nothing_twice(
    tmux, terminals, configured, places, tmp_path
):
    out = tmp_path / "out.jsonl"
    options = configured(
        'channels = ["command"]', f"command = {json.dumps(['sh', '-c', f'cat >>{out}'])}"
    )
    for name in ("seen", "unseen"):
        tmux.run("new-session", "-d", "-x", "100", "-y", "30", "-s", f"oma-agent-{name}", "cat")
    tmux.run("set-option", "-g", "focus-events", "on")
    await attach_user(terminals, tmux, "oma-agent-seen")
    command = ("-S", tmux.socket_path, *options, "notify")

    async with running_oma(*command, **places) as first:
        await first.said(b"until interrupted")
        for name in ("seen", "unseen"):
            tmux.run("respawn-window", "-k", "-t", f"oma-agent-{name}:0", ASKS)
        await until(lambda: out.exists() and out.read_text().endswith("\n"))
        second = await oma(*command, **places)
        assert b"another oma sends notifications" in second.stderr
        first.process.send_signal(signal.SIGKILL)
        await first.process.wait()

    async with running_oma(*command, **places) as again:
        await again.said(b"until interrupted")
        tmux.run("new-session", "-d", "-s", "oma-agent-late", ASKS)
        await until(lambda: out.read_text().count("\n") == 2)

    told = [json.loads(line)["agents"][0]["agent"] for line in out.read_text().splitlines()]
    assert told == ["oma-agent-unseen", "oma-agent-late"]


async def test_a_webhook_gets_one_request_for_each_wait(tmux, configured, places, tmp_path):
    pytest.importorskip("httpx", reason="the extra oma-tmux[notify] is not installed")
    start_agent(tmux)
    secret = tmp_path / "webhook"
    options = configured('channels = ["webhook"]', f'webhook_file = "{secret}"')
    async with webhook_receiver() as receiver:
        secret.write_text(f"{receiver.url}\ntoken-1\n")
        secret.chmod(0o600)
        async with running_oma("-S", tmux.socket_path, *options, "serve", **places) as service:
            await service.said(b"until interrupted")
            ask(tmux)
            await receiver.received(1)
            receiver.status = 500
            ask(tmux, "mv")
            told = await receiver.received(2)

        log = await until(lambda: (tmp_path / "state" / "oma" / "notify.jsonl").read_text())

    assert [each["agents"][0]["dialog"]["question"] for each in told] == ["Proceed?", "Proceed?"]
    assert b"authorization: bearer token-1" in receiver.requests[0][0].lower()
    assert "token-1" not in log
    assert str(receiver.url) not in log


@pytest.mark.parametrize("capabilities", [["body"], ["body", "body-markup"]])
async def test_a_notification_server_shows_what_is_asked(tmux, configured, places, capabilities):
    pytest.importorskip("jeepney", reason="the extra oma-tmux[notify] is not installed")
    from tests.support.notification_server import notification_server

    start_agent(tmux)
    options = configured('channels = ["desktop"]')
    async with notification_server(capabilities) as server:
        bus = {"DBUS_SESSION_BUS_ADDRESS": server.bus}
        async with running_oma(
            "-S", tmux.socket_path, *options, "serve", **places | bus
        ) as service:
            await service.said(b"until interrupted")
            ask(tmux, "<b>")
            ((title, body),) = await server.showed(1)

    assert title == "oma-agent-a asks you"
    subject = "&lt;b&gt;" if "body-markup" in capabilities else "<b>"
    assert body == f"Proceed?\nBash({subject} -rf #{{pid}} #[bold] %H)\n1. Yes · 2. No"
