"""`oma status`: by the service where it answers, else by a look."""

import json
import subprocess
import sys

import pytest

from oma.cli import status_look
from oma.cli.commands import status_command
from oma.cli.commands.status_command import StatusOptions, run
from tests.unit.cli.parsing import parsed


@pytest.fixture
def service(monkeypatch, tmp_path):
    """Make a service answer, and a look say that it was taken."""
    asked = []
    monkeypatch.setattr(status_look, "look", lambda options: "a look")

    def answer(told):
        def ask(address, want, key):
            asked.append(want)
            return told

        monkeypatch.setattr(status_command, "ask_service", ask)
        return asked

    tmp_path.chmod(0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    answer.address = status_command.service_address(
        tmp_path / "t", {"XDG_RUNTIME_DIR": str(tmp_path)}
    )
    answer.options = StatusOptions(socket_path=str(tmp_path / "t"))
    return answer


def test_its_words_become_options():
    assert parsed("--json", "status") == parsed("status", "--json") == StatusOptions(json=True)
    assert parsed("status", "--no-service", "-L", "x").no_service


def test_for_a_completion_it_prints_names_that_no_shell_reads_specially(
    service, monkeypatch, capsys
):
    names = ["my api", "work:fix", "日本語", "$(id)", "`id`", "-x", "a\nb", " a", "a;b", "~", "a*"]
    told = json.dumps({"agents": [{"agent": name} for name in names]})
    monkeypatch.setattr(status_look, "look", lambda options: told)

    assert run(service.options._replace(names=True)) == 0
    assert capsys.readouterr().out == "my api\nwork:fix\n日本語\n"


def test_without_a_service_a_look_is_taken(service, capsys):
    asked = service({"table": "of the service"})

    assert run(service.options) == 0
    assert capsys.readouterr().out == "a look\n"
    assert asked == []


@pytest.mark.parametrize(("as_json", "want"), [(True, "status"), (False, "table")])
def test_the_service_is_asked_where_there_is_one(service, capsys, as_json, want):
    asked = service({"table": "T", "server": True, "tmux": "3.3a", "agents": [], "oma": "1"})
    service.address.socket.touch()

    run(service.options._replace(json=as_json))

    told = capsys.readouterr().out
    assert asked == [want]
    assert (json.loads(told) if as_json else told) == (
        {"server": True, "tmux": "3.3a", "agents": []} if as_json else "T\n"
    )


def test_a_service_that_does_not_answer_is_done_without(service, capsys):
    service(None)
    service.address.socket.touch()

    run(service.options)
    assert capsys.readouterr().out == "a look\n"


@pytest.mark.parametrize(
    "options",
    [{"no_service": True}, {"socket_name": "x"}, {"config": "no-such-file"}],
)
def test_what_a_service_is_not_asked_for_is_left_to_the_look(service, capsys, options):
    asked = service({"table": "T"})
    service.address.socket.touch()

    run(service.options._replace(**options))
    assert (capsys.readouterr().out, asked) == ("a look\n", [])


def test_it_imports_neither_an_event_loop_nor_what_judges():
    heavy = "{'trio', 'attrs', 'attr', 'oma.reducers', 'oma.detection', 'tomli'}"
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys, oma.cli.commands.status_command; print({heavy} & set(sys.modules))",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout == "set()\n"
