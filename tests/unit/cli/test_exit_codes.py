import ast
import signal
from pathlib import Path

import pytest

import oma.cli
from oma.cli.command_table import ABOUT
from oma.cli.exit_codes import ANSWERS, INTERRUPTED, MEANINGS, ended_by

REFERENCE = Path(__file__).parents[3] / "docs" / "command-line.md"
MODULES = sorted(Path(oma.cli.__path__[0]).rglob("*.py"))


def test_a_signal_gives_the_code_that_a_shell_gives_it():
    assert ended_by(signal.SIGTERM) == 143
    assert INTERRUPTED == 130


def test_the_reference_lists_every_code_and_every_answer_and_no_other():
    text = REFERENCE.read_text("utf-8")
    rows = [
        tuple(cell.strip() for cell in line.strip("|").split("|"))
        for line in text[text.index("## Exit codes") :].splitlines()
        if line.startswith("| ") and not line.startswith(("| code", "| command"))
    ]

    codes = {str(code): meaning for code, meaning in MEANINGS.items()}
    answers = {f"`oma {name}`": when for name, when in ANSWERS.items()}
    assert dict(rows) == codes | answers
    assert set(ANSWERS) <= set(ABOUT)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_module_of_the_command_line_has_exit_codes_of_its_own(path):
    runs = [
        node
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and isinstance(node.returns, ast.Name)
        and node.returns.id == "int"
    ]
    codes = [
        node.value.value
        for run in runs
        for node in ast.walk(run)
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Constant)
    ]
    assert codes == []
