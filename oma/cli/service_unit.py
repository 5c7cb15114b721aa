"""What makes a system start `oma serve` by itself: the texts of a systemd unit and of a launchd agent. Pure."""

import plistlib
from collections.abc import Sequence

LABEL = "dev.oma.serve"


def unit_name(server_name: str | None) -> str:
    """Return the name of the unit, of the tmux server of that socket name."""
    return "oma-serve" if server_name is None else f"oma-serve-{server_name}"


def systemd_unit(argv: Sequence[str], variables: dict[str, str]) -> str:
    """Return a unit of the user's systemd that runs `argv` from login on, and again when it ends."""
    lines = [f"Environment={_quoted(f'{name}={value}')}" for name, value in variables.items()]
    return "\n".join(
        [
            "[Unit]",
            "Description=oma serve: watches AI coding agents in tmux",
            "",
            "[Service]",
            f"ExecStart={' '.join(map(_quoted, argv))}",
            *lines,
            "Restart=on-failure",
            "RestartSec=1",
            "",
            "[Install]",
            "WantedBy=default.target",
            "",
        ]
    )


def launchd_agent(argv: Sequence[str], variables: dict[str, str], label: str) -> str:
    """Return a property list for launchd that runs `argv` from login on, and again when it fails."""
    told = {
        "Label": label,
        "ProgramArguments": list(argv),
        "EnvironmentVariables": variables,
        "RunAtLoad": True,
        "KeepAlive": {"SuccessfulExit": False},
    }
    return plistlib.dumps(told).decode()


def _quoted(word: str) -> str:
    """Return a word as systemd reads it back: quoted, and nothing in it expanded."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped.replace("%", "%%").replace("$", "$$")}"'
