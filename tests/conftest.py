"""Fixtures that every room may use."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import attrs
import pytest


def _environment():
    """Return ours without what ties a program to the tmux that it was started in."""
    environment = {name: value for name, value in os.environ.items() if "TMUX" not in name}
    return environment | {"LC_ALL": "C.UTF-8", "SHELL": "/bin/sh", "TERM": "xterm-256color"}


@attrs.frozen
class PrivateTmux:
    """A tmux server of its own; it starts with the first session."""

    socket_path: str

    @property
    def environment(self):
        return _environment()

    def argv(self, *args):
        return ["tmux", "-u", "-S", self.socket_path, "-f", "/dev/null", *args]

    def run(self, *args):
        """Run one command to its end and return what it prints; it must succeed."""
        done = subprocess.run(
            self.argv(*args),
            check=False,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=20,
        )
        assert done.returncode == 0, (args, done.stderr)
        return done.stdout.decode(errors="replace")

    def control(self, *args):
        """Start a control client, with pipes for its input and output."""
        return subprocess.Popen(
            self.argv("-C", *args),
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )


@pytest.fixture
def tmux():
    """Give a private server on a short path; it is gone afterwards, whatever happened."""
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    # Unix sockets end near 100 bytes, and pytest's own directories are longer than that.
    directory = tempfile.mkdtemp(prefix="oma", dir="/tmp")
    server = PrivateTmux(str(Path(directory) / "s"))
    try:
        yield server
    finally:
        _end(server)
        shutil.rmtree(directory, ignore_errors=True)


def _end(server):
    # A failing clean-up would hide the failure of the test.
    try:
        pid = subprocess.run(
            server.argv("-N", "display-message", "-p", "#{pid}"),
            check=False,
            env=server.environment,
            capture_output=True,
            timeout=5,
        ).stdout.strip()
        subprocess.run(
            server.argv("-N", "kill-server"),
            check=False,
            env=server.environment,
            capture_output=True,
            timeout=5,
        )
    except (OSError, subprocess.TimeoutExpired):
        return
    if pid.isdigit():
        _end_process(int(pid))


def _end_process(pid):
    # A server may outlive `kill-server` for as long as a client does not read (tmux issue 5444).
    try:
        os.kill(pid, signal.SIGKILL)
    except OSError:
        return
