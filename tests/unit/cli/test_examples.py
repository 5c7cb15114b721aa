"""The examples of commands are command lines that `oma` understands."""

import re
import shlex

import pytest

from oma.cli.command_table import ABOUT, command_parser, root_parser
from oma.cli.examples import EXAMPLES, examples_text
from tests.unit.cli.parsing import parsed


def test_every_command_has_examples_and_nothing_else_has():
    assert list(EXAMPLES) == list(ABOUT)
    assert all(EXAMPLES.values())


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_of_its_command_and_says_what_it_does(name):
    for line, about in EXAMPLES[name]:
        assert re.search(rf"\boma {name}\b", line), line
        assert about[0].islower(), about
        assert not about.endswith("."), about


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_understood(name, capsys):
    for line, _ in EXAMPLES[name]:
        first = line.partition(" | ")[0].partition(" > ")[0]
        words = shlex.split(first.replace('"$(oma history --last)"', "FILE"))
        if words[0] == "oma":
            parsed(*words[1:])


def test_help_ends_with_the_examples():
    assert command_parser(root_parser(), "wait").format_help().endswith(examples_text("wait"))
    assert examples_text("pane-view") == ""
