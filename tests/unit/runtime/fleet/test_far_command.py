"""One command elsewhere."""

from oma.runtime.fleet import far_command
from oma.runtime.fleet.far_command import FarAnswer, run_far


async def test_what_it_says_comes_back_and_it_gets_the_text(ssh):
    ssh.host("box", 'cat; echo " for $1"')

    answer = await run_far("box", "oma", ["send", "%5", "-"], "hello")

    assert answer == FarAnswer(b"hello for exec oma send %5 -\n")


async def test_a_failure_is_said_in_words(ssh):
    ssh.host("box", 'echo "oma: no agent x" >&2; exit 1')

    assert await run_far("box", "oma", ["stop", "x"]) == FarAnswer(words="no agent x")
    assert "No route to host" in (await run_far("nowhere", "oma", ["stop", "x"])).words


async def test_a_host_that_does_not_answer_is_not_waited_for(ssh, monkeypatch):
    monkeypatch.setattr(far_command, "PATIENCE_S", 0.01)
    ssh.host("box", "exec sleep 1000")

    assert await run_far("box", "oma", ["status"]) == FarAnswer(words="no answer within 0 seconds")


async def test_without_ssh_that_is_said(monkeypatch):
    monkeypatch.setenv("PATH", "/nonexistent")

    answer = await run_far("box", "oma", ["status"])

    assert answer == FarAnswer(words="cannot run ssh: No such file or directory")
