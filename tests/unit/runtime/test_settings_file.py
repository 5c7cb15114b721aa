"""A settings file of another program is replaced whole or not at all."""

import os
import stat

import pytest

from oma.errors import OmaError
from oma.runtime.settings_file import (
    back_up,
    read_settings_file,
    remove_settings_file,
    replace_settings_file,
)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_file_is_for_its_owner_alone_and_its_folder_is_made(tmp_path):
    path = tmp_path / "a" / "b" / "settings.json"

    replace_settings_file(path, "é")
    assert (read_settings_file(path), mode(path)) == ("é", 0o600)
    assert os.listdir(path.parent) == ["settings.json"]


def test_a_link_is_followed_and_the_mode_stays(tmp_path):
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old")
    target.chmod(0o640)
    link.symlink_to(target)

    backup = back_up(link)
    replace_settings_file(link, "new")
    assert link.is_symlink()
    assert (target.read_text(), mode(target)) == ("new", 0o640)
    assert (backup.read_text(), mode(backup)) == ("old", 0o640)


def test_no_earlier_backup_is_touched(tmp_path):
    path = tmp_path / "f"
    path.write_text("1")
    first = back_up(path)
    path.write_text("2")
    second = back_up(path)

    assert (first.read_text(), second.read_text()) == ("1", "2")


def test_where_it_cannot_be_written_nothing_has_changed(tmp_path, monkeypatch):
    path = tmp_path / "f"
    path.write_text("old")

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OmaError, match=r"cannot write .*f: No space left on device"):
        replace_settings_file(path, "new")
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["f"]


def test_what_is_not_there_or_no_text_is_said(tmp_path):
    path = tmp_path / "f"
    assert read_settings_file(path) is None
    with pytest.raises(OmaError, match="cannot remove"):
        remove_settings_file(path)

    path.write_bytes(b"a\nb\xff")
    with pytest.raises(OmaError, match=r"f:2: not UTF-8"):
        read_settings_file(path)
    with pytest.raises(OmaError, match="cannot read"):
        read_settings_file(tmp_path)
    remove_settings_file(path)
    assert not path.exists()
