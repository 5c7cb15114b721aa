"""`oma status`: by the service where it answers, else by a look."""

import json
import subprocess
import sys

import pytest

from oma.cli import status_look
from oma.cli.commands import status_command
from oma.cli.commands.status_command import StatusOptions, run
from oma.errors import ConfigError
from tests.unit.cli.parsing import parsed


@pytest.fixture
def service(monkeypatch):
    """Make a service answer, or none, and a look say that it was taken."""
    asked = []
    monkeypatch.setattr(status_look, "look_for_text", lambda *_: "a look")

    def answer(told):
        def ask(options, want, **more):
            asked.append(want)
            return told

        monkeypatch.setattr(status_command, "ask", ask)
        return asked

    answer(None)
    return answer


def test_its_words_become_options():
    assert parsed("--json", "status") == parsed("status", "--json") == StatusOptions(json=True)
    assert parsed("status", "--no-service", "-L", "x").no_service


def test_for_a_completion_it_prints_names_that_no_shell_reads_specially(
    service, monkeypatch, capsys
):
    names = ["my api", "work:fix", "日本語", "$(id)", "`id`", "-x", "a\nb", " a", "a;b", "~", "a*"]
    told = {"agents": [{"agent": name} for name in names]}
    monkeypatch.setattr(status_look, "look_for_document", lambda *_: told)

    assert run(StatusOptions(names=True)) == 0
    assert capsys.readouterr().out == "my api\nwork:fix\n日本語\n"


def test_without_a_service_a_look_is_taken(service, capsys):
    assert run(StatusOptions()) == 0
    assert capsys.readouterr().out == "a look\n"


@pytest.mark.parametrize(("as_json", "want"), [(True, "status"), (False, "table")])
def test_the_service_is_asked_where_there_is_one(service, capsys, as_json, want):
    asked = service({"table": "T", "server": True, "tmux": "3.3a", "agents": [], "oma": "1"})

    run(StatusOptions(json=as_json))

    told = capsys.readouterr().out
    assert asked == [want]
    assert (json.loads(told) if as_json else told) == (
        {"server": True, "tmux": "3.3a", "agents": []} if as_json else "T\n"
    )


def test_a_template_makes_a_line_of_each_agent(service, capsys):
    service({"agents": [{"agent": "a", "health": "ok"}, {"agent": "b", "health": "idle"}]})

    assert run(StatusOptions(format="{health:<5}{agent}")) == 0
    assert capsys.readouterr().out == "ok   a\nidle b\n"

    service({"agents": []})
    assert run(StatusOptions(format="{agent}")) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"json": True, "format": "x"}, "give one"),
        ({"watch": True, "hosts": True}, "for one machine"),
        ({"format": "{helth}"}, "did you mean 'health'"),
    ],
)
def test_what_does_not_go_together_is_refused(service, options, words):
    service({"agents": []})

    with pytest.raises(ConfigError, match=words):
        run(StatusOptions(**options))


def test_it_imports_no_event_loop_and_where_the_service_answers_nothing_that_judges():
    heavy = "{'trio', 'attrs', 'attr', 'oma.reducers', 'oma.detection', 'tomli'}"
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys, oma.cli.commands.status_command; print({heavy} & set(sys.modules))\n"
            "import oma.cli.status_look; print({'trio', 'difflib', 'subprocess'} & set(sys.modules))",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout == "set()\n{'subprocess'}\n"


def test_a_filter_is_asked_of_the_service_and_is_for_one_machine(service, monkeypatch, capsys):
    asked = []
    monkeypatch.setattr(
        status_command, "ask", lambda options, want, **more: asked.append(more) or {"table": "one"}
    )

    assert run(StatusOptions(filter="health:stuck")) == 0
    assert (capsys.readouterr().out, asked[0]["filter"]) == ("one\n", "health:stuck")
    with pytest.raises(ConfigError, match="of one machine"):
        run(StatusOptions(filter="x", ssh="box"))
