"""The command lines that run `oma` elsewhere."""

import shlex
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oma.errors import ConfigError
from oma.runtime.fleet.ssh_command import far_argv, parse_hosts, why_it_ended


def test_hosts_are_given_with_commas_and_each_counts_once():
    assert parse_hosts(" box, ann@gpu1,.,box ,10.0.0.7,[fe80::1%eth0],") == (
        "box",
        "ann@gpu1",
        ".",
        "10.0.0.7",
        "[fe80::1%eth0]",
    )


@pytest.mark.parametrize(
    "text", ["", " , ", "-oProxyCommand=x", "a b", "box/x", "a;b", "$(x)", "ä"]
)
def test_what_is_no_host_is_refused(text):
    with pytest.raises(ConfigError, match="host"):
        parse_hosts(text)


def test_ssh_asks_for_nothing_and_gives_up_what_is_silent():
    argv = far_argv("box", "oma", ["record", "-o", "-"])

    assert argv[:2] == ["ssh", "-T"]
    for option in ("BatchMode=yes", "ServerAliveInterval=5", "ServerAliveCountMax=3"):
        assert argv[argv.index(option) - 1] == "-o"
    assert argv[-3:] == ["--", "box", "exec oma record -o -"]
    assert far_argv("box", "oma", ["attach", "%5"], terminal=True)[:2] == ["ssh", "-t"]


def test_this_machine_needs_no_ssh():
    assert far_argv(".", "whatever", ["stop", "%5"]) == [sys.executable, "-m", "oma", "stop", "%5"]


@settings(max_examples=25)
@given(st.lists(st.text(st.characters(exclude_characters="\0", codec="utf-8")), max_size=4))
def test_arguments_reach_the_far_side_as_they_are(arguments):
    """The last word is read by a shell there, as here."""
    line = far_argv("box", "printf '%s\\0' --", arguments)[-1]

    done = subprocess.run(["sh", "-c", line], check=True, capture_output=True)

    assert done.stdout.decode().split("\0")[:-1] == ["--", *arguments] or not arguments
    assert shlex.split(line)[4:] == arguments


@pytest.mark.parametrize(
    ("code", "errors", "words"),
    [
        (127, b"bash: oma: command not found\n", "no 'oma' there that can be run: install it, or set [fleet] command"),
        (126, b"", "no 'oma' there that can be run: install it, or set [fleet] command"),
        (255, b"ann@box: Permission denied (publickey,password).\r\n", "it asks for a password, or knows none of your keys: try 'ssh box' (ann@box: Permission denied (publickey,password).)"),
        (255, b"Host key verification failed.\r\n", "its host key is not known, or another: try 'ssh box'"),
        (255, b"ssh: connect to host box port 22: Connection refused\r\n", "ssh: connect to host box port 22: Connection refused"),
        (255, b"ann@jump: Permission denied (password).\r\nkex_exchange_identification: Connection closed by remote host\r\nConnection closed by UNKNOWN port 65535\r\n", "it asks for a password, or knows none of your keys: try 'ssh box' (ann@jump: Permission denied (password).)"),
        (255, b"Host key verification failed.\r\nConnection closed by UNKNOWN port 65535\r\n", "its host key is not known, or another: try 'ssh box'"),
        (255, b"kex_exchange_identification: x\r\nConnection closed by UNKNOWN port 65535\r\n", "Connection closed by UNKNOWN port 65535"),
        (2, b"oma: unknown option\n", "unknown option"),
        (1, b"\xff\n", "\ufffd"),
        (-9, b"", "it ended with -9"),
    ],
)  # fmt: skip
def test_why_it_ended_is_said_with_what_to_do(code, errors, words):
    assert why_it_ended("box", "oma", code, errors) == words
