import pytest

from oma.detection.evidence import Evidence
from oma.detection.shells import ShellReturn, is_interactive, is_shell
from oma.model.health import Health


@pytest.mark.parametrize("command", ["bash", "-zsh", "fish", "sh"])
def test_shells_are_known_also_as_login_shells(command):
    assert is_shell(command)


@pytest.mark.parametrize("command", ["", "claude", "node", "bashful", "--bash"])
def test_other_commands_are_no_shells(command):
    assert not is_shell(command)


def looks(shell, *seen):
    for t, command in seen:
        shell.look(t, Evidence((), 0, 0, "", command), has_remains=False)


def alone(*argv, children=0):
    """Return what a shell claims below the messages of an agent that it never ran."""
    shell = ShellReturn("generic")
    shell.look(2.0, Evidence((), 0, 0, "", "bash", argv=argv, children=children), has_remains=True)
    return shell.claims(None)


def test_a_program_that_passes_by_is_no_agent():
    shell = ShellReturn("generic", 5.0)
    looks(shell, (1.0, "make"), (5.0, "bash"))
    assert shell.claims(None) == ()

    looks(shell, (7.0, "agent"), (12.0, "bash"))
    assert shell.claims(None)[0].since_s == 12.0


def test_a_shell_below_the_messages_of_an_agent_was_restored_without_it():
    (claim,) = alone("-bash")

    assert (claim.health, claim.reason, claim.since_s, claim.firm_s) == (
        Health.EXITED,
        "restored",
        2.0,
        5.0,
    )
    assert alone("/bin/bash", "--norc", "-i") == (claim,)


@pytest.mark.parametrize("argv", [(), ("bash", "agent.sh"), ("bash", "-c", "agent"), ("claude",)])
def test_a_shell_that_runs_something_may_be_the_agent(argv):
    assert alone(*argv) == ()
    assert alone("bash", children=1) == ()


def test_a_shell_after_the_agent_means_that_it_exited():
    shell = ShellReturn("claude")
    looks(shell, (1.0, "claude"), (5.0, "bash"), (6.0, ""), (7.0, "bash"))

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
    looks(shell, (1.0, "bash"))

    assert shell.claims(None) == ()


def test_an_agent_that_comes_back_is_not_exited():
    shell = ShellReturn("claude")
    looks(shell, (1.0, "claude"), (2.0, "bash"), (3.0, "claude"))

    assert shell.claims(None) == ()


@pytest.mark.parametrize(
    ("argv", "interactive"),
    [
        (("bash",), True),
        (("-zsh",), True),
        (("/bin/bash", "--norc", "-i"), True),
        (("bash", "agent.sh"), False),
        (("sh", "-c", "agent"), False),
        (("python3",), False),
        ((), False),
    ],
)
def test_a_shell_is_interactive_when_it_was_given_nothing_to_run(argv, interactive):
    assert is_interactive(argv) == interactive
