"""git is run by arguments, in the directory that is meant, and runs nothing of the repository's."""

import pytest

from oma.errors import OmaError
from oma.runtime.git.git_process import (
    NoGitError,
    ask_git,
    change_git,
    git_location,
    git_variables,
    read_git,
)


async def test_what_git_says_is_returned(repository):
    assert await read_git(repository.path, "ls-files", "-z") == b".gitignore\0kept\0"


async def test_a_refusal_is_in_gits_own_words(repository):
    answer = await ask_git(repository.path, "rev-parse", "--verify", "nothing")
    assert answer.status == 128
    with pytest.raises(OmaError, match=r"git rev-parse: fatal: "):
        await read_git(repository.path, "rev-parse", "--verify", "nothing")
    with pytest.raises(OmaError, match="git refused to do it: fatal: "):
        await change_git(repository.path, "switch", "nothing", doing="to do it")


async def test_a_look_runs_neither_a_file_watcher_nor_hooks(repository, tmp_path):
    ran = tmp_path / "ran"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {ran}\n")
    program.chmod(0o755)
    repository.git("config", "core.fsmonitor", str(program))
    repository.git("config", "core.hooksPath", str(tmp_path))

    await read_git(repository.path, "status", "--porcelain=v2")
    assert not ran.exists()


async def test_variables_do_not_send_git_elsewhere(repository, tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_DIR", str(tmp_path))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    assert b"kept" in await read_git(repository.path, "ls-files")


def test_the_users_tools_stay():
    environ = {"GIT_DIR": "/d", "GIT_PAGER": "delta", "HOME": "/h", "LC_ALL": "de_DE.UTF-8"}
    kept = {"GIT_PAGER": "delta", "HOME": "/h", "GIT_OPTIONAL_LOCKS": "0"}
    assert git_location(environ) == kept | {"LC_ALL": "de_DE.UTF-8"}
    assert git_variables(environ) == kept | {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


async def test_without_git_it_is_said(repository, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoGitError, match="everything else works without"):
        await ask_git(repository.path, "status")


async def test_a_directory_that_is_not_there_is_named(tmp_path):
    with pytest.raises(OmaError, match="gone: no such directory"):
        await ask_git(tmp_path / "gone", "status")


async def test_a_git_that_hangs_is_given_up(repository):
    with pytest.raises(OmaError, match="takes too long"):
        await ask_git(repository.path, "hash-object", "--stdin", patience_s=0)
