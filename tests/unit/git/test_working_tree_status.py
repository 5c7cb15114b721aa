"""What git's status says: every kind of line, and any path."""

import pytest

from oma.git.working_tree_status import GitStatus, parse_status

HASHES = "a" * 40 + " " + "b" * 40


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        ([], GitStatus()),
        (["# branch.oid (initial)", "# branch.head main"], GitStatus(branch="main")),
        (["# branch.head (detached)"], GitStatus()),
        (["# branch.head a", "# branch.ab +3 -2"], GitStatus(branch="a", ahead=3, behind=2)),
        (["# branch.ab +x -99999999999"], GitStatus()),
        ([f"1 .M N... 100644 100644 100644 {HASHES} a file"], GitStatus(changed=("a file",))),
        (
            [f"2 R. N... 100644 100644 100644 {HASHES} R100 new name", "old name", "? b"],
            GitStatus(changed=("new name",), untracked=("b",)),
        ),
        (
            [f"u UU N... 100644 100644 100644 100644 {HASHES} {'c' * 40} both"],
            GitStatus(conflicts=("both",)),
        ),
        (["? new\nline", "! built/"], GitStatus(untracked=("new\nline",), ignored=("built/",))),
        (["# stash 2", "x what"], GitStatus()),
    ],
)
def test_each_line_is_read(lines, status):
    assert parse_status("".join(f"{line}\0" for line in lines).encode()) == status


def test_a_path_that_is_no_text_is_kept():
    assert parse_status(b"? \xff\0").untracked == ("\udcff",)


def test_what_is_dirty_is_what_is_not_committed():
    status = GitStatus(changed=("a",), conflicts=("b",), untracked=("c",), ignored=("d",))
    assert status.dirty == 3
