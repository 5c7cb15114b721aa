import json

import pytest

from oma.errors import OmaError
from oma.web.auth.audit import REFUSALS_A_MINUTE, Audit
from tests.support.fake_web import Clock


def test_each_note_is_a_line_that_the_owner_alone_can_read(tmp_path, no_umask):
    audit = Audit(tmp_path / "state" / "audit.jsonl", Clock(0.5))
    audit.note("login", "ann", "127.0.0.1", role="admin")
    audit.note("send", "ann", "127.0.0.1", agent="a\x1b\n", bytes=5)
    audit.close()

    first, second = map(json.loads, audit.path.read_text().splitlines())

    assert audit.path.stat().st_mode & 0o777 == 0o600
    assert first == {
        "at": "1970-01-01T00:00:00.500+00:00",
        "event": "login",
        "who": "ann",
        "from": "127.0.0.1",
        "role": "admin",
    }
    assert (second["agent"], second["bytes"]) == ("a\x1b\n", 5)


def test_it_is_appended_to(tmp_path):
    for who in ("ann", "bob"):
        audit = Audit(tmp_path / "audit.jsonl", Clock())
        audit.note("login", who, "")
        audit.close()

    assert [json.loads(line)["who"] for line in audit.path.read_text().splitlines()] == [
        "ann",
        "bob",
    ]


def test_what_cannot_be_written_down_is_an_error(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(OmaError, match="cannot write the audit log"):
        Audit(tmp_path / "file" / "audit.jsonl", Clock()).note("login", "ann", "")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    with pytest.raises(OmaError, match="cannot write the audit log"):
        Audit(tmp_path / "link", Clock()).note("login", "ann", "")


def test_a_stranger_does_not_fill_the_disk_with_refusals_and_none_is_lost(web):
    for _ in range(REFUSALS_A_MINUTE + 5):
        web.access.audit.note_refusal("", "1.2.3.4", 401, "GET /")
    assert len(web.audited) == REFUSALS_A_MINUTE
    web.wall.t += 60

    web.access.audit.note_refusal("", "1.2.3.4", 401, "GET /")

    assert web.audited[-1]["unwritten"] == 5
