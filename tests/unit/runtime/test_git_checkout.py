"""Repositories and branches, read from git's own files."""

import os
import shutil
import subprocess

import pytest

from oma.runtime.git_checkout import LONGEST_BRANCH, find_checkout, read_branch

COMMIT = ("commit", "-q", "--allow-empty", "-m", "first")


def repository(directory, branch="main"):
    (directory / ".git").mkdir(parents=True)
    (directory / ".git" / "HEAD").write_text(f"ref: refs/heads/{branch}\n")
    return directory


def worktree(directory, of, branch, common="../.."):
    kept = of / "worktrees" / directory.name
    kept.mkdir(parents=True)
    directory.mkdir(parents=True)
    (directory / ".git").write_text(f"gitdir: {kept}\n")
    (kept / "commondir").write_text(f"{common}\n")
    (kept / "HEAD").write_text(f"ref: refs/heads/{branch}\n")
    return directory


def told(directory):
    checkout = find_checkout(str(directory))
    return checkout.project, read_branch(checkout)


def test_a_directory_is_in_the_nearest_repository_above_it(tmp_path):
    outer = repository(tmp_path / "app")
    inner = repository(outer / "vendor" / "lib", "fix/login")
    (outer / "src").mkdir()

    assert told(outer) == told(outer / "src") == (str(outer), "main")
    assert told(inner) == (str(inner), "fix/login")
    assert told(tmp_path) == ("", "")


def test_a_worktree_belongs_to_the_repository_that_it_was_added_to(tmp_path):
    app = repository(tmp_path / "app")
    fix = worktree(tmp_path / "app-fix", app / ".git", "fix")
    bare = worktree(tmp_path / "lib", tmp_path / "lib.git", "main")

    assert told(fix) == (str(app), "fix")
    assert told(bare) == (str(tmp_path / "lib.git"), "main")


def test_a_submodule_is_a_repository_of_its_own(tmp_path):
    app = repository(tmp_path / "app")
    kept = app / ".git" / "modules" / "lib"
    kept.mkdir(parents=True)
    (kept / "HEAD").write_text("ref: refs/heads/next\n")
    (app / "lib").mkdir()
    (app / "lib" / ".git").write_text("gitdir: ../.git/modules/lib\n")

    assert told(app / "lib") == (str(app / "lib"), "next")


@pytest.mark.parametrize(
    "head",
    [
        "",
        "f" * 40 + "\n",
        "ref: refs/heads/.invalid\n",
        f"ref: refs/heads/{'x' * LONGEST_BRANCH}x\n",
    ],
)
def test_where_no_branch_is_told_there_is_none(tmp_path, head):
    app = repository(tmp_path / "app")
    (app / ".git" / "HEAD").write_text(head)

    assert told(app) == (str(app), "")


def test_a_hostile_branch_is_made_printable(tmp_path):
    app = repository(tmp_path / "app", "x\x1b[2J\ty")

    assert told(app)[1] == "x␛[2J␉y"


@pytest.mark.parametrize(
    "content",
    [b"", b"gitdir: /dev", b"gitdir: \x00\n", b"\xff" * 9000, b"gitdir: nowhere\n", b"gitdir: \n"],
)
def test_a_file_that_points_to_no_repository_is_none(tmp_path, content):
    (tmp_path / ".git").write_bytes(content)

    assert told(tmp_path) == ("", "")


def test_a_pipe_is_not_waited_for_and_a_loop_has_an_end(tmp_path):
    os.mkfifo(tmp_path / ".git")
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    app = repository(tmp_path / "app")
    (app / ".git" / "HEAD").unlink()
    os.mkfifo(app / ".git" / "HEAD")

    assert [told(each) for each in (tmp_path, loop, app)] == [("", "")] * 3


@pytest.mark.parametrize("directory", ["", "src", "/a\x00b", "/" + "x/" * 3000, "/\ud800"])
def test_what_is_no_directory_is_in_no_repository(directory):
    assert told(directory) == ("", "")


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_what_git_itself_makes_is_read(tmp_path):
    app, fix = tmp_path / "app", tmp_path / "fix"
    who = {"GIT_CONFIG_GLOBAL": "/dev/null", "HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    for words in (
        ("init", "-q", str(app)),
        ("-C", str(app), "checkout", "-q", "-b", "trunk"),
        ("-C", str(app), *["-c", "user.name=k", "-c", "user.email=k@x.org"], *COMMIT),
        ("-C", str(app), "worktree", "add", "-q", "-b", "fix/it", str(fix)),
    ):
        subprocess.run(["git", *words], check=True, env=who)

    assert told(app) == (str(app), "trunk")
    assert told(fix) == (str(app), "fix/it")
