import stat

import pytest

from oma.errors import OmaError
from oma.runtime.notify.notify_log import MOST_BYTES, LogEntry, NotifyLog


def entry(number, title="fix asks you"):
    return LogEntry(f"t{number}", "tmux", "news", title, ok=True, result="/dev/pts/1")


def test_entries_come_back_and_nobody_else_reads_them(tmp_path):
    log = NotifyLog(tmp_path / "state" / "notify.jsonl")
    assert log.entries() == ()

    log.add(entry(1))
    log.add(entry(2, "é \u2028"))

    assert log.entries() == (entry(1), entry(2, "é \u2028"))
    assert stat.S_IMODE(log.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(log.path.parent.stat().st_mode) == 0o700


def test_it_is_bounded_and_keeps_the_newer_half(tmp_path):
    log = NotifyLog(tmp_path / "notify.jsonl")
    for number in range(40):
        log.add(entry(number, "x" * 10_000))

    kept = [each.at for each in log.entries()]
    assert log.path.stat().st_size <= MOST_BYTES
    assert kept == [f"t{number}" for number in range(40 - len(kept), 40)]
    assert len(kept) >= 10
    assert stat.S_IMODE(log.path.stat().st_mode) == 0o600


def test_a_file_that_cannot_be_used_is_said(tmp_path):
    (tmp_path / "file").write_text("nonsense\n")
    with pytest.raises(OmaError, match="cannot read"):
        NotifyLog(tmp_path / "file").entries()
    with pytest.raises(OmaError, match="cannot write"):
        NotifyLog(tmp_path / "file" / "notify.jsonl").add(entry(1))


def test_a_link_is_not_followed(tmp_path):
    (tmp_path / "elsewhere").touch()
    (tmp_path / "log").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(OmaError, match="cannot write"):
        NotifyLog(tmp_path / "log").add(entry(1))
