"""The subcommands of `oma`: their names, what each is for, and the parsers of the command line.

A subcommand is one module of `oma.cli.commands`, `<name>_command` (with `_` for `-`), with two functions:
`add_arguments(parser)`, and `run(options)`, which returns the exit code. The annotation of `options`
says of which class they are. The module is imported when its subcommand is asked for,
so that none pays for another.
"""

import argparse
import importlib
from types import SimpleNamespace
from typing import Any, Protocol, cast

from oma.cli.arguments import add_dashboard_options, add_global_options, add_version
from oma.cli.command_line import Parser, Unmeasured

DASHBOARD = "dashboard"
"""The subcommand that has no name on the command line: it runs when none is given."""

ABOUT = {
    "up": "show the dashboard in a tmux session of its own; or start a fleet",
    "export": "print the agents that there are as the file of a fleet",
    "status": "take one look at every agent",
    "watch": "print one line per change, as it happens",
    "wait": "wait until an agent is in one of some states",
    "why": "say why an agent is as it is, now or then",
    "serve": "watch the server for all who want to know, until interrupted",
    "publish": "let others see the agents of this machine, on Valkey or Redis",
    "fleet": "keep the logs that other machines publish, or let one publish",
    "events": "print what is known and what happens, for other programs",
    "history": "list the recordings that oma serve keeps",
    "record": "record what happens until interrupted",
    "digest": "say who worked, waited, failed and finished",
    "stats": "count time in each state, waits, answers and failures by day",
    "replay": "show a recording in the dashboard, or as lines",
    "convert": "turn a raw transcript into a recording, or a recording into an asciicast",
    "score": "say how right the verdicts on a recording are",
    "notify": "tell which agents need you, until interrupted; or try that",
    "tmux": "show agents in tmux's status line and bind keys, or undo that",
    "new": "start an agent in a tmux session of its own",
    "stop": "ask an agent to end, then make it",
    "kill": "end an agent at once, and its session if that was made for it",
    "rm": "end an agent, and remove its git worktree and branch",
    "diff": "show what an agent has changed",
    "rename": "call an agent by another name",
    "restart": "start an agent's program again",
    "restore": "start the agents again that went with their tmux server",
    "resume": "go on with the very conversation of an agent that has ended",
    "fork": "start another agent with a copy of an agent's conversation",
    "send": "type a text into an agent, with Enter",
    "queue": "send prompts one by one when an agent is at its prompt",
    "answer": "choose an option of the dialog that an agent shows",
    "attach": "hand this terminal to an agent",
    "jump": "go to an agent's own window and pane",
    "next": "go to the next agent that needs you",
    "tile": "show the agents as panes around this pane",
    "untile": "end the tiling of this window",
    "pane": "run a program in a pane of its own",
    "web": "show the agents in a browser",
    "demo": "watch scripted agents on a tmux server of its own",
    "bench": "measure oma on this machine, beside polling (15 minutes)",
    "doctor": "say what is wrong with this machine",
    "profiles": "list the kinds of agents, show, check or test them; show what they miss",
    "report-wrong": "write a masked recording of an agent that was judged wrongly",
    "report": "say how the agent of this pane is; for its hooks",
    "hooks": "let an agent report by its own hooks, or not",
    "config": "print the configuration in force",
    "completion": "print the completion of a shell",
    "help": "say what a command does, and what it takes",
}
"""Name → what it is for, in the order of the help."""

INTERNAL = {"pane-view": "show one pane of a tmux server in this terminal"}
"""As `ABOUT`, of those that `oma` itself runs: no help and no completion names them."""

_EXAMPLES = """\
examples:
  oma                           the dashboard; oma up keeps it in a tmux session of its own
  oma demo                      see it work, on a tmux server of its own
  oma status                    one look at every agent
  oma watch --json              one line per change, as it happens
  oma new fix-login -- claude   start an agent
  oma record -o day.jsonl       keep what happens, to replay it
"""


class Subcommand(Protocol):
    """The module of a subcommand."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add its arguments to its parser."""

    def run(self, options: Any) -> int:  # noqa: ANN401  # of a class of its own
        """Run it, and return the exit code."""


def load_command(name: str) -> Subcommand:
    """Import a subcommand."""
    return cast(
        "Subcommand", importlib.import_module(f"oma.cli.commands.{name.replace('-', '_')}_command")
    )


def options_class(command: Subcommand) -> type[Any]:
    """Return the class of the options that `run` of a subcommand takes."""
    kind: type[Any] = command.run.__annotations__["options"]
    return kind


def root_parser() -> Parser:
    """Return the parser of a command line without a subcommand; its help names all of them."""
    return _root(_Named)


def command_parser(root: Parser, name: str) -> Parser:
    """Return the parser of a subcommand, for what stands before its name and after it.

    Raises:
        SystemExit: There is none of that name, which `root` has said (2).
    """
    about = ABOUT | INTERNAL
    if name not in about:
        root.parse_args([name])
    parser = Parser(prog=f"oma {name}", description=about[name], formatter_class=Unmeasured)
    parser.example_of = name
    _fill(parser, name)
    return parser


def whole_parser() -> Parser:
    """Return one parser that knows every argument of every subcommand, as completion needs it."""
    return _root(Parser)


class _Named(SimpleNamespace):
    """In place of the parser of a subcommand where its name alone is needed: to make one takes 0.2 ms."""


def _root(kind: type[Parser | _Named]) -> Parser:
    parser = Parser(
        prog="oma",
        description="Mission control for AI coding agents in tmux.",
        epilog=_EXAMPLES,
        formatter_class=Unmeasured,
    )
    add_global_options(parser)
    add_version(parser, "show the version and exit")
    add_dashboard_options(parser, "the dashboard, which runs when no command is given")
    commands = parser.add_subparsers(
        dest="subcommand",
        metavar="COMMAND",
        title="commands",
        parser_class=cast("type[Parser]", kind),
    )
    for name, about in ABOUT.items():
        command = commands.add_parser(name, help=about, description=about)
        command.example_of = name
        if kind is Parser:
            _fill(command, name)
    return parser


def _fill(parser: argparse.ArgumentParser, name: str) -> None:
    add_global_options(parser)
    add_version(parser)
    load_command(name).add_arguments(parser)
