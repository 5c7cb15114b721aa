"""Where the files of the user are: the configuration, profiles, and what outlives a run.

Light, for it runs before `oma status` asks the service. The environment is an argument.
"""

from collections.abc import Mapping
from pathlib import Path

from oma.errors import ConfigError


def config_directory(environ: Mapping[str, str]) -> Path | None:
    """Return where `config.toml` and `profiles/` live, whether or not that exists.

    `$XDG_CONFIG_HOME/oma`, else `~/.config/oma`, on every system; a relative `XDG_CONFIG_HOME` is
    ignored, as the XDG base directory specification asks. `None` without a `HOME`.
    """
    return _directory(environ, "XDG_CONFIG_HOME", ".config")


def state_directory(environ: Mapping[str, str]) -> Path | None:
    """Return where `oma` keeps what outlives a run, whether or not that exists.

    `$XDG_STATE_HOME/oma`, else `~/.local/state/oma`, as for `config_directory`.
    """
    return _directory(environ, "XDG_STATE_HOME", ".local/state")


def _directory(environ: Mapping[str, str], variable: str, default: str) -> Path | None:
    xdg, home = environ.get(variable, ""), environ.get("HOME", "")
    if xdg.startswith("/"):
        return Path(xdg, "oma")
    return Path(home, default, "oma") if home else None


def find_path(environ: Mapping[str, str], explicit: str | None) -> Path | None:
    """Return the configuration file: `explicit`, else `OMA_CONFIG`, else the default place.

    `None` when the default place holds no file. An empty `OMA_CONFIG` counts as unset.

    Raises:
        ConfigError: the file that `explicit` or `OMA_CONFIG` names does not exist, or the default
            place cannot be looked into.
    """
    asked = explicit if explicit is not None else environ.get("OMA_CONFIG") or None
    if asked is not None:
        path = Path(asked)
        if not _exists(path):
            origin = "--config" if explicit is not None else "OMA_CONFIG"
            raise ConfigError(f"{asked}: no such file, though {origin} names it")
        return path
    directory = config_directory(environ)
    if directory is None:
        return None
    path = directory / "config.toml"
    return path if _exists(path) else None


def _exists(path: Path) -> bool:
    try:
        # The link, not what it points to: a dangling one is an error later, not an absence.
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        message = f"{path}: cannot be read: {(error.strerror or str(error)).lower()}"
        raise ConfigError(message) from error
    return True
