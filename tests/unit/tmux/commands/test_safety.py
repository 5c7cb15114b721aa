"""What a watching client may send changes nothing: tmux itself would not stop it."""

import inspect

import attrs
import pytest

from oma.tmux import commands
from oma.tmux.commands import (
    clients,
    command,
    control,
    keys,
    pane_questions,
    panes,
    server_settings,
    sessions,
)
from oma.tmux.commands.command import Safety
from oma.tmux.queries import display, screen, window_panes
from oma.tmux.queries import panes as pane_queries
from oma.tmux.queries import session_rows as session_queries
from tests.unit.tmux.commands import (
    test_clients,
    test_control,
    test_keys,
    test_pane_questions,
    test_panes,
    test_server_settings,
    test_sessions,
)

TABLES = (
    test_clients,
    test_control,
    test_keys,
    test_pane_questions,
    test_panes,
    test_server_settings,
    test_sessions,
)
EXAMPLES = [each[0] for table in TABLES for each in table.TABLE]
TELLING = {
    ("list-clients",),
    ("list-keys",),
    ("list-panes",),
    ("list-sessions",),
    ("capture-pane", "-p"),
    ("display-message", "-p"),
    ("refresh-client", "-A"),
    ("refresh-client", "-B"),
    ("show-options",),
    ("show-environment",),
    ("command-prompt", "-b"),
}
"""What the commands begin with that only tell something, or change what a client of ours is sent."""


def tells(words):
    """Whether a command that begins so changes nothing; never `refresh-client -C`, which resizes."""
    if words[0] == "attach-session":
        return "ignore-size" in words[words.index("-f") + 1].split(",")
    if words[0] == "refresh-client" and words[1] == "-t":
        words = (words[0], *words[3:])
    return words[:1] in TELLING or words[:2] in TELLING


def test_every_command_has_an_example():
    modules = (clients, control, keys, pane_questions, panes, server_settings, sessions)
    found = {
        each
        for module in modules
        for _, each in inspect.getmembers(module, attrs.has)
        if each.__module__.startswith(commands.__name__) and each is not command.CommandList
    }

    assert found - {type(example) for example in EXAMPLES} == set()


@pytest.mark.parametrize("example", EXAMPLES, ids=repr)
def test_a_command_that_says_it_changes_nothing_is_of_a_kind_that_does_not(example):
    if example.safety is Safety.READ_ONLY and example.words()[0] != "if-shell":
        assert tells(example.words())


@pytest.mark.parametrize("module", [display, pane_queries, screen, session_queries, window_panes])
def test_no_format_that_is_asked_for_runs_a_program(module):
    # tmux runs what stands in `#(…)`, whoever asks.
    values = [value for _, value in inspect.getmembers(module)]
    texts = [value if isinstance(value, str) else getattr(value, "format", "") for value in values]
    formats = [text for text in texts if isinstance(text, str) and "#{" in text]

    assert [text for text in formats if "#(" in text] == []
    assert formats
