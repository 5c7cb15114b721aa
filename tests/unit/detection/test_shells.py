import pytest

from oma.detection.shells import ShellReturn, is_shell
from oma.model.health import Health


@pytest.mark.parametrize("command", ["bash", "-zsh", "fish", "sh"])
def test_shells_are_known_also_as_login_shells(command):
    assert is_shell(command)


@pytest.mark.parametrize("command", ["", "claude", "node", "bashful", "--bash"])
def test_other_commands_are_no_shells(command):
    assert not is_shell(command)


def test_a_shell_after_the_agent_means_that_it_exited():
    shell = ShellReturn("claude")
    shell.look(1.0, "claude")
    shell.look(5.0, "bash")
    shell.look(6.0, "")
    shell.look(7.0, "bash")

    (claim,) = shell.claims(None)

    assert (claim.health, claim.reason, claim.rule) == (
        Health.EXITED,
        "shell-back",
        "claude/shell_back",
    )
    assert (claim.since_s, claim.firm_s) == (5.0, 5.3)
    assert claim.evidence == "bash is in the foreground"
    assert shell.claims("Resume this session with:")[0].evidence == "Resume this session with:"


def test_a_shell_before_the_agent_means_nothing():
    shell = ShellReturn("claude")
    shell.look(1.0, "bash")

    assert shell.claims(None) == ()


def test_an_agent_that_comes_back_is_not_exited():
    shell = ShellReturn("claude")
    for t, command in enumerate(["claude", "bash", "claude"]):
        shell.look(t, command)

    assert shell.claims(None) == ()
