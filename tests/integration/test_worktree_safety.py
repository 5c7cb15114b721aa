"""Whatever is done to worktrees, nothing that an agent wrote is lost unless it was named."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
import trio
from hypothesis import given, settings
from hypothesis import strategies as st

from oma.errors import OmaError
from oma.runtime.git.worktree import find_worktree, real_path
from oma.runtime.git.worktree_making import WorktreeMaker, WorktreePlan
from oma.runtime.git.worktree_removal import plan_removal, remove_worktree
from tests.support.git_repository import WHO, GitRepository

MAKER = WorktreeMaker("{repository}-{branch}", (".env",), ("cache",))
FILES = ("kept", "new", "a.o", "built/deep", "nested/.gitmark", "sub dir/\x1b", ".env")
AGENT_ACTS = (
    *("write", "stage", "commit", "stash", "detach", "switch", "overlook", "amend"),
    *("nest", "submodule", "conflict", "share", "unlink"),
    *("skip", "intend", "orphan", "rebase", "rename", "exclude", "drop", "link"),
)
OTHERS_ACTS = ("lock", "unlock", "vanish", "advance")

acts = st.tuples(
    st.sampled_from(("write", "commit", "write", "commit", *AGENT_ACTS, *OTHERS_ACTS)),
    st.sampled_from(FILES),
)
rounds = st.lists(
    st.tuples(
        st.sampled_from(("fix", "other")),
        st.lists(acts, min_size=1, max_size=4),
        st.sampled_from(("remove", "force", "remove", "new")),
        st.lists(acts, max_size=2),
    ),
    min_size=1,
    max_size=4,
)


class Play:
    """A repository with its worktrees, and everything that is kept of what was written."""

    def __init__(self, folder):
        self.repository = GitRepository.make(folder / "app")
        (self.repository.path / ".env").write_text("secret\n")
        (self.repository.path / "cache").mkdir()
        self.number = 0

    def path(self, name):
        return self.repository.path.parent / f"app-{name}"

    def git(self, path, *words):
        return self.repository.git(*words, at=path, check=False)

    def act(self, what, name, file):  # noqa: C901  # a table of acts
        path, git = self.path(name), self.git
        self.number += 1
        if what in OTHERS_ACTS or not (path / ".git").exists():
            self.others(what, name)
            return
        if what == "write":
            place = path / file
            if not place.is_symlink():
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(f"text {self.number}\n")
        elif what == "stage":
            git(path, "add", "--all")
        elif what == "commit":
            git(path, "add", "--all")
            git(path, "commit", "--quiet", "--message", f"commit {self.number}")
        elif what == "stash":
            git(path, "stash", "--include-untracked")
        elif what == "detach":
            git(path, "switch", "--quiet", "--detach")
        elif what == "switch":
            git(path, "switch", "--quiet", "--create", f"by-{name}-{self.number}")
        elif what == "overlook":
            git(path, "update-index", "--assume-unchanged", "kept")
        elif what == "amend":
            git(path, "commit", "--quiet", "--amend", "--message", f"amended {self.number}")
        elif what == "nest":
            (path / "inner").mkdir(exist_ok=True)
            git(path / "inner", "init", "--quiet")
            (path / "inner" / "file").write_text(f"inner {self.number}\n")
        elif what == "submodule":
            git(path, "submodule", "--quiet", "add", str(self.repository.path), "module")
            if (path / "module" / ".git").exists():
                (path / "module" / "kept").write_text(f"module {self.number}\n")
                self.repository.commit(at=path / "module")
        elif what == "conflict":
            git(path, "merge", "--quiet", "main")
        elif what == "share":
            git(path, "branch", f"shared-{self.number}")
        elif what == "unlink":
            (path / "kept").unlink(missing_ok=True)
        elif what == "skip":
            git(path, "update-index", "--skip-worktree", "kept")
        elif what == "intend":
            git(path, "add", "--intent-to-add", "new")
        elif what == "orphan":
            git(path, "switch", "--quiet", "--orphan", f"orphan-{self.number}")
        elif what == "rebase":
            git(path, "rebase", "--quiet", "main")
        elif what == "rename":
            git(path, "branch", "--move", f"renamed-{self.number}")
        elif what == "exclude":
            (self.repository.path / ".git" / "info" / "exclude").write_text("new\nnested/\n")
        elif what == "drop":
            git(path, "switch", "--quiet", "--detach")
            git(path, "branch", "--delete", "--force", name)
        elif what == "link" and not (path / "built").exists():
            (path / "built").symlink_to(self.repository.path / "cache")

    def others(self, what, name):
        path = self.path(name)
        if what == "lock":
            self.git(None, "worktree", "lock", str(path))
        elif what == "unlock":
            self.git(None, "worktree", "unlock", str(path))
        elif what == "vanish":
            shutil.rmtree(path, ignore_errors=True)
        elif what == "advance":
            (self.repository.path / "kept").write_text(f"main {self.number}\n")
            self.repository.commit()

    def kept(self):
        """Return every content that is in a directory, on a branch or in a stash."""
        found = set()
        for path in (self.repository.path, self.path("fix"), self.path("other")):
            found |= contents(path)
        refs = ["--branches"]
        if self.git(None, "rev-parse", "--verify", "--quiet", "refs/stash"):
            refs += [f"stash@{{{n}}}" for n in range(self.git(None, "stash", "list").count("\n"))]
        return found | self.blobs(self.repository.path, *refs)

    def worktree_commits(self, name):
        """Return every content in what a worktree has checked out."""
        path = self.path(name)
        if not (path / ".git").exists():
            return set()
        return self.blobs(path, "HEAD")

    def blobs(self, path, *refs):
        listed = self.git(path, "rev-list", "--objects", *refs).split("\n")
        names = "\n".join(line.partition(" ")[0] for line in listed if line)
        batch = subprocess.run(
            ["git", "-C", str(path), "cat-file", "--batch"],
            input=names.encode(),
            capture_output=True,
            check=True,
        ).stdout
        found, at = set(), 0
        while at < len(batch):
            header, _, _ = batch[at:].partition(b"\n")
            _, kind, size = header.split()
            begin = at + len(header) + 1
            if kind == b"blob":
                found.add(batch[begin : begin + int(size)])
            at = begin + int(size) + 1
        return found


def contents(directory):
    found = set()
    for folder, names, files in os.walk(directory):
        names[:] = [name for name in names if name != ".git"]
        for file in files:
            place = Path(folder, file)
            if file != ".git" and not place.is_symlink():
                found.add(place.read_bytes())
    return found


def named_contents(play, name, found):
    """Return the contents that are meant by what was named of a worktree."""
    path, meant = play.path(name), set()
    for each in found:
        for what in each.names:
            place = path / what
            if each.kind == "in no other branch":
                # Commits are those of the repository; the directory may have vanished.
                meant |= play.blobs(play.repository.path, what.split()[0])
            elif each.kind != "stashed" and place.is_dir():
                meant |= contents(place)
            elif each.kind != "stashed" and place.is_file():
                meant.add(place.read_bytes())
            if each.kind in {"uncommitted", "in conflict"}:
                staged = play.git(path, "show", f":{what}")
                meant.add(staged.encode(errors="surrogateescape"))
    return meant


async def ours(play, what, name, late=()):
    """Do one of our acts; check that it lost nothing.

    Args:
        play: Where.
        what: `new`, `remove`, or `force`, by which all that is named is agreed to.
        name: Of the worktree.
        late: What another agent that works there does when it was looked at, and what would be lost was named.
    """
    path = play.path(name)
    before, meant = play.kept() | play.worktree_commits(name), set()
    try:
        if what == "new":
            await MAKER.make(WorktreePlan(play.repository.path, name, name))
        else:
            plan = await plan_removal(path)
            assert plan.worktree == await find_worktree(path)
            named = plan.look.unsaved if what == "force" else ()
            for act, file in late:
                play.act(act, name, file)
            before = play.kept() | play.worktree_commits(name)
            meant = named_contents(play, name, named)
            await remove_worktree(path, named)
            assert not path.exists()
    except OmaError:
        meant = set()
    left = play.kept() | play.worktree_commits(name)
    assert before <= left | meant, (what, name)


@pytest.mark.slow
@settings(max_examples=6)
@given(rounds=rounds)
def test_every_blob_is_in_a_directory_on_a_branch_or_was_named(rounds):
    async def play_all():
        with tempfile.TemporaryDirectory() as folder:
            play = Play(real_path(folder))
            for name, acts, what, late in rounds:
                await ours(play, "new", name)
                for act, file in acts:
                    play.act(act, name, file)
                await ours(play, what, name, late)

    with pytest.MonkeyPatch.context() as patched:
        for variable, value in WHO.items():
            patched.setenv(variable, value)
        trio.run(play_all)
