"""Fixtures for all tests; `tests/support` has what they are made of."""

import os
import signal
import sys
from pathlib import Path

import hypothesis
import pytest

from oma.tmux.notifications import SessionChanged
from tests.support.forked_oma import end_template
from tests.support.private_tmux import ControlClient, private_tmux

# How long an example takes says how loaded the machine is, and nothing of us. Twice as many examples
# cost a tenth of the time of the unit tests.
hypothesis.settings.register_profile(
    "oma", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], max_examples=50
)
# For a run that is to reach lines, not cases: of other Pythons, and of coverage, which takes twice as long.
hypothesis.settings.register_profile(
    "few", hypothesis.settings.get_profile("oma"), max_examples=10
)
hypothesis.settings.load_profile("oma")

# A shell that runs the tests by `&` or `nohup` has them ignored, and every `oma` would inherit that.
for _number in (signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
    if signal.getsignal(_number) is signal.SIG_IGN:
        _usual = signal.default_int_handler if _number == signal.SIGINT else signal.SIG_DFL
        signal.signal(_number, _usual)

# Where Python is told to write no bytecode, every process would compile all that it imports as it starts:
# it is written once, beside what pytest keeps.
if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
    kept = Path(__file__).parents[1] / ".pytest_cache" / "bytecode"
    os.environ.setdefault("PYTHONPYCACHEPREFIX", str(kept))
    sys.dont_write_bytecode, sys.pycache_prefix = False, os.environ["PYTHONPYCACHEPREFIX"]


def pytest_ignore_collect(collection_path, config):
    """Leave out what holds no slow test where those alone are run: most files, and each is read by every worker."""
    if config.getoption("markexpr") == "slow" and collection_path.match("test_*.py"):
        return b"mark.slow" not in collection_path.read_bytes() or None
    return None


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
    with private_tmux() as server:
        yield server


@pytest.fixture
def terminals():
    """Give another one, whose panes are the terminals of people who use the first."""
    with private_tmux() as server:
        yield server
