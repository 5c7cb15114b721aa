"""Where the command lines of the documents are run: a home, a repository, agents, two hosts, and a tmux server."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs

from tests.support.documents import ROOT
from tests.support.git_repository import WHO, GitRepository
from tests.support.oma_relay import OmaRelay
from tests.support.private_tmux import TMUX, PrivateTmux

AGENT = """\
#!/bin/bash
mkdir -p ~/.claude/sessions ~/.claude/projects/a
printf '{{"pid": %d, "sessionId": "{conversation}", "startedAt": %(%s)T000}}' $$ -1 >~/.claude/sessions/$$.json
echo '{{}}' >~/.claude/projects/a/{conversation}.jsonl
exec -a "${{0##*/}}" {python} -IS {program} ~/.got $(<~/.asks)
"""
"""An agent that keeps a conversation as claude does, and asks if `~/.asks` says so."""

SSH = """\
#!/bin/sh
while :; do
    case $1 in -o) shift 2 ;; -*) shift ;; *) break ;; esac
done
shift
unset TMUX TMUX_PANE
exec sh -c "$*"
"""
"""An ssh whose hosts are all this machine."""

CONVERSATION = "0b5d1c8e-7d0f-4a55-9a3c-1f2e3d4c5b6a"
AGENTS = ("claude", "codex", "my-agent", "docker")
SLEEPERS = ("pytest", "tail")
"""Stand-ins for programs that would run in a pane of their own."""


@attrs.frozen
class SandboxTmux(PrivateTmux):
    """The server of the sandbox; what is started in it finds the programs there."""

    of_programs: dict[str, str]

    @property
    def environment(self) -> dict[str, str]:
        return self.of_programs


@attrs.define
class DocumentSandbox:
    """The home of a user who reads the documents.

    Args:
        tmux: Their server, the one that `tmux` means there.
        relay: Their `oma`.
        home: Their home, with a repository `app`, where the lines run.
        environment: Of a program outside of tmux.
    """

    tmux: SandboxTmux
    relay: OmaRelay
    home: Path
    environment: dict[str, str]
    _files: dict[Path, bytes] = attrs.Factory(dict)
    _in_pane: dict[str, str] = attrs.Factory(dict)

    @property
    def folder(self) -> Path:
        return self.home / "app"

    def keep(self, path: Path, data: bytes) -> None:
        """Have a file there, before every line as it is now."""
        self._files[path] = data

    def tidy(self) -> None:
        """Make the files as they were before any line was run; those that a line added stay."""
        for path, data in self._files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    @property
    def in_pane(self) -> dict[str, str]:
        """The environment of a program in the pane %0."""
        if not self._in_pane:
            pid = self.tmux.run("display-message", "-p", "#{pid}").strip()
            self._in_pane |= self.environment
            self._in_pane |= {"TMUX": f"{self.tmux.socket_path},{pid},0", "TMUX_PANE": "%0"}
        return self._in_pane


@contextmanager
def document_sandbox() -> Iterator[DocumentSandbox]:
    """Make one; nothing of it is left afterwards, but what was started by its relay."""
    place = Path(tempfile.mkdtemp(prefix="oma", dir="/tmp"))
    socket = place / f"tmux-{os.getuid()}"
    socket.mkdir(mode=0o700)
    programs = place / "bin"
    programs.mkdir()
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("TMUX", "OMA", "XDG"))}
    environment = kept | WHO | {"LC_ALL": "C.UTF-8", "SHELL": "/bin/sh", "TERM": "xterm-256color"}
    environment |= {"HOME": str(place / "home"), "TMUX_TMPDIR": str(place)}
    environment |= {"PATH": f"{programs}:{os.environ['PATH']}", "BROWSER": "true"}
    tmux = SandboxTmux(str(socket / "default"), environment)
    sandbox = DocumentSandbox(tmux, OmaRelay(programs), place / "home", environment)
    try:
        _write_programs(programs)
        _write_home(sandbox)
        yield sandbox
    finally:
        tmux.end()
        shutil.rmtree(place, ignore_errors=True)


def _write_programs(folder: Path) -> None:
    agent = AGENT.format(
        conversation=CONVERSATION,
        python=sys.executable,
        program=ROOT / "tests" / "support" / "prompt_agent.py",
    )
    texts = dict.fromkeys(AGENTS, agent) | {"ssh": SSH}
    texts |= dict.fromkeys(SLEEPERS, "#!/bin/sh\nexec sleep 1000\n")
    for name, text in texts.items():
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    if Path(TMUX).name != "tmux":
        (folder / "tmux").symlink_to(TMUX)


def _write_home(sandbox: DocumentSandbox) -> None:
    repository = GitRepository.make(sandbox.folder)
    repository.git("tag", "v1.2")
    repository.git("branch", "feature/login")
    (sandbox.home / "src").mkdir()
    (sandbox.home / "src" / "app").symlink_to(sandbox.folder)
    (sandbox.home / ".asks").touch()
