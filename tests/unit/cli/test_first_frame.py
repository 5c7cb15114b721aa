"""The first frame, before the rest of a dashboard is there."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from oma.cli import first_frame as first_frame_module
from oma.cli import looked_frame
from oma.cli.commands.dashboard_command import DashboardOptions
from oma.cli.first_frame import first_frame
from oma.tui.cells import Span
from oma.tui.themes import CHOICES

ANSWER = {"lines": [[["hello", "strong"]]], "theme": "light", "mouse": False}


@pytest.fixture
def terminal(monkeypatch):
    """A terminal of 80x24: what was asked, painted and given back."""
    seen = SimpleNamespace(asked=[], taken=[], painted=[], given_back=0, looked=None)

    def give_back():
        seen.given_back += 1

    def take_terminal(theme, environ, *, mouse):
        seen.taken.append((theme, mouse))
        painter = SimpleNamespace(paint=seen.painted.append)
        return SimpleNamespace(painter=painter, give_back=give_back)

    def answers(answer):
        def ask(options, want, **more):
            seen.asked.append((want, more))
            return answer

        monkeypatch.setattr(first_frame_module, "ask", ask)
        return seen

    monkeypatch.setattr(
        first_frame_module.os, "get_terminal_size", lambda _: os.terminal_size((80, 24))
    )
    monkeypatch.setattr(first_frame_module, "take_terminal", take_terminal)
    monkeypatch.setattr(looked_frame, "looked_frame", lambda options, asked: seen.looked)
    return answers


def shown(environ=None):
    return first_frame(DashboardOptions(), environ or {"NO_COLOR": "1"}, ascii_only=True)


def test_what_the_service_composed_is_painted_as_its_configuration_says(terminal):
    seen = terminal(ANSWER)

    with shown() as taken:
        assert taken is not None
        assert not seen.given_back
    size = {"columns": 80, "rows": 24, "emoji": False, "ascii": True}
    assert seen.asked == [("frame", size)]
    assert seen.taken == [(CHOICES["light"], False)]
    assert seen.painted[0].lines[0] == (Span("hello", "strong"),)
    assert seen.given_back == 1


@pytest.mark.parametrize("answer", [None, {}, {"lines": "x"}, {"lines": [[["a", "no style"]]]}])
def test_without_a_frame_the_terminal_is_not_touched(terminal, answer):
    seen = terminal(answer)

    with shown() as taken:
        assert taken is None
    assert seen.taken == []


def test_without_a_service_a_look_has_the_frame(terminal):
    seen = terminal(None)
    seen.looked = ANSWER

    with shown() as taken:
        assert taken is not None
    assert seen.painted[0].lines[0] == (Span("hello", "strong"),)


@contextmanager
def left_to_the_system(number):
    before = signal.signal(number, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(number, before)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_a_signal_meanwhile_gives_the_terminal_back(terminal, number):
    seen = terminal(ANSWER)

    with left_to_the_system(number):
        with pytest.raises(SystemExit) as end, shown():
            os.kill(os.getpid(), number)
        assert signal.getsignal(number) is signal.SIG_DFL
    assert (end.value.code, seen.given_back) == (128 + number, 1)


def test_it_needs_neither_an_event_loop_nor_what_judges():
    heavy = "{'trio', 'psutil', 'oma.reducers', 'oma.detection', 'oma.tmux.parser', 'tomli'}"
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys, oma.cli.commands.dashboard_command; print({heavy} & set(sys.modules))",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout == "set()\n"
