"""The list of worktrees: where each is, and what keeps it."""

from oma.git.worktree_list import ListedWorktree, parse_worktrees


def test_each_worktree_is_read():
    lines = [
        *("worktree /r", "HEAD abc", "branch refs/heads/main", ""),
        *("worktree /r w", "HEAD abc", "detached", "locked", ""),
        *("worktree /gone", "HEAD abc", "branch refs/heads/a/b", "locked on a stick", ""),
        *("worktree /lost", "HEAD abc", "branch refs/heads/c", "prunable gitdir file", ""),
        *("worktree /bare", "bare", ""),
    ]
    assert parse_worktrees("\0".join(lines).encode()) == (
        ListedWorktree("/r", "main"),
        ListedWorktree("/r w", locked=""),
        ListedWorktree("/gone", "a/b", locked="on a stick"),
        ListedWorktree("/lost", "c"),
        ListedWorktree("/bare", is_bare=True),
    )


def test_no_list_is_no_worktree():
    assert parse_worktrees(b"") == ()
