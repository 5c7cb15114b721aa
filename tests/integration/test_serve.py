"""`oma serve`: one process that watches a server, and what others see of it."""

import signal

import pytest

from tests.support.oma_process import oma, running_oma

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
        assert await service.end(signal.SIGTERM) == 128 + signal.SIGTERM

    assert agent.run("list-clients") == ""
