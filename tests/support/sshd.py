"""A real sshd on loopback with keys of its own, and an `ssh` that knows it by names."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import attrs
import psutil

from tests.support.free_port import free_port
from tests.support.patience import PATIENCE_S, look_until

SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
SSH = shutil.which("ssh")

_SSHD_CONFIG = """
ListenAddress 127.0.0.1:{port}
ListenAddress 127.0.0.1:{password_port}
HostKey {folder}/host_key
AuthorizedKeysFile {folder}/authorized_keys
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
SetEnv HOME={folder}
Match LocalPort {password_port}
  PubkeyAuthentication no
  PasswordAuthentication yes
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
  Port 1
Host asking
  Port {password_port}
Host behind
  ProxyJump asking
  IdentityFile {folder}/user_key
{others}
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
    """One that runs.

    `box` is let in, `closed` has another key, `stranger` is not known, `away` is not there, `asking` wants a password,
    and `behind` is reached through that.
    """

    folder: Path
    port: int
    process: subprocess.Popen[bytes]

    @property
    def path(self) -> str:
        """The PATH with the `ssh` that knows it."""
        return f"{self.folder}:{os.environ['PATH']}"

    async def is_there(self) -> bool:
        """Wait until it listens."""
        return await look_until(self._listens)

    def freeze(self) -> list[psutil.Process]:
        """Stop what serves those who are connected, and return it; others are let in as before."""
        found = psutil.Process(self.process.pid).children(recursive=True)
        serving = [each for each in found if each.name().startswith("sshd")]
        for each in serving:
            each.suspend()
        return serving

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


@contextmanager
def running_sshd(
    folder: Path, hosts: Mapping[str, str] | None = None, ports: Mapping[str, int] | None = None
) -> Iterator[Sshd]:
    """Run one while the block runs, with all its files in a folder.

    Args:
        folder: It is made.
        hosts: More hosts that are let in, each with the script that runs there in place of what is asked for,
            which is `$SSH_ORIGINAL_COMMAND`.
        ports: More hosts, each at a port that is none of sshd.
    """
    hosts, ports = hosts or {}, ports or {}
    folder.mkdir()
    for name in ("host_key", "user_key", "other_key", *hosts):
        argv = ("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name))
        subprocess.run(argv, check=True)
    allowed = [(folder / "user_key.pub").read_text()]
    others = [f"Host {host}\n  Port {port}" for host, port in ports.items()]
    for host, script in hosts.items():
        (folder / f"{host}.sh").write_text(script)
        key = (folder / f"{host}.pub").read_text()
        allowed.append(f'command="sh {folder}/{host}.sh" {key}')
        others.append(f"Host {host}\n  IdentityFile {folder}/{host}")
    (folder / "authorized_keys").write_text("".join(allowed))
    port = free_port()
    password_port = free_port(port)
    host_key = (folder / "host_key.pub").read_text()
    (folder / "known_hosts").write_text(f"tests {host_key}")
    values = {
        "folder": folder, "port": port, "password_port": password_port, "alias": "tests", "others": "\n".join(others),
    }  # fmt: skip
    (folder / "sshd_config").write_text(_SSHD_CONFIG.format(**values))
    (folder / "ssh_config").write_text(_SSH_CONFIG.format(**values))
    program = folder / "ssh"
    program.write_text(f'#!/bin/sh\nexec {SSH} -F {folder}/ssh_config "$@"\n')
    program.chmod(0o700)
    command = (str(SSHD), "-D", "-e", "-f", str(folder / "sshd_config"))
    with (folder / "sshd.log").open("wb") as log:
        process = subprocess.Popen(command, stderr=log, stdout=log)
    try:
        yield Sshd(folder, port, process)
    finally:
        process.kill()
        process.wait()
        begun = _begun_in(folder)
        for ended in begun:
            with suppress(psutil.NoSuchProcess):
                ended.terminate()  # what it records is whole then
        for hung in psutil.wait_procs(begun, timeout=PATIENCE_S)[1]:
            hung.kill()


def _begun_in(home: Path) -> list[psutil.Process]:
    """Return what was begun for those who were let in, and may be orphaned: nothing else has this home."""
    found = []
    for each in psutil.process_iter():
        with suppress(psutil.Error):
            if each.environ().get("HOME") == str(home):
                found.append(each)
    return found
