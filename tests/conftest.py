"""Fixtures that every room may use.

`OMA_TMUX` names the tmux of all tests, and of the `oma` that they run: `tmux` on the PATH without.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import attrs
import hypothesis
import pytest

from oma.runtime.client.tmux_binary import VARIABLE, missing_tmux, tmux_binary
from oma.tmux.capabilities import Version, parse_version
from oma.tmux.notifications import Reply, SessionChanged
from oma.tmux.parser import ControlParser
from tests.support.forked_oma import end_template
from tests.support.patience import PATIENCE_S

# How long an example takes says how loaded the machine is, and nothing of us.
hypothesis.settings.register_profile(
    "oma", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("oma")

# A shell that runs the tests by `&` or `nohup` has them ignored, and every `oma` would inherit that.
for _number in (signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
    if signal.getsignal(_number) is signal.SIG_IGN:
        _usual = signal.default_int_handler if _number == signal.SIGINT else signal.SIG_DFL
        signal.signal(_number, _usual)

# Where Python is told to write no bytecode, every process would compile all of `oma` as it starts: it
# is written once, beside what pytest keeps.
if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
    kept = Path(__file__).parents[1] / ".pytest_cache" / "bytecode"
    os.environ.setdefault("PYTHONPYCACHEPREFIX", str(kept))

TMUX = shutil.which(tmux_binary(os.environ)) or ""
"""Its path; empty when there is none."""

VERSION_NAME = (
    subprocess.run([TMUX or "true", "-V"], check=False, capture_output=True, text=True)
    .stdout.removeprefix("tmux ")
    .strip()
)


def since(major, minor):
    """Say whether the tests run on that version of tmux or a newer one."""
    return parse_version(VERSION_NAME or "master") >= Version(major, minor, -1)


keeps_dead_panes = pytest.mark.skipif(
    not since(3, 3), reason="tmux dies of dead panes: oma neither makes nor watches them"
)


def sized(args):
    """Return the arguments of tmux so that a new session has the size that they ask for.

    3.2 gives it the size of the terminal that the command comes from, or 80x23.
    """
    if since(3, 3) or not {"new-session", "-x", "-y", "-s"}.issubset(args):
        return args
    columns, rows, name = (args[args.index(flag) + 1] for flag in ("-x", "-y", "-s"))
    window = ("-t", f"={name}:")
    resized = (";", "resize-window", *window, "-x", columns, "-y", rows)
    return (*args, *resized, ";", "set-option", "-w", "-u", *window, "window-size")


def _environment():
    """Return ours without what ties a program to the tmux that it was started in."""
    environment = {n: value for n, value in os.environ.items() if "TMUX" not in n or n == VARIABLE}
    return environment | {"LC_ALL": "C.UTF-8", "SHELL": "/bin/sh", "TERM": "xterm-256color"}


@attrs.frozen
class PrivateTmux:
    """A tmux server of its own; it starts with the first session."""

    socket_path: str

    @property
    def environment(self):
        return _environment()

    def argv(self, *args):
        return [TMUX, "-u", "-S", self.socket_path, "-f", "/dev/null", *args]

    def run(self, *args):
        """Run one command to its end and return what it prints; it must succeed."""
        done = subprocess.run(
            self.argv(*sized(args)),
            check=False,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE_S,
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


@attrs.define
class ControlClient:
    """A control client, read by the parser under test; every wait ends with the test's timeout."""

    process: subprocess.Popen
    events: list = attrs.Factory(list)
    _parser: ControlParser = attrs.Factory(ControlParser)

    def ask(self, line):
        """Send a line of one command and return its reply."""
        return self.ask_all([line])[0]

    def ask_all(self, lines):
        """Send lines of one command each and return their replies."""
        known = len(self._replies())
        self.process.stdin.write("".join(f"{line}\n" for line in lines).encode())
        self.process.stdin.flush()
        self.read_until(lambda _events: len(self._replies()) >= known + len(lines))
        return self._replies()[known:]

    def read_until(self, enough):
        """Read until `enough` holds for all events so far; return them."""
        while not enough(self.events):
            data = os.read(self.process.stdout.fileno(), 65536)
            assert data, self.events[-5:]
            self.events += self._parser.feed(data)
        return self.events

    def _replies(self):
        return [event for event in self.events if type(event) is Reply and event.asked]


@pytest.fixture(scope="session", autouse=True)
def _template_of_oma():
    yield
    end_template()


@pytest.fixture
def attach(tmux):
    """Give a function that attaches a control client to a session, once the server runs."""
    processes = []

    def attach(session, flags="ignore-size"):
        processes.append(tmux.control("attach-session", "-E", "-f", flags, "-t", session))
        client = ControlClient(processes[-1])
        client.read_until(lambda events: any(type(event) is SessionChanged for event in events))
        return client

    yield attach
    for process in processes:
        process.kill()
        process.communicate()


@pytest.fixture
def tmux():
    """Give a private server on a short path; it is gone afterwards, whatever happened."""
    with _private_tmux() as server:
        yield server


@pytest.fixture
def terminals():
    """Give another one, whose panes are the terminals of people who use the first."""
    with _private_tmux() as server:
        yield server


@contextmanager
def _private_tmux():
    if not TMUX:
        pytest.skip(missing_tmux(os.environ))
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
            timeout=PATIENCE_S,
        ).stdout.strip()
        subprocess.run(
            server.argv("-N", "kill-server"),
            check=False,
            env=server.environment,
            capture_output=True,
            timeout=PATIENCE_S,
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
