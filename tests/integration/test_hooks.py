"""`oma hooks` edits the settings of agents as a careful user would, and takes its edits back."""

import json
import os

import pytest
import trio

from oma.hooks.claude import EVENTS
from tests.support.oma_process import environment, oma

THEIRS = """{
    "model": "opus",
    "hooks": {
        "Stop": [
            {
                "matcher": "",
                "hooks": [
                    {
                        "type": "command",
                        "command": "notify-send 'é'"
                    }
                ]
            }
        ]
    },
    "env": {}
}
"""


@pytest.fixture
def settings(tmp_path):
    path = tmp_path / ".claude" / "settings.json"
    path.parent.mkdir()
    path.write_text(THEIRS, encoding="utf-8")
    path.chmod(0o640)
    return path


async def hooks(settings, action, *more, agent="claude"):
    done = await oma("hooks", action, agent, *more, HOME=settings.parents[1])
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False), done.stderr
    return done.stdout.decode()


def names(path):
    return sorted(os.listdir(path.parent))


async def test_without_yes_the_change_is_shown_and_nothing_is_written(settings):
    shown = await hooks(settings, "install")

    assert shown.startswith(f"--- {settings}\n+++ {settings}\n")
    assert '\n+        "SessionStart": [\n' in shown
    assert settings.read_text("utf-8") == THEIRS
    assert names(settings) == ["settings.json"]


async def test_what_is_installed_is_removed_to_the_byte_and_a_second_time_changes_nothing(
    settings,
):
    await hooks(settings, "install", "--yes")
    installed = settings.read_text("utf-8")
    again = await hooks(settings, "install", "--yes")
    assert (settings.read_text("utf-8"), "nothing to do" in again) == (installed, True)

    await hooks(settings, "uninstall", "--yes")
    removed = await hooks(settings, "uninstall", "--yes")

    found = json.loads(installed)
    assert list(found) == ["model", "hooks", "env"]
    assert set(found["hooks"]) == set(EVENTS)
    assert found["hooks"]["Stop"][0] == json.loads(THEIRS)["hooks"]["Stop"][0]
    assert (settings.read_text("utf-8"), "nothing to do" in removed) == (THEIRS, True)
    assert settings.stat().st_mode & 0o777 == 0o640
    backups = ["settings.json.oma-backup-1", "settings.json.oma-backup-2"]
    assert names(settings) == ["settings.json", *backups]
    texts = [settings.with_name(name).read_text("utf-8") for name in backups]
    assert texts == [THEIRS, installed]
    assert settings.with_name(backups[0]).stat().st_mode & 0o777 == 0o640


async def test_what_is_installed_is_told(settings):
    before = await hooks(settings, "show")
    await hooks(settings, "install", "--yes")
    after = await hooks(settings, "show")

    assert before.count("not installed\n") == len(EVENTS)
    assert after.count("installed\n") == len(EVENTS)
    assert "not installed" not in after


async def test_the_command_that_is_installed_runs_in_any_directory_and_by_any_shell(
    settings, tmp_path
):
    await hooks(settings, "install", "--yes")
    found = json.loads(settings.read_text("utf-8"))
    (command,) = {
        group["hooks"][0]["command"] for event in EVENTS for group in found["hooks"][event][-1:]
    }
    (tmp_path / "oma").mkdir()
    (tmp_path / "oma" / "__init__.py").write_text("raise SystemExit('not this one')")

    done = await trio.run_process(
        ["/bin/sh", "-c", command],
        stdin=b'{"hook_event_name": "Unknown"}',
        cwd=tmp_path,
        env=environment(PATH="/usr/bin:/bin"),
        capture_stdout=True,
        capture_stderr=True,
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


async def test_a_link_stays_a_link(settings, tmp_path):
    real = tmp_path / "dotfiles" / "claude.json"
    real.parent.mkdir()
    settings.replace(real)
    settings.symlink_to(real)

    await hooks(settings, "install", "--yes")

    assert settings.is_symlink()
    assert "SessionStart" in real.read_text("utf-8")
    assert names(real) == ["claude.json", "claude.json.oma-backup-1"]


@pytest.mark.parametrize("action", ["install", "uninstall", "show"])
@pytest.mark.parametrize(
    ("data", "place"),
    [(b'{\n "a": 1, // no\n}', b":2: "), (b'{\n"a":\n"\xff"}', b":3: "), (b"[]", b":1: ")],
)
async def test_settings_that_are_no_json_are_refused_by_line_and_left_alone(
    settings, action, data, place
):
    settings.write_bytes(data)

    done = await oma("hooks", action, "claude", "--yes", HOME=settings.parents[1])

    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"oma: " + os.fsencode(settings) + place)
    assert settings.read_bytes() == data
    assert names(settings) == ["settings.json"]


async def test_a_directory_that_cannot_be_written_is_told_and_nothing_is_left(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")

    done = await oma(
        "hooks", "install", "claude", "--yes", "--settings", blocked / "settings.json"
    )

    assert done.returncode == 1
    assert done.stderr.startswith(b"oma: cannot read ")


@pytest.mark.parametrize(
    ("agent", "path", "variable"),
    [
        ("claude", "settings.json", "CLAUDE_CONFIG_DIR"),
        ("gemini", ".gemini/settings.json", "HOME"),
        ("qwen", ".qwen/settings.json", "HOME"),
        ("opencode", "opencode/plugins/oma.js", "XDG_CONFIG_HOME"),
        ("kilo", "kilo/plugins/oma.js", "XDG_CONFIG_HOME"),
    ],
)
async def test_each_agent_has_its_own_place(tmp_path, agent, path, variable):
    there = {"HOME": tmp_path / "none", variable: tmp_path}

    installed = await oma("hooks", "install", agent, "--yes", **there)
    assert (installed.returncode, (tmp_path / path).is_file()) == (0, True), installed.stderr
    assert (tmp_path / path).stat().st_mode & 0o777 == 0o600
    removed = await oma("hooks", "uninstall", agent, "--yes", **there)

    assert removed.returncode == 0
    assert not (tmp_path / path).exists() or (tmp_path / path).read_text() == "{}\n"


async def test_a_plugin_that_somebody_else_wrote_is_left_alone(tmp_path):
    plugin = tmp_path / "oma.js"
    plugin.write_text("export const Mine = 1\n")

    for action in ("install", "uninstall"):
        done = await oma("hooks", action, "opencode", "--yes", "--settings", plugin)
        assert done.returncode == 1
        assert b"is left alone" in done.stderr

    assert plugin.read_text() == "export const Mine = 1\n"


async def test_codex_is_told_to_need_nothing(settings):
    assert "needs no hooks" in await hooks(settings, "install", "--yes", agent="codex")
    assert names(settings) == ["settings.json"]
