"""The command line as data: every subcommand, its options and its help."""

import argparse

from oma import __version__
from oma.cli.acting_arguments import add_acting, add_tiling
from oma.cli.command_line import Parser
from oma.cli.quantities import percent, port, seconds, speed
from oma.cli.subcommands import Subcommands
from oma.cli.web_arguments import PORT, add_web
from oma.hooks.status import KINDS, STATES

_EXAMPLES = """\
examples:
  oma                           the dashboard; oma up keeps it in a tmux session of its own
  oma demo                      see it work, on a tmux server of its own
  oma status                    one look at every agent
  oma watch --json              one line per change, as it happens
  oma new fix-login -- claude   start an agent
  oma record -o day.jsonl       keep what happens, to replay it
"""


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    everywhere = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    group = everywhere.add_argument_group("which tmux server, and how")
    group.add_argument("-L", dest="socket_name", metavar="NAME", help="tmux socket name")
    group.add_argument("-S", dest="socket_path", metavar="PATH", help="tmux socket path")
    group.add_argument("--config", metavar="FILE", help="configuration file")
    group.add_argument(
        "--match", metavar="GLOB", help="watch sessions of these names, not those of the prefix"
    )
    parser = Parser(
        prog="oma",
        description="Mission control for AI coding agents in tmux.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[everywhere],
    )
    parser.add_argument("--version", action="version", version=f"oma {__version__}")
    _add_face(parser)
    commands = Subcommands(parser, everywhere)
    commands.add("up", "show the dashboard in a tmux session of its own")
    _add_looking(commands)
    _add_why(commands)
    _add_recording(commands)
    add_acting(commands)
    add_tiling(commands)
    add_web(commands.add("web", "show the agents in a browser"))
    _add_house(commands)
    return parser


def _add_ascii(parser: argparse.ArgumentParser) -> None:
    default = argparse.SUPPRESS  # given before the command, it counts as well
    parser.add_argument("--ascii", action="store_true", default=default, help="draw in ASCII")


def _add_face(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("the dashboard, which runs when no command is given")
    group.add_argument("--record", metavar="FILE", help="record what happens, too")
    group.add_argument("--ascii", action="store_true", help="draw with ASCII alone")
    group.add_argument("--web", action="store_true", help="serve browsers beside it, as oma web")
    group.add_argument("--web-port", type=port, default=PORT, metavar="N", help=argparse.SUPPRESS)


def _add_looking(commands: Subcommands) -> None:
    status = commands.add("status", "take one look at every agent")
    status.add_argument("--json", action="store_true", help="for machines")

    watch = commands.add("watch", "print one line per change, as it happens")
    watch.add_argument("--json", action="store_true", help="for machines")
    watch.add_argument("--record", metavar="FILE", help="record what happens, too")

    wait = commands.add("wait", "wait until an agent is in one of some states")
    wait.add_argument("agent")
    wait.add_argument(
        "--for",
        dest="health",
        required=True,
        metavar="HEALTH[,HEALTH]",
        help="ok, idle, waiting, stuck, exited",
    )
    wait.add_argument(
        "--appear", action="store_true", help="wait for the agent, too, when it is not there yet"
    )
    wait.add_argument("--timeout", type=seconds, metavar="S", help="give up after S seconds")
    wait.add_argument("--json", action="store_true", help="for machines")
    wait.add_argument("--record", metavar="FILE", help="record what happens, too")


def _add_why(commands: Subcommands) -> None:
    why = commands.add("why", "say why an agent is as it is, now or then")
    why.add_argument("agent", nargs="?")
    why.add_argument("--pane", metavar="%N", help="why this pane is there, or went")
    why.add_argument("--recording", metavar="FILE", help="ask a recording, not the server")
    why.add_argument("--at", type=seconds, metavar="T", help="its second T (default: its end)")
    why.add_argument("--profile", metavar="P", help="take the agent to be of this kind")
    _add_profiles(why)
    why.add_argument("--json", action="store_true", help="for machines")
    why.add_argument("--record", metavar="FILE", help="record what is seen, too")


def _add_recording(commands: Subcommands) -> None:
    record = commands.add("record", "record what happens until interrupted")
    record.add_argument(
        "-o", dest="output", metavar="FILE", help="JSON Lines; .gz and .zst compress; - is stdout"
    )
    record.add_argument("--duration", type=seconds, metavar="S", help="stop after S seconds")

    replay = commands.add("replay", "show a recording in the dashboard, or as lines")
    replay.add_argument("file")
    _add_ascii(replay)
    replay.add_argument(
        "--json", action="store_true", help="lines for machines, as fast as possible"
    )
    replay.add_argument(
        "--speed", type=speed, metavar="N", help="lines in time, N times as fast as it happened"
    )
    replay.add_argument(
        "--from", dest="start_s", type=seconds, default=0.0, metavar="T", help="begin at second T"
    )
    replay.add_argument("--profile", metavar="P", help="take every agent to be of this kind")
    _add_profiles(replay)

    convert = commands.add(
        "convert",
        "turn a raw transcript into a recording, or a recording into an asciicast",
    )
    convert.add_argument(
        "input",
        metavar="IN",
        help="NAME.ctl with NAME.idx and NAME.json beside it, or a recording",
    )
    convert.add_argument(
        "output", metavar="OUT", help="OUT.jsonl (.gz and .zst compress), OUT.cast; - is stdout"
    )
    convert.add_argument("--agent", metavar="NAME", help="whose screen an asciicast plays")
    convert.add_argument(
        "--asciicast", type=int, choices=(2, 3), default=2, help="version (default 2)"
    )

    score = commands.add("score", "say how right the verdicts on a recording are")
    score.add_argument("recording", help="a recording, or a transcript NAME.ctl")
    score.add_argument("--truth", required=True, metavar="FILE", help="what was true, and when")
    score.add_argument("--profile", metavar="P", help="take the agent to be of this kind")
    _add_profiles(score)
    score.add_argument("--json", action="store_true", help="for machines")


def _add_profiles(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--profiles", metavar="DIR", help="judge by the profiles in DIR in place of others"
    )


def _add_house(commands: Subcommands) -> None:
    demo = commands.add("demo", "watch scripted agents on a tmux server of its own")
    demo.add_argument("--duration", type=seconds, metavar="S", help="stop after S seconds")
    demo.add_argument("--json", action="store_true", help="for machines")
    demo.add_argument(
        "--watch", action="store_true", help="print the changes, as without a terminal"
    )
    demo.add_argument("--record", metavar="FILE", help="record what happens, too")
    _add_ascii(demo)
    bench = commands.add("bench", "measure oma on this machine, beside polling (5 minutes)")
    bench.add_argument("--quick", action="store_true", help="few tries of each: a minute")
    bench.add_argument("--json", action="store_true", help="for machines")
    doctor = commands.add("doctor", "say what is wrong with this machine")
    doctor.add_argument("--json", action="store_true", help="for machines")
    profiles = commands.add("profiles", "list the kinds of agents, show, check or test them")
    profiles.add_argument(
        "words",
        nargs="*",
        metavar="WHAT",
        help="NAME, 'check FILE' or 'test DIR'; nothing lists them",
    )
    profiles.add_argument("--json", action="store_true", help="for machines")
    profiles.add_argument(
        "--profile", metavar="P", help="test: take every agent to be of this kind"
    )
    _add_profiles(profiles)
    profiles.add_argument(
        "--at-least", type=percent, metavar="PERCENT", help="test: fail if less was told right"
    )
    _add_hooks(commands)
    config = commands.add("config", "print the configuration in force")
    config.add_argument("--json", action="store_true", help="for machines")
    completion = commands.add("completion", "print the completion of a shell")
    completion.add_argument("shell", choices=("bash", "fish", "tcsh", "zsh"))


def _add_hooks(commands: Subcommands) -> None:
    report = commands.add("report", "say how the agent of this pane is; for its hooks")
    report.add_argument("state", nargs="?", choices=STATES, help=", ".join(STATES))
    report.add_argument("--kind", choices=KINDS, help="what a blocked agent waits for")
    report.add_argument("--message", metavar="TEXT", help="shown as the evidence")
    report.add_argument("--app", metavar="NAME", help="which program reports")
    report.add_argument(
        "--from-hook",
        choices=("claude", "gemini"),
        help="read the state from the event that this agent gives its hook on stdin",
    )
    hooks = commands.add("hooks", "let an agent report by its own hooks, or not")
    hooks.add_argument("action", choices=("install", "uninstall", "show"))
    hooks.add_argument("agent", choices=("claude", "codex", "gemini", "opencode"))
    hooks.add_argument("--yes", action="store_true", help="write; without it, show what would be")
    hooks.add_argument("--settings", metavar="FILE", help="not the agent's own settings file")
