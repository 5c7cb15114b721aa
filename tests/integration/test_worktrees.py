"""An agent in a worktree of its own, from its start to the branch that is merged."""

import pytest

from tests.support.git_repository import WHO, GitRepository
from tests.support.oma_process import oma

pytestmark = [pytest.mark.tmux, pytest.mark.slow]


@pytest.fixture
def repository(tmp_path):
    """Give a repository."""
    return GitRepository.make(tmp_path / "app")


@pytest.fixture
def ask(tmux, tmp_path_factory, repository):
    """Give a function that runs one command line of oma on the private server."""
    runtime = tmp_path_factory.mktemp("r")

    async def ask(*arguments, answered=""):
        wrapped = ("sh", "-c", 'echo "$0" | "$@"', answered) if answered else ()
        words = ("-S", tmux.socket_path, *arguments)
        done = await oma(*words, wrapped_in=wrapped, XDG_RUNTIME_DIR=runtime, **WHO)
        return done.returncode, (done.stdout + done.stderr).decode().strip()

    return ask


async def test_work_that_is_merged_is_removed_and_other_work_is_not(ask, repository, tmux):
    path = repository.path.parent / "app-worktrees" / "fix"
    start = ("new", "fix", "--worktree", "--cwd", str(repository.path), "--", "sleep", "1000")
    assert await ask(*start) == (0, f"oma-agent-fix\noma: made branch fix in {path}")
    assert tmux.run("list-panes", "-a", "-F", "#{pane_current_path}") == f"{path}\n"

    (path / "new").write_text("new\n")
    status, said = await ask("rm", "fix")
    assert status == 1
    assert "untracked: new\noma: nothing was removed: 1 thing would be lost" in said
    assert "+new" in (await ask("diff", "fix"))[1]

    repository.commit(at=path)
    status, said = await ask("rm", "fix")
    assert "in no other branch: " in said

    repository.git("merge", "--quiet", "fix")
    _, said = await ask("rm", "fix")
    assert said == f"oma-agent-fix has ended; removed worktree {path} and branch fix"
    assert not path.exists()
    assert (repository.path / "new").exists()


async def test_an_agent_that_has_ended_by_itself_is_removed_and_two_in_one_worktree_are_not(
    ask, repository
):
    place = ("--worktree", "fix", "--cwd", str(repository.path))
    await ask("new", "a", *place, "--", "sleep", "1000")
    await ask("new", "b", *place, "--", "sleep", "1000")
    status, said = await ask("rm", "a")
    assert (status, "oma-agent-b works in" in said) == (1, True)
    assert await ask("rm", "a", "--keep") == (
        0,
        "oma-agent-a has ended; nothing was removed",
    )
    assert "removed worktree" in (await ask("rm", "b"))[1]
    await ask("new", "c", *place, "--", "true")
    assert "has ended already; removed worktree" in (await ask("rm", "c"))[1]


FLEET = """
[[agent]]
name = "a"
command = "sleep 1001"
group = "day"
[[agent]]
name = "b"
command = "sleep 1002"
directory = "app"
worktree = true
base = "main"
[[agent]]
name = "c"
command = "sleep 1003"
"""

CHANGED = """
[[agent]]
name = "a"
command = "sleep 1001"
group = "night"
[[agent]]
name = "c"
command = "sleep 2003"
directory = "app"
worktree = "feature/c"
"""


async def test_a_fleet_is_brought_to_what_its_file_says_and_no_work_is_lost(
    ask, repository, tmux, tmp_path
):
    file, worktrees = tmp_path / "fleet.toml", tmp_path / "app-worktrees"
    file.write_text(FLEET)
    assert (await ask("up", file))[0] == 0
    (worktrees / "b" / "new").write_text("new\n")
    file.write_text(CHANGED)
    status, said = await ask("up", file, "--restart", "--prune", answered="y")
    assert status == 1
    assert "untracked: new\noma: oma-agent-b: nothing was removed" in said
    facts = "#{session_name} #{@oma_group} #{pane_current_path} #{pane_start_command}"
    assert tmux.run("list-panes", "-a", "-F", facts).splitlines() == [
        f'oma-agent-a night {tmp_path} "sleep 1001"',
        f'oma-agent-b  {worktrees / "b"} "sleep 1002"',
        f'oma-agent-c  {worktrees / "feature-c"} "sleep 2003"',
    ]
    assert (worktrees / "b" / "new").exists()
