"""Makes the pages about commands from the parser: docs/commands.md, and the manual pages of a release.

    .ci/command_pages.py                  writes docs/commands.md; with --check only says whether it is stale
    .ci/command_pages.py --man DIRECTORY  writes oma.1, and oma-COMMAND.1 for every command

The words are those of `--help`, but their layout is ours: that of argparse differs between versions of Python.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from oma import __version__
from oma.cli.command_table import ABOUT, whole_parser
from oma.cli.examples import EXAMPLES
from oma.cli.exit_codes import ANSWERS, MEANINGS

REFERENCE = Path(__file__).parents[1] / "docs" / "commands.md"
COMMON = "which tmux server, and how"
"""The title of the options that every command has."""

HEAD = """\
# Options of every command

Made of the parser by `.ci/command_pages.py`; not to be edited. `oma help COMMAND` prints the same, and so do the manual pages of an
installed release (`man oma`, `man oma-status`). What the commands do, and their exit codes: [the command line](command-line.md).
"""

Rows = list[tuple[str, str]]


def parsers() -> dict[str, argparse.ArgumentParser]:
    """Return the parser of each command; that of `oma` itself is called so."""
    root = whole_parser()
    (commands,) = (
        action
        for action in root._actions  # noqa: SLF001  # argparse tells of them in no other way
        if isinstance(action, argparse._SubParsersAction)  # noqa: SLF001
    )
    return {"oma": root, **{name: commands.choices[name] for name in ABOUT}}


def groups(parser: argparse.ArgumentParser) -> Iterator[tuple[str, Rows]]:
    """Yield the titles of the groups of arguments, and how each argument is written and what it does."""
    formatter = parser._get_formatter()  # noqa: SLF001
    for group in parser._action_groups:  # noqa: SLF001
        rows = [
            (_written(action), formatter._expand_help(action) if action.help else "")  # noqa: SLF001
            for action in group._group_actions  # noqa: SLF001
            if action.help is not argparse.SUPPRESS
            and not isinstance(action, argparse._SubParsersAction)  # noqa: SLF001
        ]
        if rows:
            title = group.title or ""
            yield ("arguments" if title == "positional arguments" else title), rows


def _written(action: argparse.Action) -> str:
    value = str(action.metavar or action.dest.upper())
    if not action.option_strings:
        return f"{value}..." if action.nargs == "*" else value
    names = ", ".join(action.option_strings)
    if action.nargs == 0:
        return names
    if action.choices is not None and action.metavar is None:
        value = "|".join(map(str, action.choices))
    return f"{names} [{value}]" if action.nargs == "?" else f"{names} {value}"


def synopsis(name: str, parser: argparse.ArgumentParser) -> str:
    """Return how a command is called: the options that it needs, and its arguments."""
    words = ["oma", "[COMMAND]", "[OPTION...]"] if name == "oma" else ["oma", name, "[OPTION...]"]
    for action in parser._actions:  # noqa: SLF001
        if action.help is argparse.SUPPRESS or isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            continue
        if not action.option_strings:
            may_lack = action.nargs in {"?", "*"}
            words.append(f"[{_written(action)}]" if may_lack else _written(action))
        elif action.required:
            words.append(_written(action))
    return " ".join(words)


# ---------------------------------------------------------------- Markdown


def reference() -> str:
    """Return docs/commands.md."""
    found = parsers()
    common = next(rows for title, rows in groups(found["status"]) if title == COMMON)
    parts = [HEAD, "## Every command\n", _table(common)]
    for name, parser in found.items():
        parts.append(f"## `{'oma' if name == 'oma' else f'oma {name}'}`\n")
        about = parser.description or ""
        parts.append(f"{about[:1].upper()}{about[1:].rstrip('.')}.\n")
        parts.append(f"```text\n{synopsis(name, parser)}\n```\n")
        own = [row for title, rows in groups(parser) if title != COMMON for row in rows]
        own = [row for row in own if not row[0].startswith("-h,")]
        if own:
            parts.append(_table(own))
        if name in EXAMPLES:
            parts.append(_example_block(name))
    return "\n".join(parts)


def _table(rows: Rows) -> str:
    lines = ["| argument | meaning |", "|---|---|"]
    lines += [f"| `{_cell(written)}` | {_cell(_marked(about))} |" for written, about in rows]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _marked(text: str) -> str:
    """Return a text in which what Markdown or HTML would read as their own is code."""
    return re.sub(r"(?<!`)(\S*[{<*_\[]\S*)", r"`\1`", text)


def _example_block(name: str) -> str:
    told = EXAMPLES[name]
    width = max(len(line) for line, _ in told)
    lines = [f"{line:<{width}}  # {about}" for line, about in told]
    return "\n".join(["```sh", *lines, "```"]) + "\n"


# ---------------------------------------------------------------- manual pages


def manual_pages() -> dict[str, str]:
    """Return the manual pages by their file names."""
    return {
        "oma.1" if name == "oma" else f"oma-{name}.1": "\n".join(_page(name, parser)) + "\n"
        for name, parser in parsers().items()
    }


def _page(name: str, parser: argparse.ArgumentParser) -> Iterator[str]:
    title = "oma" if name == "oma" else f"oma-{name}"
    about = "mission control for AI coding agents in tmux" if name == "oma" else ABOUT[name]
    yield f'.TH "{title.upper()}" "1" "" "oma {__version__}" "User Commands"'
    yield from (".SH NAME", f"{_roff(title)} \\- {_roff(about)}")
    yield from (".SH SYNOPSIS", f".B {_roff(synopsis(name, parser))}")
    if name == "oma":
        yield from (".SH DESCRIPTION", _roff(parser.description or ""))
        yield "Without a command it shows the dashboard."
        named = [(f".BR oma\\-{_roff(command)} (1)", told) for command, told in ABOUT.items()]
        yield from _list("commands", named)
    for heading, rows in groups(parser):
        yield from _list(heading, [(f".B {_roff(written)}", told) for written, told in rows])
    examples = [(f".B {_roff(line)}", told) for line, told in EXAMPLES.get(name, ())]
    yield from _list("examples", examples)
    codes = [(f".B {code}", meaning) for code, meaning in MEANINGS.items()]
    yield from _list("exit status", codes)
    if name in ANSWERS:
        yield from (".PP", _roff(f"It is 1 also where {ANSWERS[name]}.".replace("`", "")))
    yield from (".SH SEE ALSO", ".BR tmux (1)" if name == "oma" else ".BR oma (1)")


def _list(heading: str, items: Rows) -> Iterator[str]:
    if items:
        yield f'.SH "{_roff(heading.upper())}"'
    for tag, told in items:
        yield from (".TP", tag, _roff(told.replace("`", "")) or "\\&")


def _roff(text: str) -> str:
    """Return a text as roff prints it: nothing in it is a request or an escape."""
    escaped = (
        text.replace("\\", "\\(rs").replace("-", "\\-").replace("'", "\\(aq").replace('"', "\\(dq")
    )
    escaped = "".join(c if c.isascii() else f"\\[u{ord(c):04X}]" for c in escaped)
    return f"\\&{escaped}" if escaped.startswith((".", "\\(aq")) else escaped


def main(words: list[str]) -> int:
    """Write what is asked for, or compare it; return the exit code."""
    if words[:1] == ["--man"]:
        directory = Path(words[1])
        directory.mkdir(parents=True, exist_ok=True)
        for file, text in manual_pages().items():
            (directory / file).write_text(text, "utf-8")
        return 0
    text = reference()
    if "--check" not in words:
        REFERENCE.write_text(text, "utf-8")
    elif text != REFERENCE.read_text("utf-8"):
        sys.stderr.write(
            f"{REFERENCE.name}: not what the parser says: .ci/command_pages.py makes it anew\n"
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
