"""Where options, words and `--` may stand."""

import argparse

import pytest

from oma.cli.command_line import Parser, parse_words, split_subcommand
from oma.cli.command_table import root_parser
from tests.unit.cli.parsing import parsed

NEW_ORDERS = {
    "new a --cwd /d --profile p -- c --cwd x": ("a", "/d", "p", ("c", "--cwd", "x")),
    "new --cwd /d a --profile p -- c": ("a", "/d", "p", ("c",)),
    "new --profile p --cwd /d a": ("a", "/d", "p", ()),
    "-L x new --cwd=/d -- c": (None, "/d", None, ("c",)),
    "new -- c -- d": (None, None, None, ("c", "--", "d")),
    "new a -- new -- b": ("a", None, None, ("new", "--", "b")),
    "new a c --cwd /d e": ("a", "/d", None, ("c", "e")),
    "--cwd=/d new a -- c": ("a", "/d", None, ("c",)),
    "new --cw /d --prof=p a -- c": ("a", "/d", "p", ("c",)),
}


@pytest.mark.parametrize("line", NEW_ORDERS)
def test_the_words_of_new_may_come_in_any_order(line):
    found = parsed(*line.split())

    assert (found.name, found.cwd, found.profile, found.command) == NEW_ORDERS[line]


def test_a_pane_takes_what_follows_two_dashes_as_it_stands():
    found = parsed("pane", "-d", "--title", "t", "--", "a", "-d", "--", "b")

    assert (found.detach, found.title, found.command) == (True, "t", ("a", "-d", "--", "b"))


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("a", "--", "-L", "x"), ("-L", "x")),
        (("a", "x", "--json", "y"), ("x", "y")),
        (("--json", "a", "-5"), ("-5",)),
        (("a", "-"), ("-",)),
        (("a", "-x is no option"), ("-x is no option",)),
    ],
)
def test_a_text_may_stand_anywhere_and_look_like_options_after_two_dashes(words, text):
    found = parsed("send", *words)

    assert (found.agent, found.text) == ("a", text)


@pytest.mark.parametrize(
    ("line", "name", "rest"),
    [
        ("", None, ""),
        ("status --json", "status", "--json"),
        ("-L status status", "status", "-L status"),
        ("-Lstatus watch", "watch", "-Lstatus"),
        ("-S=x --match=a* wait a", "wait", "-S=x --match=a* a"),
        ("--conf f report", "report", "--conf f"),
        ("--ascii replay f", "replay", "--ascii f"),
        ("--config", None, "--config"),
        ("--nonsense 5", "5", "--nonsense"),
        ("-- status", "status", ""),
        ("new -- status", "new", "-- status"),
    ],
)
def test_the_subcommand_is_the_first_word_that_belongs_to_no_option(line, name, rest):
    assert split_subcommand(root_parser(), line.split()) == (name, rest.split())


def test_letters_that_stand_together_give_the_next_word_to_the_one_that_takes_it():
    parser = argparse.ArgumentParser()
    parser.add_argument("-d", action="store_true")
    parser.add_argument("-o")
    parser.add_argument("words", nargs="*")

    together = parse_words(parser, ["-do", "f", "w"])
    joined = parse_words(parser, ["-dof", "w"])

    assert vars(together) == vars(joined) == {"d": True, "o": "f", "words": ["w"]}


@pytest.mark.parametrize(
    ("word", "nearest"), [("pyhton", "; did you mean 'python'?"), ("qqqq", "(choose from")]
)
def test_a_wrong_choice_is_answered_with_the_nearest(word, nearest, capsys):
    parser = Parser(prog="x")
    parser.add_argument("language", choices=("python", "rust"))

    with pytest.raises(SystemExit) as ended:
        parse_words(parser, [word])

    assert ended.value.code == 2
    assert nearest in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("staus", "oma: error: argument COMMAND: invalid choice: 'staus'; did you mean 'status'?"),
        (
            "status --wach",
            "oma status: error: unrecognized argument: --wach; did you mean --watch?",
        ),
        (
            "wait a --for idle --timout=5",
            "oma wait: error: unrecognized argument: --timout; did you mean --timeout?",
        ),
        (
            "notify test dekstop",
            "oma notify: error: argument channel: invalid choice: 'dekstop'; did you mean 'desktop'?",
        ),
    ],
)
def test_one_wrong_word_is_told_in_one_line_with_the_nearest(line, told, capsys):
    with pytest.raises(SystemExit) as ended:
        parsed(*line.split())

    assert (ended.value.code, capsys.readouterr().err) == (2, f"{told}\n")


def test_where_nothing_is_near_the_usage_is_shown(capsys):
    with pytest.raises(SystemExit):
        parsed("status", "--xyzzy")

    assert capsys.readouterr().err.startswith("usage: oma status ")
