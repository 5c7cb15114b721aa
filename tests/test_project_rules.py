"""The rules of the project that no other tool holds."""

import ast
import functools
import importlib.util
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "oma").rglob("*.py"))
NAMES = [str(path.relative_to(ROOT)) for path in MODULES]
MOST_LINES = 300

# Each is behind one seam, so that it can be replaced, or doubted, in one place.
SEALED = [
    "curses",
    "httpx",
    "hypercorn",
    "coredis",
    "jeepney",
    "orjson",
    "platformdirs",
    "psutil",
    "pyghostty",
    "re2",
    "shtab",
    "tomli",
    "wcwidth",
    "zstandard",
]

# Written so that this file does not contain them. A home directory may have a folder of that name.
MACHINE_PATHS = re.compile(rb"(?<![\w~.-])/(?:wor[k]/|tmp/ven[v]\b)")
NOT_OURS = {
    ".git",
    ".hypothesis",
    ".import_linter_cache",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".venv",
    "__pycache__",
    "build",
    "dist",
    "node_modules",
    "static",
}


@functools.cache
def _parse(path):
    return ast.parse(path.read_text("utf-8"))


def _has_something_to_run(tree):
    return any(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) for node in ast.walk(tree))


def _imports(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def _sites():
    """Return the modules that import a package, by its name."""
    sites = {}
    for name, path in zip(NAMES, MODULES, strict=True):
        for package in set(_imports(_parse(path))):
            sites.setdefault(package, []).append(name)
    return sites


def _files(directory):
    for path in sorted(directory.iterdir()):
        if path.name in NOT_OURS or path.name.startswith(".coverage") or path.is_symlink():
            continue
        if path.is_dir():
            yield from _files(path)
        elif path.is_file():
            yield path


def test_a_module_fits_in_the_head():
    lines = {
        name: path.read_text("utf-8").count("\n")
        for name, path in zip(NAMES, MODULES, strict=True)
    }
    assert not {name: count for name, count in lines.items() if count > MOST_LINES}


def test_a_module_that_does_something_has_its_own_test_file():
    untested = []
    for name, path in zip(NAMES, MODULES, strict=True):
        place = path.relative_to(ROOT / "oma")
        mirror = ROOT / "tests" / "unit" / place.with_name(f"test_{place.name}")
        exempt = place.stem in {"__init__", "__main__"} or mirror.is_file()
        if not exempt and _has_something_to_run(_parse(path)):
            untested.append(name)
    assert not untested


def test_a_sealed_package_is_imported_in_one_module_at_most():
    sites = _sites()
    assert not {package: sites[package] for package in SEALED if len(sites.get(package, ())) > 1}


def test_what_the_web_is_made_of_is_imported_in_oma_web_alone():
    sites = _sites()
    for package in ("fastapi", "pydantic", "starlette"):
        assert all(site.startswith("oma/web/") for site in sites[package]), sites[package]


# CPython 3.11.0 to 3.11.4 match nested ones wrongly, and Debian 12 has 3.11.2.
POSSESSIVE = re.compile(r"(?<!\\)[*+?}]\+|\(\?>")


def _patterns(tree):
    """Yield every text among the arguments of a call into `re`, its classes emptied."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re."):
            for part in ast.walk(node):
                value = part.value if isinstance(part, ast.Constant) else None
                text = value.decode("latin-1") if isinstance(value, bytes) else value
                if isinstance(text, str):
                    yield re.sub(r"\[[^]]*\]", "[]", text)


def test_no_pattern_is_possessive_or_atomic():
    for name, path in zip(NAMES, MODULES, strict=True):
        assert not any(map(POSSESSIVE.search, _patterns(_parse(path)))), name


@functools.cache
def _script(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / ".ci" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_of_commands_is_what_the_parser_says():
    told = (ROOT / "docs" / "commands.md").read_text("utf-8")
    assert told == _script("command_pages").reference(), (
        "run .venv/bin/python .ci/command_pages.py"
    )


def test_the_reference_of_json_is_what_the_types_say(capsys):
    assert _script("json_pages").main(["--check"]) == 0, "run .venv/bin/python .ci/json_pages.py"


def test_the_moving_picture_is_small_and_what_its_recording_gives():
    drawn = _script("pictures").picture()
    assert drawn == (ROOT / "docs" / "demo.svg").read_text("utf-8"), "run ./run pictures"
    assert len(drawn.encode()) < 300_000
    assert ET.fromstring(drawn).tag == "{http://www.w3.org/2000/svg}svg"


def test_every_command_that_prints_json_is_in_its_reference():
    told = {each.command.split()[0] for each in _script("json_pages").PRINTED}
    asked = {
        name
        for name, parser in _script("command_pages").parsers().items()
        if any("--json" in action.option_strings for action in parser._actions)
    }
    assert told == asked


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_groff_finds_no_fault_with_the_manual_pages():
    pages = _script("command_pages").manual_pages()
    done = subprocess.run(
        ["groff", "-man", "-ww", "-z", "-Tutf8"],
        input="".join(pages.values()),
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stderr == ""
    assert len(pages) > 40


def test_no_file_mentions_a_path_of_the_machine_it_was_written_on():
    assert [
        str(path.relative_to(ROOT))
        for path in _files(ROOT)
        if MACHINE_PATHS.search(path.read_bytes())
    ] == []
