"""`oma serve --install` and `--uninstall`: the file that starts the service at login, and what to do then."""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from shlex import quote

import attrs

from oma.cli.cli_context import CliContext
from oma.cli.service_unit import LABEL, launchd_agent, systemd_unit, unit_name
from oma.errors import OmaError
from oma.model.printable import printable
from oma.runtime.client.tmux_binary import VARIABLE
from oma.runtime.client.tmux_socket import socket_path
from oma.runtime.client.working_directory import absolute
from oma.runtime.settings_file import replace_settings_file
from oma.tmux.address import ServerAddress

KEPT = (VARIABLE, "XDG_CONFIG_HOME", "XDG_STATE_HOME", "OMA_CONFIG", "CLAUDE_CONFIG_DIR")
"""Variables that say where things are, and that a login session may not have."""


@attrs.frozen
class Installation:
    """The file, its text, and how the system is told of it."""

    path: Path
    text: str
    start: str
    stop: str
    note: str
    """What else to know."""
    link: Path | None = None
    """By which the system finds the file at login, once it was told to."""


def installation_of(
    context: CliContext,
    environ: Mapping[str, str],
    more: Sequence[str] = (),
    platform: str = sys.platform,
) -> Installation:
    """Return what starts the service of a tmux server on this system.

    Args:
        context: Which server, and the configuration.
        environ: Ours.
        more: Options of `oma serve` that it is started with.
        platform: As `sys.platform`.

    Raises:
        OmaError: There is no home directory.
    """
    home = environ.get("HOME", "")
    if not home:
        raise OmaError("HOME names no directory for the file that starts the service")
    variables = {name: environ[name] for name in KEPT if environ.get(name)}
    variables |= {"PATH": environ.get("PATH", os.defpath)}
    socket = absolute(context.socket)
    options = attrs.evolve(context, server=ServerAddress(socket_path=str(socket))).argv()
    argv = [sys.executable, "-P", "-m", "oma", *options, "serve", "--wait", *more]
    outside = {name: value for name, value in environ.items() if name != "TMUX"}
    name = unit_name(socket, socket_path(ServerAddress(), outside))
    if platform == "darwin":
        return _launchd(argv, variables, name.replace("oma-serve", LABEL), Path(home, "Library"))
    config = environ.get("XDG_CONFIG_HOME", "")
    base = Path(config) if config.startswith("/") else Path(home, ".config")
    return _systemd(argv, variables, name, base / "systemd/user")


def _systemd(
    argv: Sequence[str], variables: dict[str, str], name: str, folder: Path
) -> Installation:
    steps = ("daemon-reload", f"enable {name}", f"restart {name}")
    return Installation(
        folder / f"{name}.service",
        systemd_unit(argv, variables),
        start=" && ".join(f"systemctl --user {step}" for step in steps),
        stop=f"systemctl --user stop {name}; systemctl --user daemon-reload",
        note="so that it goes on after you log out: loginctl enable-linger",
        link=folder / "default.target.wants" / f"{name}.service",
    )


def _launchd(
    argv: Sequence[str], variables: dict[str, str], label: str, library: Path
) -> Installation:
    path, errors = library / f"LaunchAgents/{label}.plist", library / f"Logs/{label}.log"
    return Installation(
        path,
        launchd_agent(argv, variables, label, errors),
        start=f"launchctl load -w {quote(str(path))}",
        stop=f"launchctl remove {label}",  # the file that `unload` reads is gone
        note=f"what it says of errors is in {errors}",
    )


def install(installation: Installation) -> None:
    """Write the file, and say what was done and what is left to do.

    Raises:
        OmaError: It cannot be written.
    """
    replace_settings_file(installation.path, installation.text)
    print(printable(f"wrote {installation.path}"))
    print(printable(f"start it now and at each login: {installation.start}"))
    print(printable(installation.note))


def uninstall(installation: Installation) -> None:
    """Remove the file, and say what was done and what is left to do.

    Raises:
        OmaError: There is none, or it cannot be removed.
    """
    removed = [path for path in (installation.path, installation.link) if path and _remove(path)]
    if not removed:
        raise OmaError(f"there is no {installation.path}: nothing was removed")
    for path in removed:
        print(printable(f"removed {path}"))
    print(printable(f"end it, if it runs: {installation.stop}"))


def _remove(path: Path) -> bool:
    """Remove a file, and say whether there was one.

    Raises:
        OmaError: It cannot be removed.
    """
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as failure:
        raise OmaError(f"cannot remove {path}: {failure.strerror}") from None
    return True
