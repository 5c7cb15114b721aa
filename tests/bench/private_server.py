"""A tmux server for one measurement; it is gone afterwards, also after SIGTERM."""

import os
import signal
import statistics
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path


class PrivateServer:
    """What a script needs of the server: its socket, its directory, its commands."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.socket = self.folder / "s"
        self.environ = as_installed(self.folder)

    def tmux(self, *arguments):
        """Run one command and return what it prints."""
        argv = ["tmux", "-f", "/dev/null", "-S", str(self.socket), *arguments]
        return subprocess.run(
            argv, check=True, capture_output=True, text=True, env=self.environ
        ).stdout

    def pid(self):
        return int(self.tmux("list-sessions", "-F", "#{pid}").split()[0])

    @contextmanager
    def oma(self, *arguments, **options):
        """Run `oma` on this server until the block ends."""
        argv = [sys.executable, "-m", "oma", "-S", str(self.socket), *map(str, arguments)]
        process = subprocess.Popen(argv, env=self.environ, **options)
        try:
            yield process
        finally:
            process.send_signal(signal.SIGCONT)
            process.terminate()
            process.wait()

    def end(self):
        argv = ["tmux", "-S", str(self.socket), "kill-server"]
        subprocess.run(argv, check=False, env=self.environ, capture_output=True)


def as_installed(folder):
    """Return the environment of `oma` as a user runs it: outside of tmux, with its byte code.

    Where none is kept, some 35 ms of every start are the compiler's. It lies below `folder`.
    """
    unwanted = ("TMUX", "PYTHONDONTWRITEBYTECODE")
    environ = {k: v for k, v in os.environ.items() if not k.startswith(unwanted)}
    return environ | {"PYTHONPYCACHEPREFIX": str(Path(folder, "byte-code"))}


@contextmanager
def private_server():
    """Give a server that starts with its first session."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(prefix="oma-bench-") as folder:
        server = PrivateServer(folder)
        try:
            yield server
        finally:
            server.end()


def spread(values, unit):
    """Return the figures as one line."""
    ordered = sorted(values)
    return (
        f"min {ordered[0]:.1f}  median {statistics.median(ordered):.1f}  "
        f"max {ordered[-1]:.1f} {unit} of {len(ordered)}"
    )
