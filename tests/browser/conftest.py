"""A real Chromium in front of a real `oma web` on a private tmux.

What is missing for that (node, Chromium, the page's packages, the built page) skips these tests, with
the words that say how to get it.
"""

import json
import os
import shutil
import subprocess
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import attrs
import pytest
import trio

from tests.support.oma_process import running_oma
from tests.support.patience import PATIENCE_S

ROOT = Path(__file__).parents[2]
UI = ROOT / "oma" / "web" / "ui"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BUILD = "in oma/web/ui: npm ci --ignore-scripts && npm run build"


def pytest_collection_modifyitems(items):
    missing = _missing()
    for item in items:
        if missing and Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.skip(reason=missing))


def _missing():
    if shutil.which("node") is None or shutil.which("npm") is None:
        return "needs node and npm"
    if _chromium() is None:
        return "needs Chromium: chromium of the system's packages will do"
    if not (UI / "node_modules" / "playwright-core").is_dir():
        return f"needs the page's packages; {BUILD}"
    if not (ROOT / "oma" / "web" / "static" / "index.html").is_file():
        return f"needs the built page; {BUILD}"
    return ""


def _chromium():
    return next((path for name in CHROMIUMS if (path := shutil.which(name))), None)


PATIENT = "[health]\nidle_warning = 3600\nidle_critical = 7200\n"
"""A configuration by which nobody is idle for what the machine has to do besides."""


@attrs.define
class Browser:
    """A browser that runs scripts; every wait of theirs ends by itself."""

    process: subprocess.Popen
    _asked: int = 0

    def run(self, script, **given):
        """Run JavaScript with `page` and `given`; return its value, or fail with its error."""
        return self._ask(script=script, given=given)

    def fresh(self, **options):
        """Forget everything: cookies, storage, pages."""
        self._ask(options=options)

    def _ask(self, **question):
        self._asked += 1
        question["number"] = self._asked
        self.process.stdin.write(json.dumps(question).encode() + b"\n")
        self.process.stdin.flush()
        answer = {"number": 0}
        # The script of a test that took too long ends when it does: its answer is not for the next one.
        while answer["number"] != self._asked:
            line = self.process.stdout.readline()
            assert line, "the browser ended"
            answer = json.loads(line)
        assert "error" not in answer, answer["error"]
        return answer["value"]


@contextmanager
def driven(driver, program):
    """Give a browser that is a program, driven by a script beside this file."""
    process = subprocess.Popen(
        ["node", str(Path(__file__).parent / driver), program, str(UI)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={k: v for k, v in os.environ.items() if "PROXY" not in k.upper()},
    )
    yield Browser(process)
    process.stdin.close()
    process.stdout.close()
    process.wait()


@pytest.fixture(scope="session")
def chromium():
    """Give one browser for all tests; it takes a second to start."""
    with driven("driver.mjs", _chromium()) as browser:
        yield browser


@pytest.fixture
def browser(chromium):
    """Give the browser as if it had never been used."""
    chromium.fresh()
    return chromium


@attrs.frozen
class Web:
    """A running `oma web`."""

    login: str
    """The address that works once."""
    environment: dict
    """What another `oma` needs to find the same state."""

    @property
    def origin(self):
        return self.login.partition("/login")[0]


@pytest.fixture
def web(tmux, tmp_path):
    """Give a context manager that runs `oma web` on the private tmux."""

    @asynccontextmanager
    async def web(*arguments):
        config = tmp_path / "patient.toml"
        config.write_text(PATIENT)
        environment = {"XDG_STATE_HOME": str(tmp_path / "state"), "OMA_CONFIG": str(config)}
        words = ("web", "-S", tmux.socket_path, "--port", "0", *map(str, arguments))
        async with running_oma(*words, **environment) as process:
            with trio.fail_after(PATIENCE_S):
                while not any(line.startswith("open ") for line in process.lines):
                    await process._news.wait()
            line = next(line for line in process.lines if line.startswith("open "))
            yield Web(line.split()[1], environment)

    return web


@pytest.fixture
def agent(tmux):
    """Give a function that starts an agent, a shell command in a session of its own."""

    def agent(name, command, columns=100, rows=30):
        tmux.run(
            *("new-session", "-d", "-s", f"oma-agent-{name}", "-x", str(columns), "-y", str(rows)),
            command,
        )

    return agent
