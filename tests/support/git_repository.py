"""A git repository for tests, with nothing of the user's configuration."""

import os
import subprocess
from pathlib import Path

import attrs

WHO = {
    "GIT_AUTHOR_NAME": "n",
    "GIT_AUTHOR_EMAIL": "n@example.org",
    "GIT_COMMITTER_NAME": "n",
    "GIT_COMMITTER_EMAIL": "n@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


@attrs.frozen
class GitRepository:
    """A repository with one commit of the file `kept` on `main`; `*.o` is ignored.

    Args:
        path: Of its main working tree, which is made.
    """

    path: Path

    @classmethod
    def make(cls, path: Path) -> "GitRepository":
        """Make one."""
        path.mkdir(parents=True)
        repository = cls(path)
        repository.git("init", "--quiet", "--initial-branch=main")
        (path / "kept").write_text("kept\n")
        (path / ".gitignore").write_text("*.o\nbuilt/\n")
        repository.commit()
        return repository

    def git(self, *words: str, at: Path | None = None, check: bool = True) -> str:
        """Run git in the main working tree, or `at` another one; return what it printed."""
        words = ("-c", "protocol.file.allow=always", "-c", "gc.auto=0", *words)
        done = subprocess.run(
            ["git", "-C", str(at or self.path), *words],
            env={name: value for name, value in os.environ.items() if name[:4] != "GIT_"} | WHO,
            capture_output=True,
            check=check,
        )
        return done.stdout.decode(errors="surrogateescape")

    def commit(self, *, at: Path | None = None) -> None:
        """Commit everything."""
        self.git("add", "--all", at=at)
        self.git("commit", "--quiet", "--allow-empty", "--message", "one", at=at)

    def add_worktree(self, name: str, *words: str) -> Path:
        """Add a worktree beside it, on a new branch of that name unless `words` say another thing."""
        path = self.path.parent / name
        self.git("worktree", "add", "--quiet", *(words or ("-b", name)), str(path))
        return path
