"""What makes a system start `oma serve` by itself: the texts of a systemd unit and of a launchd agent. Pure."""

import plistlib
import re
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from oma.cli.exit_codes import TERMINATED

LABEL = "dev.oma.serve"

_PLAIN = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_OTHER = re.compile(r"[^A-Za-z0-9_.-]")


def unit_name(socket: Path, default: Path) -> str:
    """Return the name of the unit of the tmux server of that socket: each server has one of its own.

    Args:
        socket: Of the server.
        default: Of the server that tmux takes where none is named.
    """
    if socket == default:
        return "oma-serve"
    if socket.parent == default.parent and _PLAIN.fullmatch(socket.name):
        return f"oma-serve-{socket.name}"
    digest = sha256(str(socket).encode(errors="surrogateescape")).hexdigest()[:8]
    return f"oma-serve-{_OTHER.sub('_', socket.name)[:32]}-{digest}"


def systemd_unit(argv: Sequence[str], variables: dict[str, str]) -> str:
    """Return a unit of the user's systemd that runs `argv` from login on, and again when it fails.

    SIGTERM is how systemd ends it. After thirty failures within a minute it is left alone.
    """
    lines = [f"Environment={_quoted(f'{name}={value}')}" for name, value in variables.items()]
    return "\n".join(
        [
            "[Unit]",
            "Description=oma serve: watches AI coding agents in tmux",
            "StartLimitIntervalSec=60",
            "StartLimitBurst=30",
            "",
            "[Service]",
            f"ExecStart={' '.join([_quoted(argv[0]), *map(_argument, argv[1:])])}",
            *lines,
            "Restart=on-failure",
            "RestartSec=1",
            f"SuccessExitStatus={TERMINATED}",
            "",
            "[Install]",
            "WantedBy=default.target",
            "",
        ]
    )


def launchd_agent(argv: Sequence[str], variables: dict[str, str], label: str, errors: Path) -> str:
    """Return a property list for launchd that runs `argv` from login on, and again when it fails.

    Args:
        argv: The command line.
        variables: Of its environment.
        label: What launchd calls it.
        errors: The file that its standard error is added to; launchd drops it otherwise.
    """
    told = {
        "Label": label,
        "ProgramArguments": list(argv),
        "EnvironmentVariables": variables,
        "RunAtLoad": True,
        "KeepAlive": {"SuccessfulExit": False},
        "StandardErrorPath": str(errors),
    }
    return plistlib.dumps(told).decode()


def _argument(word: str) -> str:
    """Return a word behind a program as systemd reads it back: no variable in it is expanded."""
    return _quoted(word).replace("$", "$$")


def _quoted(word: str) -> str:
    """Return a word as systemd reads it back: quoted, and no specifier in it expanded."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped.replace("%", "%%")}"'
