"""Every subcommand: its module, its options, and what all of them take."""

import argparse
from pathlib import Path
from typing import get_type_hints

import attrs
import pytest

import oma.cli.commands
from oma.cli.command_table import (
    ABOUT,
    DASHBOARD,
    INTERNAL,
    command_parser,
    load_command,
    options_class,
    root_parser,
    whole_parser,
)
from oma.cli.option_values import GlobalOptions
from tests.unit.cli.parsing import parsed

SMALLEST = {
    DASHBOARD: (),
    "answer": ("a",),
    "attach": ("a",),
    "jump": ("a",),
    "completion": ("bash",),
    "diff": ("a",),
    "rm": ("a",),
    "convert": ("a.jsonl", "b.cast"),
    "hooks": ("show", "claude"),
    "fleet": ("record", "logs"),
    "kill": ("a",),
    "pane-view": ("%1",),
    "rename": ("a", "b"),
    "replay": ("f",),
    "report-wrong": ("a",),
    "restart": ("a",),
    "resume": ("a",),
    "fork": ("a",),
    "score": ("f", "--truth", "t"),
    "send": ("a", "x"),
    "stop": ("a",),
    "wait": ("a", "--for", "idle"),
}
"""What a subcommand cannot do without."""

GLOBAL = {
    "socket_name": ("-L", "name"),
    "socket_path": ("-S", "/a/path"),
    "config": ("--config", "a file"),
    "match": ("--match", "a*"),
}

TOGETHER = (("socket_name", "config", "match"), ("socket_path",))
"""Which of them go with each other."""

LIGHT = "report"
"""It runs at every hook of an agent, and reads no configuration and no server."""

NAMES = (DASHBOARD, *ABOUT, *INTERNAL)


def line(name, before=(), after=()):
    command = () if name == DASHBOARD else (name,)
    return (*before, *command, *SMALLEST.get(name, ()), *after)


def fields(kind):
    """Return the names of all fields, those of nested options in place of their own."""
    for name, field in get_type_hints(kind).items():
        if attrs.has(field):
            yield from fields(field)
        else:
            yield name


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("options", TOGETHER, ids=" ".join)
def test_an_option_of_all_means_the_same_before_a_subcommand_and_after_it(name, options):
    words = [word for option in options for word in GLOBAL[option]]
    joined = [
        "=".join(GLOBAL[option]) if len(GLOBAL[option][0]) > 2 else "".join(GLOBAL[option])
        for option in options
    ]
    before, after = parsed(*line(name, before=words)), parsed(*line(name, after=words))

    assert before == after == parsed(*line(name, before=joined))
    for option in options if name != LIGHT else ():
        assert getattr(before, option) == GLOBAL[option][1]


@pytest.mark.parametrize("name", NAMES)
def test_the_last_of_two_counts_wherever_they_stand(name):
    assert parsed(*line(name, ("-L", "a"), ("-L", "b"))) == parsed(*line(name, ("-L", "b")))


@pytest.mark.parametrize("name", ABOUT)
def test_help_and_version_may_stand_on_either_side(name, capsys):
    for given in (("--help", name), (name, "--help"), ("--version", name), (name, "--version")):
        with pytest.raises(SystemExit) as ended:
            parsed(*given)
        assert ended.value.code == 0
    shown = capsys.readouterr().out
    assert shown.count(f"usage: oma {name} ") == 2
    assert shown.count(f"\n\n{ABOUT[name]}\n") == 2


@pytest.mark.parametrize("name", NAMES)
def test_an_options_value_has_a_field_for_every_argument_and_no_other(name):
    parser = root_parser() if name == DASHBOARD else command_parser(root_parser(), name)
    given = {a.dest for a in parser._actions if a.dest not in {"help", "version", "subcommand"}}
    wanted = set(fields(options_class(load_command(name))))

    assert wanted == (given - {*GLOBAL, "only_own", "no_service"} if name == LIGHT else given)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in {LIGHT, "status"}])
def test_options_are_frozen_and_know_which_server_is_meant(name):
    kind = options_class(load_command(name))

    assert issubclass(kind, GlobalOptions)
    assert kind.__setattr__ is not object.__setattr__


def test_every_module_of_a_subcommand_is_in_the_table_and_in_the_help(capsys):
    (folder,) = oma.cli.commands.__path__
    modules = {path.stem.removesuffix("_command") for path in Path(folder).glob("*_command.py")}
    with pytest.raises(SystemExit):
        root_parser().parse_args(["--help"])

    assert modules == {name.replace("-", "_") for name in NAMES}
    listed = [each.split()[0] for each in capsys.readouterr().out.splitlines() if each.strip()]
    assert set(ABOUT) <= set(listed)
    assert not set(INTERNAL) & set(listed)


def test_the_whole_parser_knows_what_the_parser_of_each_subcommand_knows():
    (commands,) = (
        action.choices
        for action in whole_parser()._actions
        if isinstance(action, argparse._SubParsersAction)
    )

    for name in ABOUT:
        own = command_parser(root_parser(), name)._option_string_actions
        assert set(commands[name]._option_string_actions) == set(own)


def test_a_word_that_is_no_subcommand_is_refused_with_the_nearest(capsys):
    with pytest.raises(SystemExit) as ended:
        parsed("recrod", "-o", "f")

    assert ended.value.code == 2
    assert "'recrod'; did you mean 'record'?" in capsys.readouterr().err


@pytest.mark.parametrize(
    "given",
    [
        "--ascii",
        "--ascii demo",
        "demo --ascii",
        "--ascii replay f",
        "replay f --ascii",
        "up --ascii",
    ],
)
def test_ascii_is_asked_for_before_the_subcommand_or_after_it(given):
    assert parsed(*given.split()).ascii


@pytest.mark.parametrize("given", ["", "demo", "replay f", "up"])
def test_ascii_is_not_drawn_unasked(given):
    assert not parsed(*given.split()).ascii


def test_an_option_of_the_dashboard_is_refused_where_it_means_nothing(capsys):
    with pytest.raises(SystemExit) as ended:
        parsed("--web", "status")

    assert ended.value.code == 2
    assert "unrecognized arguments: --web" in capsys.readouterr().err


def test_no_terminal_is_measured_before_a_help_is_asked_for(monkeypatch):
    def measured():
        raise AssertionError

    monkeypatch.setattr("shutil.get_terminal_size", measured)
    command_parser(root_parser(), "status")
