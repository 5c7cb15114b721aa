"""The script `run` of a clone, on systems that lack what it needs; no package is fetched."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = [
    "basename",
    "cat",
    "chmod",
    "cksum",
    "date",
    "dirname",
    "grep",
    "id",
    "ldd",
    "mkdir",
    "mktemp",
    "pwd",
    "rm",
    "sh",
    "tail",
    "touch",
]

# An interpreter: new enough, with venv where $SYSTEM/venv is; what it installs does what $SYSTEM/pip says.
PYTHON = """#!/bin/sh
case "$*" in
    *version_info*|*"pip --version") ;;
    *ensurepip*) [ -e "$SYSTEM/venv" ] ;;
    -V) echo Python 3.11.9 ;;
    "-m venv "*)
        mkdir -p "$3/bin" && touch "$3/pyvenv.cfg" && cp "$0" "$3/bin/python"
        echo made >>"$SYSTEM/log" ;;
    "-m pip install "*)
        echo "pip $*" >>"$SYSTEM/log"
        [ -e "$SYSTEM/pip" ] || exit 1
        printf '#!/bin/sh\\necho "oma $*"\\n' >"${0%/*}/oma"
        chmod +x "${0%/*}/oma"
        echo Successfully installed attrs-1 ;;
    *) echo "python $*" ;;
esac
"""
APT = """#!/bin/sh
echo "apt-get $*" >>"$SYSTEM/log"
case "$*" in
    *install*)
        cp "$SYSTEM/python" "$SYSTEM/bin/python3"
        touch "$SYSTEM/venv" "$SYSTEM/bin/tmux"
        chmod +x "$SYSTEM/bin/tmux" ;;
    *) echo 'a broken source' >&2; exit 100 ;;
esac
"""
SUDO = '#!/bin/sh\necho "sudo" >>"$SYSTEM/log"\nexec "$@"\n'


class System:
    """A system in which a clone was made; its commands are those in `bin`."""

    def __init__(self, directory):
        self.directory = directory
        self.bin = directory / "bin"
        self.clone = directory / "a clone"
        self.bin.mkdir()
        self.clone.mkdir()
        for name in [*TOOLS, "cp"]:
            self.bin.joinpath(name).symlink_to(shutil.which(name) or "/bin/true")
        for name in ("run", "pyproject.toml"):
            shutil.copy(ROOT / name, self.clone / name)
        self.has("id", "#!/bin/sh\necho 1000\n")
        (directory / "python").write_text(PYTHON)
        (directory / "python").chmod(0o755)
        (directory / "pip").touch()

    def has(self, name, text="#!/bin/sh\n"):
        path = self.bin / name
        path.unlink(missing_ok=True)
        path.write_text(text)
        path.chmod(0o755)
        return self

    def complete(self):
        (self.directory / "venv").touch()
        return self.has("tmux").has("python3", PYTHON)

    def run(self, *arguments):
        environment = {"PATH": str(self.bin), "SYSTEM": str(self.directory), "LC_ALL": "C"}
        return subprocess.run(
            [str(self.clone / "run"), *arguments],
            env=environment,
            cwd=self.directory,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def log(self):
        path = self.directory / "log"
        return path.read_text().splitlines() if path.exists() else []


@pytest.fixture
def system(tmp_path):
    return System(tmp_path)


def test_what_is_missing_is_installed_and_named(system):
    system.has("apt-get", APT).has("id", "#!/bin/sh\necho 0\n")

    done = system.run("doctor", "--json")

    assert (done.returncode, done.stdout) == (0, "oma doctor --json\n")
    assert "installing with apt-get: tmux python3 python3-venv" in done.stderr
    assert "into .venv" in done.stderr
    assert "attrs-1" in done.stderr
    assert " install tmux python3 python3-venv" in system.log[1]


def test_a_password_is_asked_for_once(system):
    system.has("apt-get", APT).has("sudo", SUDO)

    assert system.run("demo").returncode == 0
    assert system.log.count("sudo") == 1


@pytest.mark.parametrize("sudo", [None, "#!/bin/sh\necho 'not in the sudoers file' >&2\nexit 1\n"])
def test_who_may_not_install_is_told_what_to_ask_for(system, sudo):
    system.has("apt-get", APT).has("python3", PYTHON)
    if sudo:
        system.has("sudo", sudo)

    done = system.run("demo")

    assert done.returncode == 1
    assert "ask an administrator" in done.stderr
    assert "apt-get update && apt-get install tmux python3-venv" in done.stderr
    assert system.log == []
    assert not (system.clone / ".venv").exists()


def test_without_apt_get_what_is_missing_is_named(system):
    system.complete()
    (system.bin / "tmux").unlink()

    done = system.run("demo")

    assert done.returncode == 1
    assert "missing: tmux; install" in done.stderr


def test_a_python_that_is_too_old_is_named(system):
    system.has("tmux").has("python3", "#!/bin/sh\n[ $1 = -V ] && echo Python 3.9.2\n")

    done = system.run("demo")

    assert done.returncode == 1
    assert "Python 3.11 or newer" in done.stderr
    assert "3.9.2" in done.stderr


def test_a_second_time_nothing_is_installed(system):
    system.complete().run("test")
    log = system.log

    done = system.run("demo")

    assert (done.stdout, done.stderr) == ("oma demo\n", "")
    assert system.log == log


def test_tests_get_their_arguments_and_what_they_need(system):
    done = system.complete().run("test", "-k", "two words")

    assert done.stdout == "python -m pytest -q -n 4 --dist worksteal -k two words\n"
    assert system.log[-1].endswith("a clone[dev]")


def test_after_a_demo_the_tests_install_more_into_the_same_environment(system):
    system.complete().run("demo")
    system.run("test")

    assert [line.rpartition("[")[2] for line in system.log] == ["made", "web]", "dev]"]


def test_other_dependencies_are_installed_and_nothing_is_taken_away(system):
    system.complete().run("test")
    with (system.clone / "pyproject.toml").open("a") as file:
        file.write("# more\n")
    system.run("demo")

    assert [line.rpartition("[")[2] for line in system.log] == ["made", "dev]", "dev]"]


def test_after_a_failure_the_next_try_starts_anew(system):
    (system.directory / "pip").unlink()
    failed = system.complete().run("demo")
    (system.directory / "pip").touch()

    done = system.run("demo")

    assert failed.returncode == 1
    assert "pip failed" in failed.stderr
    assert (done.returncode, done.stdout) == (0, "oma demo\n")
    assert system.log.count("made") == 2


def test_a_clone_that_was_moved_gets_a_new_environment(system):
    system.complete().run("demo")
    system.clone = system.clone.rename(system.directory / "moved")

    assert system.run("demo").returncode == 0
    assert system.log.count("made") == 2


def test_an_environment_made_by_hand_is_kept_and_a_broken_one_is_not(system):
    system.complete()
    broken = system.clone / ".venv" / "bin"
    broken.mkdir(parents=True)
    system.run("demo")
    assert system.log.count("made") == 1

    (system.clone / ".venv" / ".installed").unlink()
    (system.clone / ".venv" / "mine").touch()
    system.run("demo")
    assert system.log.count("made") == 1
    assert (system.clone / ".venv" / "mine").exists()


@pytest.mark.parametrize("arguments", [[], ["--help"]])
def test_without_a_command_it_says_what_there_is(system, arguments):
    done = system.run(*arguments)

    assert done.returncode == 0
    assert "./run test" in done.stdout
    assert not os.listdir(system.clone).count(".venv")
