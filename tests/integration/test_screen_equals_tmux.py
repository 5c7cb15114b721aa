"""tmux is the judge: what a `Screen` shows is what `capture-pane` and the cursor say."""

import os
import shlex
import subprocess
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from oma.model.events import PaneCaptured
from oma.model.ids import PaneId
from oma.screen.emulator import Screen
from tests.unit.screen.hard_cases import CASES, COLUMNS, DIFFERENT, ROWS

pytestmark = pytest.mark.tmux

_FACTS = "#{cursor_x} #{cursor_y} #{alternate_on}"


class _Tmux:
    """A private server whose panes show given bytes."""

    def __init__(self, directory):
        self.directory = Path(directory)
        self.socket = self.directory / "s"
        self.environment = {
            key: value for key, value in os.environ.items() if not key.startswith("TMUX")
        } | {"LC_ALL": "C.UTF-8"}
        self.panes = 0
        self.run("-f", "/dev/null", "new-session", "-d", "-s", "first", "sleep 1000")
        self.run("set-option", "-g", "status", "off")

    def run(self, *arguments):
        command = ["tmux", "-S", str(self.socket), *arguments]
        done = subprocess.run(
            command, env=self.environment, capture_output=True, check=True, timeout=20
        )
        return done.stdout

    def show(self, *outputs):
        """Open a pane, print the first of `outputs` in it and return its name.

        Each `more` prints the next one. A device status report tells when tmux has read it all.
        """
        self.panes += 1
        name = f"pane{self.panes}"
        steps = ["stty raw -echo"]
        for number, output in enumerate(outputs):
            path = self.directory / f"{name}.{number}"
            path.write_bytes(output)
            if number:
                steps.append(self._quoted("wait-for", f"{name}.go{number}"))
            steps += [
                f"cat {path}",
                r"printf '\033[5n'",
                "dd bs=1 count=4 >/dev/null 2>&1",
                self._quoted("wait-for", "-S", f"{name}.done{number}"),
            ]
        script = "; ".join([*steps, "exec sleep 1000"])
        size = ["-x", str(COLUMNS), "-y", str(ROWS)]
        self.run("new-session", "-d", "-s", name, *size, script)
        self.run("wait-for", f"{name}.done0")
        return name

    def more(self, name, number):
        self.run("wait-for", "-S", f"{name}.go{number}")
        self.run("wait-for", f"{name}.done{number}")

    def sees(self, name):
        """Return the rows and the cursor, as `Screen` has them."""
        rows = self.run("capture-pane", "-p", "-t", name).decode().split("\n")[:ROWS]
        column, row, _ = self.run("display-message", "-p", "-t", name, _FACTS).split()
        return tuple(text.rstrip(" ") for text in rows), (int(column), int(row))

    def captured(self, name):
        data = self.run("capture-pane", "-p", "-e", "-J", "-t", name)
        column, row, alternate = map(
            int, self.run("display-message", "-p", "-t", name, _FACTS).split()
        )
        return PaneCaptured(PaneId("%0"), COLUMNS, ROWS, column, row, bool(alternate), data)

    def _quoted(self, *arguments):
        return shlex.join(["tmux", "-S", str(self.socket), *arguments])


@pytest.fixture(scope="module")
def tmux():
    with TemporaryDirectory(prefix="oma-") as directory:
        server = _Tmux(directory)
        yield server
        with suppress(subprocess.SubprocessError):
            server.run("kill-server")


def _sees(screen):
    return screen.lines(), screen.cursor


def _screen(*outputs):
    screen = Screen(COLUMNS, ROWS)
    for output in outputs:
        screen.feed(output)
    return screen


@pytest.mark.parametrize("name", CASES)
def test_a_screen_shows_what_tmux_shows(tmux, name):
    output = CASES[name]
    expected = tmux.sees(tmux.show(output))

    if name in DIFFERENT:
        assert _sees(_screen(output)) != expected, "no difference any more: strike it off the list"
    else:
        assert _sees(_screen(output)) == expected
