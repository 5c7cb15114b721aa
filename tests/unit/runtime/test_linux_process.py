"""What `/proc` says, beside what psutil says of the same processes."""

import os
import pty
import subprocess
import sys

import psutil
import pytest

from oma.runtime import linux_process
from oma.runtime.linux_process import (
    IS_THERE,
    all_stats,
    boot_time,
    has_terminal,
    read_children_of,
    read_command_line,
    read_environment,
    read_stat,
)

pytestmark = pytest.mark.skipif(not IS_THERE, reason="there is no /proc")
NOBODY = 2**22 + 1


@pytest.fixture
def child():
    """A process whose name and words hold what separates fields elsewhere."""
    program = "import sys; print('begun', flush=True); sys.stdin.read()"
    environ = {"WORD": "a = b", "EMPTY": "", "LATIN": "caf\udce9"}
    with subprocess.Popen(
        [sys.executable, "-c", program, "two words", "", ") R 1 1"],
        env=environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        process.stdout.readline()
        yield process
        process.kill()


def test_linux_says_what_psutil_says(child):
    told, found = psutil.Process(child.pid), read_stat(child.pid)

    assert read_command_line(child.pid) == tuple(told.cmdline())
    assert read_environment(child.pid) == told.environ()
    assert (found.parent, found.group) == (os.getpid(), os.getpgid(child.pid))
    assert found.cpu_s == sum(told.cpu_times()[:2])
    assert abs(boot_time() + found.started_s - told.create_time()) < 1.1  # whole seconds
    assert found.rss_bytes == pytest.approx(told.memory_info().rss, rel=0.2)
    assert all_stats()[child.pid].parent == os.getpid()


def test_of_a_process_that_has_ended_nothing_is_said(child):
    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)

    assert read_stat(child.pid) is None, "it is there until its parent has waited for it"
    assert child.pid not in all_stats()
    assert read_stat(NOBODY) is None
    assert read_command_line(NOBODY) is None
    assert read_environment(NOBODY) == {}


def test_command_lines_are_words_however_a_program_wrote_them(monkeypatch):
    cases = {
        b"": (),
        b"node\0/usr/bin/agent\0": ("node", "/usr/bin/agent"),
        b"agent\0\0--last\0": ("agent", "", "--last"),
        b"agent: working on it\0": ("agent:", "working", "on", "it"),
        b"agent: at rest": ("agent:", "at", "rest"),
        b"caf\xe9\0": ("caf\udce9",),
    }
    for data, words in cases.items():
        monkeypatch.setattr(linux_process, "_read", lambda path, data=data: data)
        assert read_command_line(1) == words, data


def test_a_name_of_a_program_is_no_field(monkeypatch):
    line = b"7 (a) S 1 (b)) R 5 6 7 8 9 " + b"10 " * 20
    monkeypatch.setattr(linux_process, "_read", lambda path: line)

    assert read_stat(7)[:4] == (5, 6, 8, 9)


def test_a_line_that_is_cut_off_says_nothing(monkeypatch):
    monkeypatch.setattr(linux_process, "_read", lambda path: b"7 (sleep) S 1 2 3")

    assert read_stat(7) is None


def test_what_is_longer_than_one_read_is_read_whole(tmp_path):
    path = tmp_path / "environ"
    path.write_bytes(b"x" * 200_000)

    assert len(linux_process._read(str(path))) == 200_000


def test_a_process_has_its_children_and_one_that_is_gone_none(child):
    assert child.pid in read_children_of(os.getpid())
    assert read_children_of(child.pid) == read_children_of(NOBODY) == []


def test_the_terminal_of_a_process_is_known_from_others(child):
    (ours, slave), (other, another) = pty.openpty(), pty.openpty()
    theirs = os.ttyname(slave)
    # The first terminal that the leader of a session opens controls it.
    program = "import os, sys; os.open(sys.argv[1], os.O_RDWR); print(); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-uc", program, theirs],
        start_new_session=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        process.stdout.readline()
        assert has_terminal(process.pid, theirs)
        assert not has_terminal(process.pid, os.ttyname(another))
        assert not has_terminal(process.pid, "/dev/no-such-terminal")
        assert not has_terminal(NOBODY, theirs)
        assert not has_terminal(child.pid, theirs)
        process.kill()
    for file in (ours, slave, other, another):
        os.close(file)
