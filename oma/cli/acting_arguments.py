"""The subcommands that change something: agents, and windows that show them."""

import argparse

from oma.cli.quantities import seconds
from oma.cli.subcommands import Subcommands


def add_acting(commands: Subcommands) -> None:
    """Add what is done to agents."""
    new = commands.add("new", "start an agent in a tmux session of its own")
    new.add_argument("name", nargs="?", help="letters, digits, '_' and '-'")
    new.add_argument("--profile", metavar="P", help="run the command of this kind of agent")
    new.add_argument("--cwd", metavar="DIR", help="its working directory")
    new.add_argument(
        "--env",
        action="append",
        default=[],
        metavar="NAME[=VALUE]",
        help="give it this variable, with the value that it has here or this one; may be repeated",
    )
    new.add_argument("command", nargs="*", metavar="COMMAND", help="after --, with its arguments")

    stop = commands.add("stop", "ask an agent to end, then make it")
    stop.add_argument("agent")
    stop.add_argument(
        "--timeout", type=seconds, default=5.0, metavar="S", help="how long to ask (default 5)"
    )
    kill = commands.add("kill", "end an agent and its session at once")
    kill.add_argument("agent")
    restart = commands.add("restart", "start an agent's program again")
    restart.add_argument("agent")
    restart.add_argument(
        "--fresh", action="store_true", help="its first command, not its resume command"
    )
    send = commands.add("send", "type a text into an agent, with Enter")
    send.add_argument("agent")
    send.add_argument("text", nargs="*", help="'-' reads it from standard input")
    send.add_argument("--file", metavar="FILE", help="the text is in this file")
    send.add_argument(
        "--anyway", action="store_true", help="also to an agent that waits or holds a draft"
    )
    send.add_argument(
        "--no-enter", action="store_true", help="leave the text unsent at its prompt"
    )
    send.add_argument("--json", action="store_true", help="for machines")
    answer = commands.add("answer", "choose an option of the dialog that an agent shows")
    answer.add_argument("agent")
    answer.add_argument(
        "key", nargs="?", help="of the option, as it is shown; without one, say what is asked"
    )
    answer.add_argument(
        "--to", metavar="FINGERPRINT", help="only if this is still what the agent asks"
    )
    attach = commands.add("attach", "hand this terminal to an agent")
    attach.add_argument("agent")


def add_tiling(commands: Subcommands) -> None:
    """Add what divides windows."""
    tile = commands.add("tile", "show the agents as panes around this pane")
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
    commands.add("untile", "end the tiling of this window")
    pane = commands.add("pane", "run a program in a pane of its own")
    pane.add_argument("--title", metavar="T", help="of the pane")
    pane.add_argument("-d", dest="detach", action="store_true", help="stay in this pane")
    pane.add_argument("command", nargs="*", metavar="COMMAND", help="after --, with its arguments")
