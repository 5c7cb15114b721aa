"""What would be lost: everything that is nowhere else, by its name."""

import pytest

from oma.git.unsaved import (
    IndexFacts,
    Unsaved,
    parse_commits,
    parse_index,
    parse_stashes,
    unnamed,
    unsaved,
    unsaved_lines,
)
from oma.git.working_tree_status import GitStatus


def test_a_clean_worktree_loses_nothing():
    assert unsaved(GitStatus(branch="fix", ahead=0, behind=2)) == ()


@pytest.mark.parametrize(
    ("status", "more", "found"),
    [
        (GitStatus(changed=("a",)), {}, Unsaved("uncommitted", ("a",))),
        (GitStatus(conflicts=("a",)), {}, Unsaved("in conflict", ("a",))),
        (GitStatus(untracked=("a",)), {}, Unsaved("untracked", ("a",))),
        (GitStatus(ignored=("a/",)), {}, Unsaved("ignored by git", ("a/",))),
        (GitStatus(), {"unwatched": ["a"]}, Unsaved("uncommitted", ("a",))),
        (GitStatus(), {"submodules": ["a"]}, Unsaved("in a submodule", ("a",))),
        (GitStatus(), {"stashes": ["stash@{0}"]}, Unsaved("stashed", ("stash@{0}",))),
        (GitStatus(), {"commits": ["abc a"]}, Unsaved("in no other branch", ("abc a",))),
        (GitStatus(), {"operations": ["a merge"]}, Unsaved("under way", ("a merge",))),
    ],
)
def test_each_kind_is_named(status, more, found):
    assert unsaved(status, **more) == (found,)


def test_a_copy_of_what_the_repository_has_is_not_lost():
    status = GitStatus(untracked=("link", "new"), ignored=(".env", "built/"))
    assert unsaved(status, ("link", ".env")) == (
        Unsaved("untracked", ("new",)),
        Unsaved("ignored by git", ("built/",)),
    )


def test_the_index_tells_of_files_whose_changes_show_nowhere_and_of_submodules():
    lines = ["H 100644 abc 0\ta", "h 100644 abc 0\tb", "S 100644 abc 0\tc", "H 160000 abc 0\td e"]
    assert parse_index("\0".join(lines).encode()) == IndexFacts(("b", "c"), ("d e",))


def test_stashes_are_those_of_the_branch():
    lines = [
        "stash@{0}\tWIP on fix: abc one",
        "stash@{1}\tOn fix: a name",
        "stash@{2}\tWIP on fix-2: abc one",
        "stash@{3}\tWIP on (no branch): abc one",
    ]
    output = "\0".join(lines).encode()
    assert [line[:9] for line in parse_stashes(output, "fix")] == ["stash@{0}", "stash@{1}"]
    assert [line[:9] for line in parse_stashes(output, "")] == ["stash@{3}"]


def test_commits_are_lines():
    assert parse_commits(b"abc one\0def two\0") == ("abc one", "def two")


def test_what_was_not_named_before_is_left():
    now = (Unsaved("untracked", ("a", "b")), Unsaved("stashed", ("a",)))
    assert unnamed(now, (Unsaved("untracked", ("a",)),)) == (
        Unsaved("untracked", ("b",)),
        Unsaved("stashed", ("a",)),
    )
    assert unnamed(now, now) == ()


def test_lines_are_fit_for_a_terminal_and_not_too_many():
    found = (Unsaved("untracked", tuple(f"\x1b{n}" for n in range(60))),)
    lines = unsaved_lines(found)
    assert lines[0] == "  untracked: ␛0"
    assert lines[50:] == ["  untracked: and 10 more"]
    assert len(unsaved_lines(found, most=None)) == 60
