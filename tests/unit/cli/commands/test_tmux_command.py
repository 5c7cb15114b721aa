"""`oma tmux`, on a scripted tmux."""

import shlex

import pytest

from oma.cli.commands.tmux_command import TmuxOptions, run
from oma.errors import ConfigError
from tests.unit.cli.parsing import parsed


def changes(tmux):
    return [words for words in tmux.asked if words[0] in {"set-option", "bind-key", "unbind-key"}]


def test_its_words_become_options():
    assert parsed("tmux") == TmuxOptions()
    assert parsed("tmux", "install", "--dry-run", "--next", "M-n") == TmuxOptions(
        action="install", dry_run=True, next="M-n"
    )
    assert parsed("tmux", "key", "answer", "--client", "t", "--pane", "%1") == TmuxOptions(
        action="key", name="answer", client="t", pane="%1"
    )


def test_a_dry_run_says_what_would_be_changed_and_changes_nothing(tmux, capsys):
    assert run(TmuxOptions(action="install", dry_run=True)) == 0

    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("would set status-right '#{?@oma_status")
    assert said[-1] == "would bind y: answer the agent that waits, in a popup"
    assert changes(tmux) == []


def test_it_is_set_in_one_command_list_and_said(tmux, capsys):
    assert run(TmuxOptions(action="install", socket_path="/s", dashboard="")) == 0

    (words,) = changes(tmux)
    assert words.count("bind-key") == 2
    assert "bind a: go to the next agent that needs you" in capsys.readouterr().out


def test_it_is_listed_and_undone(tmux, capsys):
    tmux.says("list-panes", "")
    assert run(TmuxOptions()) == 0
    assert capsys.readouterr().out == "nothing of oma is set\n"

    tmux.says("@oma_installed", "1\n")
    tmux.says("list-panes", "@3\n")
    tmux.says("list-keys", 'bind-key -T prefix a run-shell -b "OMA_KEY=next exec x"\n')
    assert run(TmuxOptions()) == 0
    assert capsys.readouterr().out.splitlines() == [
        "@oma_installed = 1",
        'key a: run-shell -b "OMA_KEY=next exec x"',
        "window @3: has a mark",
    ]
    assert run(TmuxOptions(action="uninstall")) == 0
    assert capsys.readouterr().out == "unset @oma_installed\nunbind a\n"


def test_the_line_for_the_configuration_installs_what_was_chosen(capsys):
    assert run(TmuxOptions(socket_name="x", next="M-n", line=True)) == 0

    words = shlex.split(capsys.readouterr().out)
    assert words[:2] == ["run-shell", "-b"]
    assert words[2].endswith(" -m oma -L x tmux install --next M-n >/dev/null 2>&1")


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (TmuxOptions(action="install", next="kill-server;"), "--next 'kill-server;'"),
        (TmuxOptions(action="key", name="next"), "is for key bindings"),
    ],
)
def test_what_is_no_key_is_refused(options, complaint):
    with pytest.raises(ConfigError, match=complaint):
        run(options)
