"""The command line as data: every subcommand, its options and its help."""

import argparse
from collections.abc import Sequence

from oma import __version__
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
    parser = argparse.ArgumentParser(
        prog="oma",
        description="Mission control for AI coding agents in tmux.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[everywhere],
    )
    parser.add_argument("--version", action="version", version=f"oma {__version__}")
    _add_face(parser)
    commands = parser.add_subparsers(dest="subcommand", metavar="COMMAND", title="commands")
    _add(commands, everywhere, "up", "show the dashboard in a tmux session of its own")
    _add_looking(commands, everywhere)
    _add_why(commands, everywhere)
    _add_recording(commands, everywhere)
    _add_acting(commands, everywhere)
    _add_tiling(commands, everywhere)
    add_web(_add(commands, everywhere, "web", "show the agents in a browser"))
    _add_house(commands, everywhere)
    return parser


def parse_arguments(parser: argparse.ArgumentParser, argv: Sequence[str]) -> argparse.Namespace:
    """Return what `argv` asks for.

    What follows `--` is the command of `new` or `pane` and nothing else: argparse alone would take its first
    word for the name of the agent.
    """
    arguments = parser.parse_args(argv)
    if arguments.subcommand in {"new", "pane"} and "--" in argv:
        at = argv.index("--")
        arguments = parser.parse_args(argv[:at])
        arguments.command += argv[at + 1 :]
    return arguments


_Commands = argparse._SubParsersAction  # noqa: SLF001  # argparse names no public type for it


def _add(
    commands: "_Commands[argparse.ArgumentParser]",
    everywhere: argparse.ArgumentParser,
    name: str,
    about: str,
) -> argparse.ArgumentParser:
    return commands.add_parser(name, help=about, description=about, parents=[everywhere])


def _add_face(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("the dashboard, which runs when no command is given")
    group.add_argument("--record", metavar="FILE", help="record what happens, too")
    group.add_argument("--ascii", action="store_true", help="draw with ASCII alone")
    group.add_argument("--web", action="store_true", help="serve browsers beside it, as oma web")
    group.add_argument("--web-port", type=int, default=PORT, metavar="N", help=argparse.SUPPRESS)


def _add_looking(
    commands: "_Commands[argparse.ArgumentParser]", everywhere: argparse.ArgumentParser
) -> None:
    status = _add(commands, everywhere, "status", "take one look at every agent")
    status.add_argument("--json", action="store_true", help="for machines")

    watch = _add(commands, everywhere, "watch", "print one line per change, as it happens")
    watch.add_argument("--json", action="store_true", help="for machines")
    watch.add_argument("--record", metavar="FILE", help="record what happens, too")

    wait = _add(commands, everywhere, "wait", "wait until an agent is in one of some states")
    wait.add_argument("agent")
    wait.add_argument(
        "--for",
        dest="health",
        required=True,
        metavar="HEALTH[,HEALTH]",
        help="ok, idle, waiting, stuck, exited",
    )
    wait.add_argument("--timeout", type=float, metavar="S", help="give up after S seconds")
    wait.add_argument("--json", action="store_true", help="for machines")
    wait.add_argument("--record", metavar="FILE", help="record what happens, too")


def _add_why(
    commands: "_Commands[argparse.ArgumentParser]", everywhere: argparse.ArgumentParser
) -> None:
    why = _add(commands, everywhere, "why", "say why an agent is as it is, now or then")
    why.add_argument("agent", nargs="?")
    why.add_argument("--pane", metavar="%N", help="why this pane is there, or went")
    why.add_argument("--recording", metavar="FILE", help="ask a recording, not the server")
    why.add_argument("--at", type=float, metavar="T", help="its second T (default: its end)")
    why.add_argument("--profile", metavar="P", help="take the agent to be of this kind")
    _add_profiles(why)
    why.add_argument("--json", action="store_true", help="for machines")
    why.add_argument("--record", metavar="FILE", help="record what is seen, too")


def _add_recording(
    commands: "_Commands[argparse.ArgumentParser]", everywhere: argparse.ArgumentParser
) -> None:
    record = _add(commands, everywhere, "record", "record what happens until interrupted")
    record.add_argument(
        "-o", dest="output", metavar="FILE", help="JSON Lines; .gz and .zst compress; - is stdout"
    )
    record.add_argument("--duration", type=float, metavar="S", help="stop after S seconds")

    replay = _add(commands, everywhere, "replay", "show a recording in the dashboard, or as lines")
    replay.add_argument("file")
    replay.add_argument(
        "--json", action="store_true", help="lines for machines, as fast as possible"
    )
    replay.add_argument(
        "--speed", type=float, metavar="N", help="lines in time, N times as fast as it happened"
    )
    replay.add_argument(
        "--from", dest="start_s", type=float, default=0.0, metavar="T", help="begin at second T"
    )
    replay.add_argument("--profile", metavar="P", help="take every agent to be of this kind")
    _add_profiles(replay)

    convert = _add(
        commands,
        everywhere,
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

    score = _add(commands, everywhere, "score", "say how right the verdicts on a recording are")
    score.add_argument("recording", help="a recording, or a transcript NAME.ctl")
    score.add_argument("--truth", required=True, metavar="FILE", help="what was true, and when")
    score.add_argument("--profile", metavar="P", help="take the agent to be of this kind")
    _add_profiles(score)
    score.add_argument("--json", action="store_true", help="for machines")


def _add_profiles(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--profiles", metavar="DIR", help="judge by the profiles in DIR in place of others"
    )


def _add_acting(
    commands: "_Commands[argparse.ArgumentParser]", everywhere: argparse.ArgumentParser
) -> None:
    new = _add(commands, everywhere, "new", "start an agent in a tmux session of its own")
    new.add_argument("name", nargs="?", help="letters, digits, '_' and '-'")
    new.add_argument("--profile", metavar="P", help="run the command of this kind of agent")
    new.add_argument("--cwd", metavar="DIR", help="its working directory")
    new.add_argument("command", nargs="*", metavar="COMMAND", help="after --, with its arguments")

    stop = _add(commands, everywhere, "stop", "ask an agent to end, then make it")
    stop.add_argument("agent")
    stop.add_argument(
        "--timeout", type=float, default=5.0, metavar="S", help="how long to ask (default 5)"
    )
    kill = _add(commands, everywhere, "kill", "end an agent and its session at once")
    kill.add_argument("agent")
    restart = _add(commands, everywhere, "restart", "start an agent's program again")
    restart.add_argument("agent")
    restart.add_argument(
        "--fresh", action="store_true", help="its first command, not its resume command"
    )
    send = _add(commands, everywhere, "send", "type a text into an agent, with Enter")
    send.add_argument("agent")
    send.add_argument("text", nargs="+")
    send.add_argument(
        "--no-enter", action="store_true", help="leave the text unsent at its prompt"
    )
    send.add_argument("--json", action="store_true", help="for machines")
    attach = _add(commands, everywhere, "attach", "hand this terminal to an agent")
    attach.add_argument("agent")


def _add_tiling(
    commands: "_Commands[argparse.ArgumentParser]", everywhere: argparse.ArgumentParser
) -> None:
    tile = _add(commands, everywhere, "tile", "show the agents as panes around this pane")
    tile.add_argument("--layout", choices=("vertical", "horizontal", "grid"))
    tile.add_argument(
        "--filter", metavar="F", help="only these agents; words, health:stuck, profile:claude"
    )
    tile.add_argument("--once", action="store_true", help="now and no more; the panes stay")
    tile.add_argument(
        "-d", dest="detach", action="store_true", help="in the background, until oma untile"
    )
    tile.add_argument(
        "--explain", action="store_true", help="say what would be done and why, and do nothing"
    )
    tile.add_argument("--pane", metavar="%N", help="the main pane (default: this one)")
    tile.add_argument("--record", metavar="FILE", help="record what happens, too")
    tile.add_argument("--background", action="store_true", help=argparse.SUPPRESS)
    _add(commands, everywhere, "untile", "end the tiling of this window")
    pane = _add(commands, everywhere, "pane", "run a program in a pane of its own")
    pane.add_argument("--title", metavar="T", help="of the pane")
    pane.add_argument("-d", dest="detach", action="store_true", help="stay in this pane")
    pane.add_argument("command", nargs="*", metavar="COMMAND", help="after --, with its arguments")


def _add_house(
    commands: "_Commands[argparse.ArgumentParser]", everywhere: argparse.ArgumentParser
) -> None:
    demo = _add(commands, everywhere, "demo", "watch scripted agents on a tmux server of its own")
    demo.add_argument("--duration", type=float, metavar="S", help="stop after S seconds")
    demo.add_argument("--json", action="store_true", help="for machines")
    demo.add_argument(
        "--watch", action="store_true", help="print the changes, as without a terminal"
    )
    demo.add_argument("--record", metavar="FILE", help="record what happens, too")
    bench = _add(
        commands, everywhere, "bench", "measure oma on this machine, beside polling (5 minutes)"
    )
    bench.add_argument("--quick", action="store_true", help="few tries of each: a minute")
    bench.add_argument("--json", action="store_true", help="for machines")
    doctor = _add(commands, everywhere, "doctor", "say what is wrong with this machine")
    doctor.add_argument("--json", action="store_true", help="for machines")
    profiles = _add(
        commands, everywhere, "profiles", "list the kinds of agents, show, check or test them"
    )
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
        "--at-least", type=float, metavar="PERCENT", help="test: fail if less was told right"
    )
    _add_hooks(commands, everywhere)
    config = _add(commands, everywhere, "config", "print the configuration in force")
    config.add_argument("--json", action="store_true", help="for machines")
    completion = _add(commands, everywhere, "completion", "print the completion of a shell")
    completion.add_argument("shell", choices=("bash", "zsh", "tcsh"))


def _add_hooks(
    commands: "_Commands[argparse.ArgumentParser]", everywhere: argparse.ArgumentParser
) -> None:
    report = _add(
        commands, everywhere, "report", "say how the agent of this pane is; for its hooks"
    )
    report.add_argument("state", nargs="?", choices=STATES, help=", ".join(STATES))
    report.add_argument("--kind", choices=KINDS, help="what a blocked agent waits for")
    report.add_argument("--message", metavar="TEXT", help="shown as the evidence")
    report.add_argument("--app", metavar="NAME", help="which program reports")
    report.add_argument(
        "--from-hook",
        choices=("claude", "gemini"),
        help="read the state from the event that this agent gives its hook on stdin",
    )
    hooks = _add(commands, everywhere, "hooks", "let an agent report by its own hooks, or not")
    hooks.add_argument("action", choices=("install", "uninstall", "show"))
    hooks.add_argument("agent", choices=("claude", "codex", "gemini", "opencode"))
    hooks.add_argument("--yes", action="store_true", help="write; without it, show what would be")
    hooks.add_argument("--settings", metavar="FILE", help="not the agent's own settings file")
