"""`oma doctor`, on a machine with a scripted tmux."""

import json

import pytest

from oma.cli.commands import doctor_command
from oma.cli.commands.doctor_command import DoctorOptions, run
from tests.unit.cli.parsing import parsed


@pytest.fixture(autouse=True)
def healthy(monkeypatch):
    monkeypatch.setattr(doctor_command, "examine_environment", list)


def test_its_words_become_options():
    assert parsed("-L", "x", "doctor", "--json") == DoctorOptions(socket_name="x", json=True)


def test_an_engine_is_looked_at_where_one_is_named(capsys, tmp_path):
    url = f"unix://{tmp_path}/none"
    assert run(DoctorOptions(socket_path="/s", fleet=url)) == 1
    assert f"BAD  engine     {url}: not reached: " in capsys.readouterr().out


def test_a_machine_without_a_server_is_fine(capsys):
    assert run(DoctorOptions(socket_path="/s")) == 0

    lines = capsys.readouterr().out.splitlines()
    assert "ok   server     none at /s" in lines
    assert all(line.startswith(("ok  ", "warn")) for line in lines)


@pytest.mark.parametrize("version", ["2.9", "nonsense"])
def test_a_tmux_that_cannot_be_used_is_bad(tmux, capsys, version):
    tmux.says("-V", f"tmux {version}\n")

    assert run(DoctorOptions(json=True)) == 1
    bad = [each for each in json.loads(capsys.readouterr().out) if not each["ok"]]
    assert [each["about"] for each in bad] == ["tmux"]


def test_a_server_of_another_version_that_does_not_understand_us_is_bad(tmux, capsys):
    tmux.says("list-sessions", status=1, complaint="server exited unexpectedly\n")

    assert run(DoctorOptions()) == 1
    assert "name its own in OMA_TMUX" in capsys.readouterr().out


def test_a_bad_profile_of_the_user_is_bad(home, capsys):
    folder = home / ".config" / "oma" / "profiles"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text("nonsense = 1\n")

    assert run(DoctorOptions()) == 1
    assert f"BAD  profile    {folder / 'mine.toml'}" in capsys.readouterr().out
