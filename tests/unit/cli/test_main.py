"""Which end of a subcommand gives which exit code, and what is said of it."""

import argparse
import sys
from types import SimpleNamespace

import pytest

import oma.cli.arguments
import oma.cli.command_table
from oma.cli.main import run
from oma.errors import ConfigError, OmaError, OutputError


@pytest.fixture
def ends(monkeypatch):
    """Make every subcommand end in one way."""

    def ends(how):
        def end(options: argparse.Namespace) -> int:
            if isinstance(how, int):
                return how
            raise how

        module = SimpleNamespace(add_arguments=lambda parser: None, run=end)
        monkeypatch.setattr(oma.cli.command_table, "load_command", lambda name: module)
        monkeypatch.setattr(oma.cli.arguments, "options_of", lambda kind, found: None)
        return run(["status"])

    return ends


@pytest.mark.parametrize("code", [0, 1, 143])
def test_a_code_is_handed_on(ends, code, capsys):
    assert ends(code) == code
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ConfigError("wrong"), 2),
        (OmaError("not \x1bthere"), 1),
        (ExceptionGroup("one", [ExceptionGroup("two", [OmaError("deep")])]), 1),
        (KeyboardInterrupt(), 130),
    ],
)
def test_an_error_is_one_line_and_a_code(ends, error, code, capsys):
    assert ends(error) == code

    told = capsys.readouterr().err
    assert told.count("\n") == (0 if isinstance(error, KeyboardInterrupt) else 1)
    assert "\x1b" not in told


@pytest.mark.parametrize(("error", "code"), [(BrokenPipeError(), 0), (OutputError("full"), 1)])
def test_an_output_that_takes_nothing_more_is_let_go(ends, error, code, monkeypatch):
    let_go = []
    monkeypatch.setattr("oma.cli.main.let_go_of_stdout", lambda: let_go.append(True))

    assert ends(error) == code
    assert let_go == [True]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("--version", 0),
        ("status --help", 0),
        ("nonsense", 2),
        ("status --nonsense", 2),
        ("report nonsense", 1),
        ("-L x report nonsense", 1),
        ("nonsense report", 2),
    ],
)
def test_a_wrong_command_line_is_2_but_of_a_hook_that_would_stop_its_agent(line, code, capsys):
    assert run(line.split()) == code
    assert "Traceback" not in capsys.readouterr().err


WRONG = [
    "watch --nonsense",
    "wait a --for happy",
    "web tokens add x --expires soon",
    "replay",
    "record --duration long",
    *(
        f"{command} {number}"
        for command in (
            "record --duration",
            "demo --duration",
            "wait a --for ok --timeout",
            "stop a --timeout",
            "replay f --from",
            "why a --at",
        )
        for number in ("-1", "nan", "inf", "-inf")
    ),
    "replay f --speed nan",
    "replay f --speed -1",
    "profiles test d --at-least 101",
    *(f"web --port {port}" for port in ("99999", "-1", "1e3", "٣")),
    "--web --web-port 65536",
    "new a --nonsense -- cat",
    "new a --env OMA_NO_SUCH -- cat",
    "new a --env 1=2 -- cat",
]


def test_a_wrong_command_line_is_2_and_prints_no_result(capsys):
    for line in WRONG:
        assert run(line.split()) == 2, line
        told = capsys.readouterr()
        assert (told.out, bool(told.err), "Traceback" in told.err) == ("", True, False), line


def test_only_the_module_of_the_subcommand_is_imported(monkeypatch, capsys):
    names = [name for name in sys.modules if name.startswith("oma.cli.commands.")]
    for name in names:
        monkeypatch.delitem(sys.modules, name)

    assert run(["config"]) == 0
    assert [name for name in sys.modules if name.startswith("oma.cli.commands.")] == [
        "oma.cli.commands.config_command"
    ]
