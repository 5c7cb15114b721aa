"""What a watch depends on, as one text: a service serves those alone who would watch the same.

Light: `oma status` compares it without reading the files.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from oma import __version__
from oma.config.places import config_directory


def service_key(
    environ: Mapping[str, str], config: Path | None, match: str | None, *, only_own: bool
) -> str:
    """Return a text that differs where version, options, configuration or profiles do.

    Args:
        environ: Says where profiles are.
        config: The configuration file in force.
        match: The glob for the sessions to watch.
        only_own: No agents are found in other sessions.
    """
    directory = config_directory(environ)
    files = [] if config is None else [config]
    if directory is not None and (profiles := directory / "profiles").is_dir():
        files += sorted(profiles.glob("*.toml"))
    stats = [[os.path.abspath(file), *_version(file)] for file in files]
    return json.dumps([__version__, match, only_own, stats])


def _version(file: Path) -> list[int]:
    try:
        status = file.stat()
    except OSError:
        return []
    return [status.st_ino, status.st_mtime_ns, status.st_size]
