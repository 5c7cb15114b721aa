"""The terminal of a dashboard."""

import os
import sys
from contextlib import contextmanager

import pytest

from oma.cli import dashboard_terminal
from oma.cli.dashboard_terminal import (
    Words,
    capabilities_of,
    need_terminal,
    news_s,
    take_terminal,
    terminal_for,
    themes_of,
    themes_to_ask_for,
)
from oma.config.load import config_from_mapping
from oma.errors import ConfigError
from oma.tui.themes import CHOICES, DARK, LIGHT


@pytest.mark.parametrize(
    ("theme", "environ", "asks"),
    [
        ("auto", {}, True),
        ("high-contrast", {}, True),
        ("auto", {"NO_COLOR": "1"}, False),
        ("dark", {}, False),
    ],
)
def test_the_terminal_is_asked_for_its_background_where_that_matters(theme, environ, asks):
    config = config_from_mapping({"dashboard": {"theme": theme}}, "test")

    assert themes_to_ask_for(config, environ) == (CHOICES[theme] if asks else None)


def test_the_themes_have_the_colours_of_the_configuration():
    config = config_from_mapping({"dashboard": {"theme": "dark"}, "theme": {"ok": 17}}, "test")

    assert themes_of(config).dark.styles["ok"].foreground == 17


@pytest.mark.parametrize(("reduced", "least_s"), [(True, 1.0), (False, 0.0)])
def test_reduced_motion_is_a_frame_a_second(reduced, least_s):
    config = config_from_mapping({"dashboard": {"reduced_motion": reduced}}, "test")

    assert news_s(config) == least_s


@pytest.mark.parametrize(
    ("theme", "environ", "taken"),
    [
        ("light", {}, (True, LIGHT)),
        ("dark", {"NO_COLOR": "1"}, (False, DARK)),
        ("auto", {"COLORFGBG": "0;15"}, (True, LIGHT)),
    ],
)
def test_the_terminal_is_taken_in_the_theme_that_is_asked_for(theme, environ, taken, monkeypatch):
    monkeypatch.setattr(
        dashboard_terminal, "terminal", lambda *, colours, mouse, theme: (colours, mouse, theme)
    )

    assert terminal_for(CHOICES[theme], environ, mouse=False) == (taken[0], False, taken[1])


def test_ascii_and_no_colour_are_as_asked_for(monkeypatch):
    monkeypatch.setattr(dashboard_terminal, "utf8_terminal", lambda: True)
    plain = capabilities_of({"NO_COLOR": "1"}, ascii_only=True)
    full = capabilities_of({}, ascii_only=False)

    assert (plain.emoji, plain.ascii, full.emoji, full.ascii) == (False, True, True, False)
    monkeypatch.setattr(dashboard_terminal, "utf8_terminal", lambda: False)
    assert capabilities_of({}, ascii_only=False).ascii


def test_without_a_terminal_the_dashboard_is_refused_and_others_are_named():
    with pytest.raises(ConfigError, match="use 'oma watch' or 'oma status'"):
        need_terminal()


def test_a_terminal_that_is_taken_for_another_is_said(monkeypatch, capsys):
    ours, terminal = os.openpty()
    with open(terminal, encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        monkeypatch.setattr(dashboard_terminal, "settle_terminal_type", lambda: "strange")
        monkeypatch.setenv("TERM", "xterm")
        need_terminal()
    os.close(ours)

    assert capsys.readouterr().err == (
        "oma: TERM='strange' is not described here: taken for xterm\n"
    )


def test_what_is_said_while_the_terminal_is_taken_is_shown_and_kept():
    shown = []
    words = Words()
    words.say("early")
    words.told = shown.append
    words.say("one")
    words.write("two\n")
    words.write("\n")

    assert shown == ["one", "two"]
    assert words.getvalue() == "oma: early\noma: one\ntwo\n\n"


def test_what_is_said_while_the_terminal_is_taken_is_said_once_it_is_back(monkeypatch, capsys):
    events = []

    @contextmanager
    def terminal(*, colours, mouse, theme):
        yield "a painter"
        events.append(capsys.readouterr().err)

    monkeypatch.setattr(dashboard_terminal, "terminal", terminal)

    taken = take_terminal(CHOICES["dark"], {}, mouse=True)
    print("a warning", file=sys.stderr)
    taken.give_back()
    taken.give_back()

    assert (taken.painter, events, capsys.readouterr().err) == ("a painter", [""], "a warning\n")
