"""`oma web link`."""

import json

import pytest

from oma.cli.option_values import ServeOptions
from oma.cli.qr_code import qr_code
from oma.cli.web_links import login_address, print_link
from oma.cli.web_tokens import session_file
from oma.errors import ConfigError
from oma.web.auth.roles import Role
from oma.web.auth.session_file import LINK_S, Kept, RunningServer


def run_servers(*places):
    for place in places:
        session_file().save(RunningServer(place, f"http://{place}"), Kept((), {}))


def test_a_server_that_runs_is_given_a_link(capsys):
    run_servers("127.0.0.1:8420")

    print_link(ServeOptions(), Role.ADMIN, as_json=False, as_qr=False)
    print_link(ServeOptions(port=1), Role.ADMIN, as_json=True, as_qr=False)
    line, machine = capsys.readouterr().out.splitlines()
    assert line.startswith(f"open {login_address('http://127.0.0.1:8420', '')}")
    assert json.loads(machine)["expires_s"] == LINK_S


def test_of_several_servers_the_port_or_the_socket_says_which(tmp_path, capsys):
    socket = str((tmp_path / "s").resolve())
    run_servers("127.0.0.1:8420", "127.0.0.1:9000", socket)

    print_link(ServeOptions(port=9000), Role.ADMIN, as_json=False, as_qr=False)
    print_link(ServeOptions(unix=socket), Role.ADMIN, as_json=False, as_qr=False)
    found = capsys.readouterr().out.splitlines()
    assert [socket in line for line in found] == [False, True]
    assert "127.0.0.1:9000" in found[0]
    with pytest.raises(ConfigError, match="say which with --port or --unix"):
        print_link(ServeOptions(port=1), Role.ADMIN, as_json=False, as_qr=False)


def test_a_link_is_for_a_role_and_may_be_a_qr_code(capsys):
    run_servers("127.0.0.1:8420")

    print_link(ServeOptions(), Role.VIEWER, as_json=True, as_qr=True)
    assert json.loads(capsys.readouterr().out)["role"] == "viewer"
    print_link(ServeOptions(), Role.VIEWER, as_json=False, as_qr=True)
    url, _, drawn = capsys.readouterr().out.partition("\n")
    assert drawn.strip() == qr_code(url.removeprefix("open ")).strip()


def test_where_none_runs_it_is_said_how_to_start_one():
    with pytest.raises(ConfigError, match="start one, and it prints an address"):
        print_link(ServeOptions(), Role.ADMIN, as_json=False, as_qr=False)
