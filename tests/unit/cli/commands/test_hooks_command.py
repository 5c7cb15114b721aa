"""`oma hooks`: which file, and what is said of it."""

import pytest

from oma.cli.commands.hooks_command import HooksOptions, run
from tests.unit.cli.parsing import parsed


def test_its_words_become_options():
    assert parsed(*["hooks", "install", "claude", "--yes", "--settings", "f"]) == HooksOptions(
        action="install", agent="claude", yes=True, settings="f"
    )


def test_codex_needs_none(capsys):
    assert run(HooksOptions(action="install", agent="codex", yes=True)) == 0
    assert capsys.readouterr().out.startswith("codex needs no hooks")


@pytest.mark.parametrize(
    ("agent", "path"),
    [
        ("claude", ".claude/settings.json"),
        ("gemini", ".gemini/settings.json"),
        ("qwen", ".qwen/settings.json"),
        ("kimi", ".kimi-code/config.toml"),
        ("copilot", ".copilot/hooks/oma.json"),
        ("opencode", ".config/opencode/plugins/oma.js"),
        ("kilo", ".config/kilo/plugins/oma.js"),
    ],
)
def test_the_agents_own_file_is_written_only_with_yes_and_taken_back(home, agent, path, capsys):
    def hooks(action, **more):
        assert run(HooksOptions(action=action, agent=agent, **more)) == 0
        return capsys.readouterr()

    assert "nothing was written; add --yes" in hooks("install").err
    assert not (home / path).exists()
    assert hooks("install", yes=True).out == f"written: {home / path}\n"
    assert "installed already" in hooks("install", yes=True).out
    assert " installed" in hooks("show").out
    assert f"backup: {home / path}.oma-backup-1" in hooks("uninstall", yes=True).out
    assert "not installed" in hooks("show").out


def test_a_plugin_names_the_agent_that_it_is_in(home):
    run(HooksOptions(action="install", agent="kilo", yes=True))

    plugin = (home / ".config" / "kilo" / "plugins" / "oma.js").read_text("utf-8")
    assert plugin.startswith("// Written by `oma hooks install kilo`")
    assert "app=kilo" in plugin
    assert "opencode" not in plugin


def test_another_file_may_be_named_and_a_variable_of_the_agent_counts(
    home, monkeypatch, tmp_path, capsys
):
    monkeypatch.setenv("CLAUDE_CONFIG_DIR", str(tmp_path / "elsewhere"))
    run(HooksOptions(action="install", agent="claude", yes=True))
    run(HooksOptions(action="install", agent="claude", yes=True, settings=str(tmp_path / "f")))

    assert (tmp_path / "elsewhere" / "settings.json").exists()
    assert (tmp_path / "f").exists()
    assert not (home / ".claude").exists()
