"""Who a machine is among those that publish."""

import socket

import pytest

from oma.model.published import read_host_name
from oma.runtime.fleet import own_name
from oma.runtime.fleet.own_name import host_name, machine_id


@pytest.mark.parametrize(
    ("real", "name"),
    [("box.example.org", "box"), ("Ann's Mac", "Ann-s-Mac"), ("-", "host"), ("x" * 90, "x" * 63)],
)
def test_a_machine_is_called_by_its_name(monkeypatch, real, name):
    monkeypatch.setattr(socket, "gethostname", lambda: real)
    assert read_host_name(host_name()) == name


def test_two_servers_of_one_machine_are_two(monkeypatch, tmp_path):
    assert machine_id("/a") == machine_id("/a") != machine_id("/b")
    monkeypatch.setattr(own_name, "_MACHINE_IDS", (tmp_path / "none",))
    assert len(machine_id("/a")) == 16
