"""`oma serve --install` and `--uninstall`: the file that starts the service at login, and what to do then."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import attrs

from oma.cli.cli_context import CliContext
from oma.cli.service_unit import LABEL, launchd_agent, systemd_unit, unit_name
from oma.errors import OmaError
from oma.model.printable import printable
from oma.runtime.client.tmux_binary import VARIABLE
from oma.runtime.settings_file import replace_settings_file
from oma.tmux.address import ServerAddress

KEPT = (VARIABLE, "XDG_CONFIG_HOME", "XDG_STATE_HOME", "OMA_CONFIG")
"""Variables that say where things are, and that a login session may not have."""


@attrs.frozen
class Installation:
    """The file, its text, and how the system is told of it."""

    path: Path
    text: str
    start: str
    stop: str


def installation_of(
    context: CliContext, environ: Mapping[str, str], platform: str = sys.platform
) -> Installation:
    """Return what starts the service of a tmux server on this system.

    Raises:
        OmaError: There is no home directory.
    """
    home = environ.get("HOME", "")
    if not home:
        raise OmaError("HOME names no directory for the file that starts the service")
    variables = {name: environ[name] for name in KEPT if environ.get(name)}
    variables |= {"PATH": environ.get("PATH", os.defpath)}
    server = ServerAddress(socket_path=str(context.socket))
    options = attrs.evolve(context, server=server).argv()
    argv = [sys.executable, "-P", "-m", "oma", *options, "serve"]
    name = unit_name(context.server.socket_name)
    if platform == "darwin":
        label = name.replace("oma-serve", LABEL)
        path = Path(home, "Library/LaunchAgents", f"{label}.plist")
        text = launchd_agent(argv, variables, label)
        return Installation(path, text, f"launchctl load -w {path}", f"launchctl unload -w {path}")
    config = environ.get("XDG_CONFIG_HOME", "")
    base = Path(config) if config.startswith("/") else Path(home, ".config")
    path = base / "systemd/user" / f"{name}.service"
    start = f"systemctl --user daemon-reload && systemctl --user enable --now {name}"
    return Installation(
        path, systemd_unit(argv, variables), start, f"systemctl --user disable --now {name}"
    )


def install(installation: Installation) -> None:
    """Write the file, and say what was done and what is left to do.

    Raises:
        OmaError: It cannot be written.
    """
    replace_settings_file(installation.path, installation.text)
    print(printable(f"wrote {installation.path}"))
    print(printable(f"start it now and at each login: {installation.start}"))


def uninstall(installation: Installation) -> None:
    """Remove the file, and say what was done and what is left to do.

    Raises:
        OmaError: There is none, or it cannot be removed.
    """
    try:
        installation.path.unlink()
    except FileNotFoundError:
        raise OmaError(f"there is no {installation.path}: nothing was removed") from None
    except OSError as failure:
        raise OmaError(f"cannot remove {installation.path}: {failure.strerror}") from None
    print(printable(f"removed {installation.path}"))
    print(printable(f"end it, if it runs: {installation.stop}"))
