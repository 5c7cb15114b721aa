"""`oma serve`: one process that watches a server, and what others see of it."""

import re
import signal
from functools import partial
from urllib.request import urlopen

import pytest
import trio

from tests.support.oma_process import oma, running_oma
from tests.support.patience import PATIENCE_S, look_until

pytestmark = pytest.mark.tmux


@pytest.fixture
def agent(tmux):
    tmux.run("new-session", "-d", "-s", "oma-agent-a", "cat")
    return tmux


async def test_a_second_service_of_a_tmux_server_is_refused(agent):
    async with running_oma("-S", agent.socket_path, "serve") as service:
        await service.said(b"until interrupted")

        second = await oma("-S", agent.socket_path, "serve")

        assert second.returncode == 1
        assert b"oma: 'oma serve' runs already" in second.stderr
        # It says that it watches a moment before it does, and minds signals.
        assert await look_until(lambda: agent.run("list-clients"))
        assert await service.end(signal.SIGTERM) == 128 + signal.SIGTERM

    assert await look_until(lambda: agent.run("list-clients") == "")


@pytest.mark.slow
async def test_prometheus_is_answered_beside_the_watch(agent):
    async with running_oma("-S", agent.socket_path, "serve", "--metrics", "0") as service:
        await service.said(b"metrics at ")
        url = re.search(r"metrics at (\S+)", service.errors.decode()).group(1)

        found = []
        with trio.fail_after(PATIENCE_S):
            while not found:  # the first look is taken meanwhile
                found = await trio.to_thread.run_sync(partial(_state_of_agent, url))
        assert found == ["ok"]
        assert await service.end(signal.SIGTERM) == 128 + signal.SIGTERM


def _state_of_agent(url):
    with urlopen(url) as answer:
        text = answer.read().decode()
    lines = (line for line in text.splitlines() if line.startswith("oma_agent_state_seconds{"))
    return [re.search('state="([a-z]+)"', line).group(1) for line in lines]
