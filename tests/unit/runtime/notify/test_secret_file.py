import pytest

from oma.errors import ConfigError
from oma.runtime.notify.secret_file import read_secret_file


def test_a_file_of_this_user_alone_is_read(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "secret").write_text("https://example.org/é")
    (tmp_path / "secret").chmod(0o600)

    assert read_secret_file(tmp_path / "secret") == "https://example.org/é"
    assert read_secret_file(type(tmp_path)("~/secret")) == "https://example.org/é"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602])
def test_a_file_that_others_can_read_or_write_is_refused(tmp_path, mode):
    (tmp_path / "secret").write_text("https://example.org")
    (tmp_path / "secret").chmod(mode)

    with pytest.raises(ConfigError, match="others can read or write it; 'chmod 600' it"):
        read_secret_file(tmp_path / "secret")


def test_no_file_and_no_text_are_said(tmp_path):
    with pytest.raises(ConfigError, match="cannot be read: no such file"):
        read_secret_file(tmp_path / "none")
    with pytest.raises(ConfigError, match="cannot be read: is a directory"):
        read_secret_file(tmp_path)
    (tmp_path / "bytes").write_bytes(b"\xff")
    (tmp_path / "bytes").chmod(0o600)
    with pytest.raises(ConfigError, match="not UTF-8"):
        read_secret_file(tmp_path / "bytes")
