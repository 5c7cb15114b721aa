"""What the file with an agent's hooks is to hold."""

import json

import pytest

from oma.errors import OmaError
from oma.hooks.agent_hooks import JsonHooks, OwnJsonHooks, PluginHooks

JSON = JsonHooks("bob", ("Start", "Stop"), lambda line: {"command": line}, ("/bin/my oma",))
PLUGIN = PluginHooks("// oma's\nplugin()\n")
THEIRS = '{"hooks": {"Stop": [{"hooks": [{"command": "beep"}]}]}}\n'


@pytest.mark.parametrize("text", [None, "", "{}", THEIRS])
def test_hooks_are_put_in_once_and_taken_out_again(text):
    installed = JSON.changed(text, "f", install=True)
    removed = JSON.changed(installed, "f", install=False)

    assert "'/bin/my oma' report --from-hook bob" in installed
    assert JSON.changed(installed, "f", install=True) == installed
    assert json.loads(removed) == json.loads(text or "{}")


@pytest.mark.parametrize("text", [None, THEIRS])
def test_where_nothing_is_ours_removing_changes_not_a_byte(text):
    assert JSON.changed(text, "f", install=False) == text


def test_settings_say_for_each_event_whether_ours_is_installed():
    before, after = (
        JSON.describe(THEIRS, "f"),
        JSON.describe(JSON.changed(None, "f", install=True), "f"),
    )

    assert [line.split(maxsplit=1)[1] for line in before[:2]] == ["not installed"] * 2
    assert [line.split() for line in after[:2]] == [["Start", "installed"], ["Stop", "installed"]]
    assert after[2].startswith("command: ")


def test_what_is_no_json_is_refused_with_the_name_of_the_file():
    with pytest.raises(OmaError, match=r"^settings\.json:1: "):
        JSON.changed("{", "settings.json", install=True)


def test_a_plugin_is_written_replaced_and_removed_and_said_to_be_there():
    older = "// oma's\nolder()\n"

    assert PLUGIN.changed(None, "f", install=True) == PLUGIN.changed(older, "f", install=True)
    assert PLUGIN.changed(older, "f", install=False) is None
    assert [PLUGIN.describe(text, "f") for text in (None, PLUGIN.plugin, older)] == [
        ["not installed"],
        ["installed"],
        ["another version is installed"],
    ]


@pytest.mark.parametrize("install", [True, False])
def test_a_plugin_of_somebody_else_is_left_alone(install):
    with pytest.raises(OmaError, match=r"^oma\.js is not a file of oma's: it is left alone$"):
        PLUGIN.changed("theirs()\n", "oma.js", install=install)


OWN = OwnJsonHooks("bob", ("Start", "Stop"), lambda line: {"bash": line}, ("/bin/oma",))


def test_a_file_of_ours_is_written_replaced_and_removed_and_said_to_be_there():
    text = OWN.changed(None, "f", install=True)
    older = text.replace("/bin/oma", "/old/oma")

    entry = {"bash": "/bin/oma report --from-hook bob || true"}
    assert json.loads(text) == {"version": 1, "hooks": {"Start": [entry], "Stop": [entry]}}
    assert OWN.changed(older, "f", install=True) == OWN.changed(text, "f", install=True) == text
    assert OWN.changed(older, "f", install=False) is None
    assert [OWN.describe(each, "f") for each in (None, text, older)] == [
        ["not installed"],
        ["installed"],
        ["another version is installed"],
    ]


@pytest.mark.parametrize("install", [True, False])
def test_a_file_of_somebody_else_of_that_name_is_left_alone(install):
    with pytest.raises(OmaError, match="is not a file of oma's"):
        OWN.changed('{"version": 1, "hooks": {}}', "f", install=install)
