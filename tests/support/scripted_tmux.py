"""A tmux in place of the real one: a script that notes what it is asked, and says what a test wants."""

import json
import sys
from pathlib import Path

import attrs

SCRIPT = """#!{python} -IS
import json, sys, time
from pathlib import Path
here = Path({directory!r})
argv = sys.argv[1:]
given = sys.stdin.read() if "load-buffer" in argv else ""
with open(here / "asked", "a") as asked:
    asked.write(json.dumps([argv, given]) + "\\n")
for name, (status, said, complaint, until) in json.loads((here / "answers").read_text()).items():
    if name in argv:
        while until and json.dumps(until) not in (here / "asked").read_text():
            time.sleep(0.01)
        print(said, end="")
        print(complaint, end="", file=sys.stderr)
        sys.exit(status)
"""


@attrs.define
class ScriptedTmux:
    """What it was asked, and what it answers.

    Args:
        directory: Where it keeps both.
    """

    directory: Path
    answers: dict[str, tuple[int, str, str, str]] = attrs.Factory(dict)

    @property
    def program(self) -> Path:
        """The path of the program."""
        return self.directory / "tmux"

    def __attrs_post_init__(self) -> None:
        self.program.write_text(
            SCRIPT.format(python=sys.executable, directory=str(self.directory))
        )
        self.program.chmod(0o755)
        self.says("nothing")

    def says(
        self, command: str, said: str = "", status: int = 0, complaint: str = "", until: str = ""
    ) -> None:
        """Answer every command line that holds a word, once a line with the word `until` has come."""
        self.answers[command] = (status, said, complaint, until)
        (self.directory / "answers").write_text(json.dumps(self.answers))

    @property
    def asked(self) -> list[list[str]]:
        """The command lines so far, without what chooses the server."""
        path = self.directory / "asked"
        lines = path.read_text().splitlines() if path.exists() else []
        return [_command(argv) for argv, _ in map(json.loads, lines)]

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What was put into panes: the pane, and the text."""
        path = self.directory / "asked"
        lines = path.read_text().splitlines() if path.exists() else []
        return [
            (argv[-1].rsplit(" ", 1)[1].strip('"'), given)
            for argv, given in map(json.loads, lines)
            if "load-buffer" in argv
        ]


def _command(argv: list[str]) -> list[str]:
    at = max((argv.index(flag) + 2 for flag in ("-L", "-S") if flag in argv[:5]), default=0)
    return argv[at:]
