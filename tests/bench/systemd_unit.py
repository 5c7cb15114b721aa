"""The unit of `oma serve --install` under a real systemd of the user, in namespaces of its own. As root, on Linux.

    python tests/bench/systemd_unit.py

Installed, started, killed, stopped, started beside another service and without a tmux server, and uninstalled, as the
words say that `oma` prints. Says what holds; exits with 1 where something does not. Nothing of the machine is
touched: mounts, processes and control groups are those of the namespaces, files are below a temporary directory.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

INSIDE = "OMA_BENCH_FOLDER"
NEEDED = ("unshare", "systemd", "systemctl", "dbus-run-session", "tmux")
SHELL = """
mount --make-rprivate / && mount -t tmpfs tmpfs /run && mount -t cgroup2 none /sys/fs/cgroup
mkdir -p /run/systemd/system "$XDG_RUNTIME_DIR" && chmod 700 "$XDG_RUNTIME_DIR"
exec dbus-run-session -- "$@"
"""
PATIENCE_S = 60
CGROUPS = (Path("/sys/fs/cgroup/unified"), Path("/sys/fs/cgroup"))


def main():
    if INSIDE in os.environ:
        sys.exit(inside(Path(os.environ[INSIDE])))
    if os.geteuid() or not all(map(shutil.which, NEEDED)):
        raise SystemExit(f"needs root, Linux and {', '.join(NEEDED)}")
    base = next(each for each in CGROUPS if (each / "cgroup.procs").exists())
    group = base / f"oma-bench-{os.getpid()}"
    group.mkdir()
    with tempfile.TemporaryDirectory(prefix="oma-bench-") as folder:
        names = ("PATH", "LANG")
        environ = {name: os.environ[name] for name in names if name in os.environ}
        environ |= {"HOME": folder, "XDG_RUNTIME_DIR": "/run/user/0", INSIDE: folder}
        environ |= {"container": "oma", "XDG_STATE_HOME": f"{folder}/50% of $HOME"}
        isolated = ("unshare", "-m", "-p", "-f", "-C", "--mount-proc", "--kill-child")
        argv = [*isolated, "sh", "-ec", SHELL, "sh", sys.executable, __file__]
        join = f'echo $$ > {group}/cgroup.procs; exec "$@"'
        code = subprocess.run(["sh", "-c", join, "sh", *argv], env=environ, check=False).returncode
    for each in sorted([group, *filter(Path.is_dir, group.rglob("*"))], reverse=True):
        each.rmdir()
    sys.exit(code)


class Unit:
    """The unit, and what does not hold of it."""

    def __init__(self, folder):
        self.socket = folder / "s"
        self.failures = []
        self.name = ""

    def oma(self, *words):
        argv = [sys.executable, "-m", "oma", "-S", str(self.socket), "serve", *words]
        return subprocess.run(argv, check=True, capture_output=True, text=True).stdout

    def control(self, *words):
        argv = ["systemctl", "--user", *words, *([self.name] if self.name else [])]
        return subprocess.run(argv, check=False, capture_output=True, text=True).stdout.strip()

    def shown(self, what):
        return self.control("show", "--value", "-p", what)

    def tmux(self, *words):
        argv = ["tmux", "-f", "/dev/null", "-S", str(self.socket), *words]
        return subprocess.run(argv, check=False, capture_output=True, text=True).stdout

    def start_server(self):
        """Start one; the last one may be about to end."""
        while "oma-agent-a" not in self.tmux("list-sessions"):
            self.tmux("new-session", "-d", "-s", "oma-agent-a", "cat")
            time.sleep(0.2)

    def is_watched(self):
        return len(self.tmux("list-clients").splitlines()) == 2

    def holds(self, what, fact):
        """Wait until something holds, and say whether it does."""
        deadline_s = time.monotonic() + PATIENCE_S
        while not (found := fact()) and time.monotonic() < deadline_s:
            time.sleep(0.1)
        print(f"{'holds' if found else 'FAILS'}: {what}", flush=True)
        if not found:
            self.failures.append(what)
            print(self.control("status", "--no-pager"), flush=True)

    def kill(self, number):
        os.kill(int(self.shown("MainPID")), number)


def inside(folder):
    with (folder / "systemd.log").open("w") as log:
        argv = ["systemd", "--user", "--unit=basic.target"]
        manager = subprocess.Popen(argv, stdout=log, stderr=log)
    unit = Unit(folder)
    unit.holds("the user's systemd runs", lambda: "running" in unit.control("is-system-running"))
    unit.start_server()
    try:
        play(unit)
    finally:
        unit.tmux("kill-server")
        manager.terminate()
        manager.wait()
    print(f"{len(unit.failures)} fail" if unit.failures else "all of it holds")
    return bool(unit.failures)


def play(unit):
    said = unit.oma("--install")
    unit.name = Path(re.search(r"wrote (.*)", said)[1]).stem
    start = re.search(r"login: (.*)", said)[1]
    subprocess.run(["sh", "-c", start], check=True, capture_output=True)
    unit.holds("it watches when it was started as is said", unit.is_watched)
    pid = unit.shown("MainPID")
    state = f"XDG_STATE_HOME={os.environ['XDG_STATE_HOME']}"
    environ = Path("/proc", pid, "environ")
    unit.holds("nothing in a path is expanded", lambda: state in environ.read_text().split("\0"))
    for _ in range(6):
        pid = unit.shown("MainPID")
        unit.kill(signal.SIGKILL)
        unit.holds(
            "it is there again after a kill", lambda p=pid: unit.shown("MainPID") not in {p, "0"}
        )
    unit.holds("it watches after six kills", unit.is_watched)
    unit.control("stop")
    unit.holds("a stop is no failure", lambda: unit.shown("ActiveState") == "inactive")
    unit.holds("it leaves no client", lambda: not unit.tmux("list-clients"))
    other = subprocess.Popen(
        [sys.executable, "-m", "oma", "-S", str(unit.socket), "serve"], stderr=subprocess.DEVNULL
    )
    unit.holds("another service watches", unit.is_watched)
    unit.control("start")
    time.sleep(5)
    unit.holds("it waits beside that", lambda: unit.shown("NRestarts") == "0")
    other.terminate()
    other.wait()
    unit.holds("it watches when that has ended", unit.is_watched)
    unit.tmux("kill-server")
    unit.start_server()
    unit.holds("it watches the next server", unit.is_watched)
    unit.control("stop")
    unit.tmux("kill-server")
    unit.control("start")
    unit.start_server()
    unit.holds("it may be there before the server", unit.is_watched)
    stop = re.search(r"runs: (.*)", unit.oma("--uninstall"))[1]
    subprocess.run(["sh", "-c", stop], check=False, capture_output=True)
    unit.holds("it is gone", lambda: unit.shown("LoadState") == "not-found")
    left = list(Path(os.environ["HOME"], ".config").rglob("*oma*"))
    unit.holds("no file of it is left", lambda: not left)
    unit.holds("no client is left", lambda: not unit.tmux("list-clients"))


if __name__ == "__main__":
    main()
