"""An `ssh` that reaches hosts which are scripts of this machine, and refuses others as ssh does."""

import os
import stat
from pathlib import Path

import attrs

SSH = """#!/bin/sh
printf '%s\\n' "$*" >> "{folder}/asked"
while [ "$1" != -- ]; do shift; done
[ -x "{folder}/$2" ] || {{ echo "ssh: connect to host $2 port 22: No route to host" >&2; exit 255; }}
exec "{folder}/$2" "$3"
"""


@attrs.define
class FakeSsh:
    """Its hosts.

    Args:
        folder: Stands first on the PATH.
    """

    folder: Path

    @property
    def path(self) -> str:
        """The PATH with it."""
        return f"{self.folder}:{os.environ['PATH']}"

    @property
    def asked(self) -> list[str]:
        """The arguments of each run."""
        return (self.folder / "asked").read_text().splitlines()

    def until_asked(self, times: int) -> str:
        """Return a line for a script that goes on when so many runs have begun."""
        return f'until [ "$(wc -l < {self.folder}/asked)" -ge {times} ]; do sleep 0.02; done'

    def host(self, name: str, script: str) -> None:
        """Make a host, or change it; its script gets the command as `$1`."""
        _program(self.folder / name, f"#!/bin/sh\n{script}\n")


def _program(path: Path, text: str) -> None:
    new = path.with_suffix(".new")
    new.write_text(text)
    new.chmod(new.stat().st_mode | stat.S_IXUSR)
    new.rename(path)


def make_ssh(folder: Path) -> FakeSsh:
    """Make one in a folder."""
    folder.mkdir()
    _program(folder / "ssh", SSH.format(folder=folder))
    return FakeSsh(folder)
