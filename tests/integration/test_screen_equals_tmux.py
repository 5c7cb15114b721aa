"""tmux is the judge: what a `Screen` shows is what `capture-pane` and the cursor say."""

import os
import shlex
import subprocess
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs
import pytest

from oma.model.events import PaneCaptured
from oma.model.ids import PaneId
from oma.screen.emulator import Screen
from tests.support.patience import PATIENCE_S
from tests.support.private_tmux import TMUX, VERSION_NAME, since, sized
from tests.unit.screen.hard_cases import CASES, COLUMNS, DIFFERENT, ROWS

pytestmark = pytest.mark.tmux

MORE = "xmore 漢字\r\nnext\x1b[K\x1b[2;3Hat\x1b[6;18Hlast one".encode()

SEEDED_DIFFERENTLY = {
    "soft reset": "leaves insert mode and a scroll region on in tmux; a capture tells of neither"
}

_WITH_THIS_TMUX = {
    "C1 characters": VERSION_NAME != "3.3a",  # kept, or dropped as in Debian's build
    "emoji with skin tone": since(3, 4),  # is one character of two columns
    "variation selector": since(3, 4),  # makes a character two columns wide
    "request for settings": VERSION_NAME == "3.5a",  # for Debian's it is a picture
    "own tab stops": since(3, 6),  # tabs are kept, and captured without their stops
    "tabs": since(3, 6),
    "delete half a wide character": not since(3, 3),
}
OTHERWISE = {name for name, otherwise in _WITH_THIS_TMUX.items() if otherwise}
"""What another version than 3.3a does otherwise, and the screen does not."""

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
        self.names = []
        self.run("-f", "/dev/null", "new-session", "-d", "-s", "first", "sleep 1000")
        self.run("set-option", "-g", "status", "off")

    def run(self, *arguments):
        command = [TMUX, "-S", str(self.socket), *sized(arguments)]
        done = subprocess.run(
            command, env=self.environment, capture_output=True, check=True, timeout=PATIENCE_S
        )
        return done.stdout

    def show(self, *outputs):
        """Open a pane, print the first of `outputs` in it and return its name.

        Each `more` prints the next one. A device status report tells when tmux has read it all.
        """
        self.panes += 1
        name = f"pane{self.panes}"
        self.names.append(name)
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

    def close(self):
        """Close all panes: what a server does costs more with each."""
        for name in self.names:
            self.run("kill-session", "-t", name)
        self.names.clear()

    def more(self, name, number):
        self.run("wait-for", "-S", f"{name}.go{number}")
        self.run("wait-for", f"{name}.done{number}")

    def sees(self, name, rows=ROWS):
        """Return the rows and the cursor, as `Screen` has them."""
        text = self.run("capture-pane", "-p", "-t", name).decode().split("\n")[:rows]
        column, row, _ = self.run("display-message", "-p", "-t", name, _FACTS).split()
        return tuple(line.rstrip(" ") for line in text), (int(column), int(row))

    def captured(self, name):
        data = self.run("capture-pane", "-p", "-e", "-J", "-t", name)
        column, row, alternate = map(
            int, self.run("display-message", "-p", "-t", name, _FACTS).split()
        )
        return PaneCaptured(PaneId("%0"), COLUMNS, ROWS, column, row, bool(alternate), data)

    def _quoted(self, *arguments):
        return shlex.join([TMUX, "-S", str(self.socket), *arguments])


@pytest.fixture(scope="module")
def server():
    with TemporaryDirectory(prefix="oma-") as directory:
        server = _Tmux(directory)
        yield server
        with suppress(subprocess.SubprocessError):
            server.run("kill-server")


@pytest.fixture
def judge(server):
    yield server
    server.close()


def _sees(screen):
    return screen.lines(), screen.cursor


def _screen(*outputs):
    screen = Screen(COLUMNS, ROWS)
    for output in outputs:
        screen.feed(output)
    return screen


@pytest.mark.parametrize("name", DIFFERENT)
def test_a_listed_difference_is_still_one(judge, name):
    if VERSION_NAME != "3.3a":
        pytest.skip("the list is about tmux 3.3a")

    assert _sees(_screen(CASES[name])) != judge.sees(judge.show(CASES[name]))


@pytest.mark.parametrize("name", sorted(CASES.keys() - OTHERWISE))
def test_a_screen_fed_or_seeded_from_a_capture_shows_what_tmux_shows_and_goes_on_so(judge, name):
    pane = judge.show(CASES[name], MORE)
    screens = []
    if name not in DIFFERENT:
        screens.append(_screen(CASES[name]))
    if name not in SEEDED_DIFFERENTLY:
        screens.append(Screen.seeded(judge.captured(pane)))

    assert {_sees(screen) for screen in screens} == {judge.sees(pane)}
    judge.more(pane, 1)
    for screen in screens:
        screen.feed(MORE)
    assert {_sees(screen) for screen in screens} == {judge.sees(pane)}


def test_the_alternate_screen_is_seen_and_seeded(judge):
    pane = judge.show(b"shell\x1b[?1049h\x1b[HALT")

    assert Screen.seeded(judge.captured(pane)).alternate
    assert not Screen.seeded(judge.captured(judge.show(b"shell"))).alternate


def test_line_drawing_of_old_programs_is_seeded_as_lines(judge):
    pane = judge.show(b"\x1b(0lqqk\x1b(B qq \x1b)0\x0emqqj\x0f")

    assert Screen.seeded(judge.captured(pane)).lines()[0] == "┌──┐ qq └──┘"


@pytest.mark.skipif(since(3, 6), reason="tmux wraps wide characters anew otherwise")
def test_a_new_screen_seeded_after_a_resize_shows_what_tmux_shows(judge):
    pane = judge.show(CASES["long line wraps"] + b"\r\n" + CASES["wide characters wrap"], MORE)
    judge.run("set-option", "-t", pane, "window-size", "manual")
    judge.run("resize-window", "-t", pane, "-x", "13", "-y", "9")
    screen = Screen.seeded(attrs.evolve(judge.captured(pane), columns=13, rows=9))
    at_first = judge.sees(pane, rows=9)
    judge.more(pane, 1)

    assert _sees(screen) == at_first
    screen.feed(MORE)
    assert _sees(screen) == judge.sees(pane, rows=9)
