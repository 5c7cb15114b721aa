"""A real sshd on loopback with keys of its own, and an `ssh` that knows it by names."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs

from tests.support.patience import look_until

SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
SSH = shutil.which("ssh")

_SSHD_CONFIG = """
ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/host_key
AuthorizedKeysFile {folder}/user_key.pub
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
SetEnv HOME={folder}
"""
"""The home is empty: what the user's shell does at each login is not ours to wait for."""

_SSH_CONFIG = """
Host box
  IdentityFile {folder}/user_key
Host closed
  IdentityFile {folder}/other_key
Host stranger
  IdentityFile {folder}/user_key
  UserKnownHostsFile /dev/null
Host away
  Port {closed_port}
Host *
  HostName 127.0.0.1
  Port {port}
  HostKeyAlias {alias}
  UserKnownHostsFile {folder}/known_hosts
  IdentitiesOnly yes
"""


def why_not() -> str:
    """Return why there can be none here; empty if there can."""
    if SSHD is None or SSH is None:
        return "needs ssh and sshd"
    if os.getuid() == 0 and not Path("/run/sshd").is_dir():
        return "needs /run/sshd: sshd of root does"
    return ""


@attrs.define
class Sshd:
    """One that runs. `box` is let in, `closed` has another key, `stranger` is not known, `away` is not there."""

    folder: Path
    port: int

    @property
    def path(self) -> str:
        """The PATH with the `ssh` that knows it."""
        return f"{self.folder}:{os.environ['PATH']}"

    async def is_there(self) -> bool:
        """Wait until it listens."""
        return await look_until(self._listens)

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


@contextmanager
def running_sshd(folder: Path) -> Iterator[Sshd]:
    """Run one while the block runs, with all its files in a folder."""
    folder.mkdir()
    for name in ("host_key", "user_key", "other_key"):
        argv = ("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name))
        subprocess.run(argv, check=True)
    with socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        port, closed_port = one.getsockname()[1], two.getsockname()[1]
    host_key = (folder / "host_key.pub").read_text()
    (folder / "known_hosts").write_text(f"tests {host_key}")
    values = {"folder": folder, "port": port, "closed_port": closed_port, "alias": "tests"}
    (folder / "sshd_config").write_text(_SSHD_CONFIG.format(**values))
    (folder / "ssh_config").write_text(_SSH_CONFIG.format(**values))
    program = folder / "ssh"
    program.write_text(f'#!/bin/sh\nexec {SSH} -F {folder}/ssh_config "$@"\n')
    program.chmod(0o700)
    command = (str(SSHD), "-D", "-e", "-f", str(folder / "sshd_config"))
    with (folder / "sshd.log").open("wb") as log:
        process = subprocess.Popen(command, stderr=log, stdout=log)
    try:
        yield Sshd(folder, port)
    finally:
        process.kill()
        process.wait()
