"""Agents that are sampled: on a real server, with a budget that leaves no client to who works."""

import json

import pytest

from tests.support.oma_process import oma, running_oma
from tests.support.patience import look_until

pytestmark = [pytest.mark.tmux, pytest.mark.slow]

CONFIG = """
[limits]
tmux_latency_ms = 0
[health]
error_settle = 0.2
"""
WORKS = "for i in $(seq 100000); do echo line $i; sleep 0.1; read -t 0 && read go && break; done"
ASKS = r"printf 'Do you want to proceed? (y/n) '; cat"


@pytest.fixture
def config(tmp_path):
    config = tmp_path / "config.toml"
    config.write_text(CONFIG)
    return config


def sampled(recording):
    lines = recording.read_text().splitlines() if recording.exists() else []
    return [told for told in map(json.loads, lines[1:]) if told["type"] == "pane-sampled"]


async def test_a_sampled_agent_that_asks_is_told_and_replayed_and_followed_again(
    tmux, tmp_path, config
):
    recording = tmp_path / "f.jsonl"
    new = ("new-session", "-d", "-x", "80", "-y", "24", "-s")
    tmux.run(*new, "oma-agent-works", "bash", "-c", f"{WORKS}; {ASKS}")
    tmux.run(*new, "oma-agent-quiet", "cat")

    options = ("--json", "--record", recording, "--config", config)
    async with running_oma("-S", tmux.socket_path, "watch", *options) as watch:
        await watch.transition(agent="oma-agent-works")
        assert await look_until(lambda: len(sampled(recording)) == 1)
        clients = tmux.run("list-clients", "-F", "#{session_name} #{client_flags}").splitlines()
        assert [c for c in clients if "works" in c and "no-output" not in c] == []
        tmux.run("send-keys", "-t", "oma-agent-works", "go", "Enter")
        await watch.transition(agent="oma-agent-works", to="waiting")
        assert await look_until(lambda: len(sampled(recording)) == 2)
        tmux.run("send-keys", "-t", "oma-agent-works", "y", "Enter")
        await watch.transition(agent="oma-agent-works", to="ok")
        assert await watch.end() == 130

    began, ended = sampled(recording)
    assert (began["reason"], ended["reason"]) == ("to keep tmux fast: it works steadily", "")
    again = await oma("replay", recording, "--json")
    assert again.returncode == 0, again.stderr
    assert watch.lines == again.stdout.decode().splitlines()


def followed(tmux):
    flags = tmux.run("list-clients", "-F", "#{client_flags}").splitlines()
    return len([each for each in flags if "no-output" not in each])


async def test_of_many_agents_some_begin_sampled_and_have_their_clients_soon(tmux, tmp_path):
    config, recording = tmp_path / "config.toml", tmp_path / "f.jsonl"
    config.write_text("[limits]\ntmux_latency_ms = 1\n")  # room for 20 of 30 that may be at work
    new = ("new-session", "-d", "-x", "80", "-y", "24", "-s")
    names = [f"oma-agent-{number}" for number in range(30)]
    tmux.run(*(word for name in names for word in (*new, name, "cat", ";")))

    options = ("--json", "--record", recording, "--config", config)
    async with running_oma("-S", tmux.socket_path, "watch", *options) as watch:
        assert await look_until(lambda: followed(tmux) == 30)
        assert await watch.end() == 130

    # On a loaded machine tmux may be slow enough for more of them to be sampled for a while.
    told = [each["reason"] for each in sampled(recording)]
    many = "to keep tmux fast: there were many agents when it was found"
    assert told[:10] == [many] * 10
    assert told.count(many) == 10
    assert told.count("") >= 10
    again = await oma("replay", recording, "--json")
    assert watch.lines == again.stdout.decode().splitlines()


async def test_an_agent_whose_session_must_not_be_attached_to_is_sampled(tmux, tmp_path, config):
    recording = tmp_path / "f.jsonl"
    new = ("new-session", "-d", "-x", "80", "-y", "24", "-s")
    tmux.run(*new, "home", "cat")
    tmux.run(*new, "oma-agent-fragile", f"read go; {ASKS}")
    tmux.run(*new, "holder", f"TMUX= exec tmux -S {tmux.socket_path} attach -t oma-agent-fragile")
    assert await look_until(lambda: "oma-agent-fragile" in tmux.run("list-clients"))
    tmux.run("set-option", "-t", "oma-agent-fragile", "destroy-unattached", "on")

    options = ("--json", "--record", recording, "--config", config)
    async with running_oma("-S", tmux.socket_path, "watch", *options) as watch:
        await watch.transition(agent="oma-agent-fragile", reason="unwatched")
        tmux.run("send-keys", "-t", "oma-agent-fragile", "go", "Enter")
        await watch.transition(agent="oma-agent-fragile", to="waiting")
        assert await watch.end() == 130

    (told,) = sampled(recording)
    assert told["reason"].startswith("destroy-unattached")
    again = await oma("replay", recording, "--json")
    assert watch.lines == again.stdout.decode().splitlines()
