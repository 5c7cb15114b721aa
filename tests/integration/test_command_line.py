"""The command line: exit codes, what goes to which stream, and a reader that leaves early."""

import json
import shlex
import signal
import tomllib
from pathlib import Path

import pytest

from oma.runtime.client.tmux_binary import VARIABLE
from oma.tmux.capabilities import known_crashes, parse_version
from tests.support.oma_process import oma, running_oma
from tests.support.private_tmux import TMUX, VERSION_NAME
from tests.support.recorded import until

HEADLESS = ["sh", "-c", '"$@" | exec 0<&-', "sh"]


@pytest.mark.parametrize(
    "line", ["nonsense", "-L a -S b status", "status --config /no/such/file", "wait a"]
)
async def test_a_wrong_command_line_is_2_and_prints_no_result(line):
    done = await oma(*line.split())

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("staus", "'staus'; did you mean 'status'?"),
        ("-L x recrod -o f", "'recrod'; did you mean 'record'?"),
        ("hooks install cluade", "'cluade'; did you mean 'claude'?"),
        ("qqqq", "'oma help' lists them"),
    ],
)
async def test_a_word_that_is_not_known_is_answered_with_the_nearest(line, words):
    done = await oma(*line.split())

    assert done.returncode == 2
    assert words in done.stderr.decode()


@pytest.mark.parametrize("before", ["", "-L x ", "-Lx --config f ", "--match=report "])
async def test_a_report_that_means_nothing_is_1_wherever_it_stands(before):
    done = await oma(*f"{before}report foo".split())

    assert (done.returncode, done.stdout) == (1, b"")
    assert b"invalid choice: 'foo'" in done.stderr


async def test_help_and_version_are_results():
    for argument in ("--help", "--version"):
        done = await oma(argument)
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[health]\nidle_warming = 3\n", "'idle_warming': unknown key; did you mean"),
        ("[health]\nidle_warning = 'soon'\n", "[health] idle_warning = 'soon': expected"),
        ("[helth]\n", "'helth': unknown section; did you mean 'health'?"),
        ("[health\n", "not TOML"),
        ("\x00", "not TOML"),
    ],
)
@pytest.mark.parametrize("command", ["status", "config"])
async def test_a_wrong_configuration_is_one_line_and_2(tmp_path, text, words, command):
    config = tmp_path / "config.toml"
    config.write_text(text)

    done = await oma(command, "--config", config)

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith(f"oma: {config}: ")
    assert words in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1


async def test_the_configuration_in_force_is_toml_for_people_and_json_for_machines(tmp_path):
    config = tmp_path / "config.toml"
    config.write_text("[health]\nidle_warning = 7\n")
    text = await oma("config", OMA_CONFIG=str(config))
    machine = await oma("config", "--json", OMA_CONFIG=str(config))
    defaults = await oma("config")

    assert json.loads(machine.stdout)["file"] == str(config)
    assert json.loads(machine.stdout)["config"]["health"]["idle_warning"] == 7
    assert tomllib.loads(text.stdout.decode()) == json.loads(machine.stdout)["config"]
    assert tomllib.loads(defaults.stdout.decode())["health"]["idle_warning"] == 60


async def test_the_doctor_says_what_is_wrong(tmux, tmp_path):
    healthy = await oma("-S", tmux.socket_path, "doctor", "--json", LC_ALL="C.UTF-8", TERM="xterm")
    findings = json.loads(healthy.stdout)
    assert healthy.returncode == 0
    assert all(finding["ok"] for finding in findings)
    assert {"system", "tmux", "server", "locale", "terminal"} <= {f["about"] for f in findings}

    nowhere = {"PATH": str(tmp_path), VARIABLE: ""}
    ill = await oma("-S", tmux.socket_path, "doctor", LC_ALL="C.UTF-8", **nowhere)

    assert ill.returncode == 1
    assert "BAD  tmux       tmux is not installed" in ill.stdout.decode()


async def test_the_doctor_knows_a_server_that_is_of_another_version(tmux, tmp_path):
    tmux.run("new-session", "-d", "-s", "a", "cat")
    program = tmp_path / "tmux"
    program.write_text(
        f'#!/bin/sh\n[ "$1" != -V ] || {{ echo tmux 3.2; exit; }}\n[ ! -e {tmp_path}/older ] || '
        f'{{ echo server exited unexpectedly >&2; exit 1; }}\nexec {shlex.quote(TMUX)} "$@"\n'
    )
    program.chmod(0o755)
    environment = {VARIABLE: str(program), "LC_ALL": "C.UTF-8", "TERM": "xterm"}
    newer = await oma("-S", tmux.socket_path, "doctor", **environment)
    (tmp_path / "older").touch()
    older = await oma("-S", tmux.socket_path, "doctor", **environment)

    assert newer.returncode == 0
    assert f"tmux {VERSION_NAME}, not 3.2 as our clients" in newer.stdout.decode()
    assert older.returncode == 1
    assert "does not understand tmux 3.2: name its own in OMA_TMUX" in older.stdout.decode()


@pytest.mark.parametrize("command", ["status", "watch", "record -o -", "new a -- cat", "kill a"])
async def test_a_machine_without_tmux_is_told_so_in_one_line(tmp_path, command):
    done = await oma(*command.split(), PATH=str(tmp_path), **{VARIABLE: ""})

    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"oma: tmux is not installed")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("named", ["/no/such/tmux", "/dev/null", "no-such-tmux"])
@pytest.mark.parametrize("command", ["status", "watch"])
async def test_a_tmux_that_is_named_and_is_not_there_is_said_in_one_line(command, named):
    done = await oma(command, **{VARIABLE: named})

    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(f"oma: OMA_TMUX = {named!r}: no such program".encode())
    assert done.stderr.count(b"\n") == 1


async def test_everything_is_asked_of_the_tmux_that_is_named(tmux, tmp_path):
    tmux.run("new-session", "-d", "-s", "oma-agent-a", "cat")
    asked, program = tmp_path / "asked", tmp_path / "my tmux"
    program.write_text(f'#!/bin/sh\necho "$*" >> {asked}\nexec {shlex.quote(TMUX)} "$@"\n')
    program.chmod(0o755)
    # Without a tmux on the PATH nothing else can have answered.
    environment = {"PATH": str(tmp_path), VARIABLE: str(program)}
    done = await oma("-S", tmux.socket_path, "status", "--json", **environment)

    assert [agent["agent"] for agent in json.loads(done.stdout)["agents"]] == ["oma-agent-a"]
    assert "; capture-pane -p" in asked.read_text()


@pytest.mark.tmux
@pytest.mark.parametrize(
    ("command", "unbuffered"),
    [
        ("status", ""),
        ("config", "1"),
        ("completion bash", ""),
        ("completion bash", "1"),
        ("--help", ""),
    ],
)
async def test_a_reader_that_leaves_early_is_no_error(tmux, command, unbuffered):
    tmux.run("new-session", "-d", "-s", "oma-agent-a", "cat")

    done = await oma(
        *("-S", tmux.socket_path, *command.split()),
        wrapped_in=HEADLESS,
        PYTHONUNBUFFERED=unbuffered,
    )

    assert done.stderr == b""


INTERRUPTED_IMPORT = """
import os, signal, sys

class Interrupt:
    def find_spec(self, name, *rest):
        if name == {name!r}:
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupt())
"""


@pytest.mark.parametrize("name", ["argparse", "oma.cli.commands.config_command", "tomli"])
async def test_an_interruption_while_it_starts_is_130_and_no_traceback(tmp_path, name):
    (tmp_path / "sitecustomize.py").write_text(INTERRUPTED_IMPORT.format(name=name))
    done = await oma("config", PYTHONPATH=str(tmp_path))

    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


FULL = ["sh", "-c", 'exec "$@" > /dev/full', "sh"]


@pytest.mark.tmux
@pytest.mark.parametrize("command", ["status", "watch", "config", "completion bash", "--help"])
async def test_results_that_cannot_be_written_are_one_line_and_1(tmux, command):
    tmux.run("new-session", "-d", "-s", "oma-agent-a", "cat")
    done = await oma("-S", tmux.socket_path, *command.split(), wrapped_in=FULL)

    said = b"oma: cannot write to standard output: no space left on device\n"
    assert (done.returncode, done.stderr) == (1, said)


@pytest.mark.tmux
async def test_a_watch_ends_as_soon_as_its_reader_has_left(tmux):
    tmux.run("new-session", "-d", "-s", "oma-agent-a", "cat")
    # Nothing more happens after the first line.
    done = await oma(
        "-S", tmux.socket_path, "watch", wrapped_in=["sh", "-c", '"$@" | head -n 1', "sh"]
    )

    assert b"oma-agent-a" in done.stdout
    assert done.stderr == b""


async def test_standard_streams_that_are_closed_are_no_defect():
    done = await oma("config", wrapped_in=["sh", "-c", 'exec "$@" <&- >&-', "sh"])
    assert (done.returncode, done.stderr) == (0, b"")

    done = await oma("send", "a", wrapped_in=["sh", "-c", 'exec "$@" 2>&-', "sh"])
    assert (done.returncode, done.stdout) == (2, b"")


@pytest.mark.tmux
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("command", ["watch", "wait a --for stuck"])
async def test_an_interruption_is_128_and_the_number_of_the_signal(tmux, number, command):
    tmux.run("new-session", "-d", "-s", "oma-agent-a", "cat")
    async with running_oma("-S", tmux.socket_path, *command.split()) as running:
        await until(lambda: running.lines or b"pause-after" in clients(tmux))
        assert await running.end(number) == 128 + number

    assert b"Traceback" not in running.errors


UNMINDED = ["sh", "-c", "trap '' HUP INT; exec \"$@\"", "sh"]


@pytest.mark.tmux
@pytest.mark.parametrize("command", ["record -o FILE", "watch", "demo --json"])
async def test_a_signal_that_was_ignored_at_the_start_stays_ignored(tmux, tmp_path, command):
    tmux.run("new-session", "-d", "-s", "oma-agent-a", "cat")
    words = command.replace("FILE", str(tmp_path / "f.jsonl")).split()
    place = {"TMUX_TMPDIR": str(Path(tmux.socket_path).parent)}
    async with running_oma(
        "-S", tmux.socket_path, *words, wrapped_in=UNMINDED, **place
    ) as running:
        await until(lambda: b"pause-after" in clients(tmux) or running.lines)
        for number in (signal.SIGHUP, signal.SIGINT):
            assert is_ignored(number, running.process.pid)
            running.process.send_signal(number)
        ended = await running.end(signal.SIGTERM)

    assert ended == (0 if words[0] == "record" else 143)


def is_ignored(number, pid):
    status = Path("/proc", str(pid), "status").read_text()
    (mask,) = (line.split()[1] for line in status.splitlines() if line.startswith("SigIgn"))
    return bool(int(mask, 16) & 1 << number - 1)


def clients(tmux):
    return tmux.run("list-clients", "-F", "#{client_flags}").encode()


async def test_the_known_crashes_of_this_tmux_are_warnings(tmux):
    found = (await oma("doctor", "-S", tmux.socket_path, LC_ALL="C.UTF-8")).stdout.decode()
    crashes = known_crashes(parse_version(VERSION_NAME))

    told = [line for line in found.splitlines() if "known crash" in line]
    assert len(told) == len(crashes)
    assert all(line.startswith("ok   " if "avoided" in line else "warn ") for line in told)
