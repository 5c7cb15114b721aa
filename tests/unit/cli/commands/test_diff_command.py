"""`oma diff`: git shows what an agent changed."""

from oma.cli.commands import diff_command
from oma.cli.commands.diff_command import DiffOptions, run
from tests.unit.cli.parsing import parsed
from tests.unit.tui.fleets import agent


def test_its_words_become_options():
    assert parsed("diff", "a", "--", "--stat", "x") == DiffOptions(
        agent="a", command=("--stat", "x")
    )


def test_the_working_tree_of_the_agent_is_shown(monkeypatch):
    shown = []

    async def find_agent(context, name):
        return agent(1, name=name)

    async def agent_directory(server, pane):
        return f"/of/{pane}"

    async def find_worktree(directory):
        return directory

    async def show_diff(worktree, words):
        shown.append((worktree, words))
        return 5

    for function in (find_agent, agent_directory, find_worktree, show_diff):
        monkeypatch.setattr(diff_command, function.__name__, function)
    assert run(DiffOptions(agent="a", command=("--stat",))) == 5
    assert shown == [("/of/%1", ("--stat",))]
